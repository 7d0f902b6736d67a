import { nextStamp } from "../../../drizzle/schema/stamps";
import { type Group, statement } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { keepCohorts } from "../counts/cohorts";
import { countDays, dayOf } from "../counts/day-tally";
import { moveScores } from "../counts/score";
import { insertFriendMails } from "../events/emails";
import { outgoing } from "../events/outgoing";
import { alertExhausted, alertLow, insertEvents, noteAlerts } from "../events/publish";
import { idOfReview } from "../records/review-id";
import {
  assignCoupons,
  type Earning,
  GRANTED,
  INVITED_SLOT,
  insertRewards,
  keepRewardTotals,
  REFERRER_SLOT,
  SELECT_REWARD_EVENTS,
} from "../rewards/grant";
import { isDenied } from "../rewards/review-holds";
import { rewardByRules } from "../rewards/tally";
import { type Outcome, refused } from "./outcome";
import { moveUp } from "./waitlist";

/** Changes a participant's referrer. Null means nobody. `id` becomes the ID of its event. */
export type ReferItem = {
  kind: "refer";
  id: string;
  at: number;
  origin: string;
  participant_id: number;
  referrer_id: number | null;
};

const item = (field: keyof ReferItem) => `json_extract(?1, '$[0].${field}')`;

/** More generations than any chain of friends in a campaign is expected to have. */
const GENERATIONS_MAX = 1000;

/** Whether `p` is above `r` in the referral tree. If so, the change would create a cycle. */
const IS_ABOVE = `EXISTS (WITH RECURSIVE above(id, n) AS (
    SELECT r.invited_by, 1 UNION ALL SELECT x.invited_by, n + 1 FROM above CROSS JOIN participants x ON x.id = above.id WHERE n < ${GENERATIONS_MAX})
  SELECT 1 FROM above WHERE above.id = p.id)`;

const IS_SELF = "(r.id = p.id OR r.email_canonical IS p.email_canonical)";
const IN_REVIEW = `EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${idOfReview("p.id")} AND v.state = 'open')`;
const PEOPLE = `campaigns c CROSS JOIN participants p ON p.id = ${item("participant_id")} AND p.campaign_id = c.id AND p.status <> 'erased'
  LEFT JOIN participants r ON r.id = ${item("referrer_id")} AND r.campaign_id = c.id AND r.status <> 'erased'`;

/**
 * A mailbox credits one referrer. A friend who has credited one moves the credit to the next, unless a review denied
 * the friend.
 */
const GETS_CREDIT = `(NOT ${isDenied("p")} AND (p.credit_event IS NOT NULL OR (p.status = 'active' AND NOT EXISTS (
    SELECT 1 FROM participants o WHERE o.campaign_id = ?2 AND o.mailbox = p.mailbox AND o.credit_event IS NOT NULL))))`;

/**
 * The change while it is pending: the friend's own row is updated after everything that follows from it. Its event is
 * written last, so a repeated group finds none.
 */
const MOVING = `moving AS (
  SELECT ${item("id")} AS event, ${item("at")} AS at, ${item("origin")} AS origin, p.id, p.status, p.invited_by AS was, r.id AS next, p.invited_social AS social, p.source,
    coalesce(p.date_invited, ${item("at")}) AS since, p.invited_by IS NOT NULL AND p.credit_event IS NOT NULL AS had_credit, r.id IS NOT NULL AND ${GETS_CREDIT} AS has_credit
  FROM ${PEOPLE}
  WHERE c.id = ?2 AND p.invited_by IS NOT ${item("referrer_id")} AND NOT ${IN_REVIEW}
    AND (${item("referrer_id")} IS NULL OR (r.status = 'active' AND c.goal_type = 'signup' AND NOT ${IS_SELF} AND NOT ${IS_ABOVE}))
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${item("id")})
)`;

/**
 * The rewards of the new referrer, and of a friend who never counted before. Existing rewards stay with the
 * participants who earned them.
 */
const earning: Earning = {
  goal: "signup",
  ctes: `${MOVING},
earned AS (
  SELECT 0 AS n, m.event, m.at, m.id AS participant_id, ${INVITED_SLOT} AS slot, 1 AS reached FROM moving m WHERE m.has_credit AND NOT m.had_credit AND m.status = 'active'
  UNION ALL SELECT 0, m.event, m.at, r.id, ${REFERRER_SLOT}, r.referral_count + 1 FROM moving m CROSS JOIN participants r ON r.id = m.next WHERE m.has_credit
),
reach AS (SELECT event, origin, id, iif(has_credit, next, NULL) AS inviter FROM moving)`,
};

const TALLIED = `${earning.ctes}, tallied AS (
  SELECT n, event, at, 'signup' AS "trigger", iif(slot = ${REFERRER_SLOT}, 'referrer', 'invited') AS role, participant_id, reached, 1 AS is_new FROM earned
)`;

const MOVED = `${MOVING}, moved AS (
  SELECT id, sum(n) AS referrals, 0 AS clicks FROM (
    SELECT was AS id, -1 AS n FROM moving WHERE had_credit UNION ALL SELECT next, 1 FROM moving WHERE has_credit) GROUP BY id
)`;

/** A friend with a new referrer counts on the day of the change. */
const COUNTED = `${MOVING}, facts AS (
  SELECT ${dayOf("iif(has_credit, at, since)")} AS day, iif(has_credit, at, since) AS at, social, source, has_credit - had_credit AS change FROM moving WHERE has_credit <> had_credit
)`;

const left = keepCohorts(
  `${MOVING}, brought AS (SELECT was AS id, since AS at FROM moving WHERE had_credit), touched AS (SELECT * FROM brought)`,
  -1,
);
const came = keepCohorts(
  `${MOVING}, brought AS (SELECT next AS id, since AS at FROM moving WHERE has_credit), touched AS (SELECT * FROM brought)`,
  1,
);

export const referGroup: Group = {
  fence,
  insertRewards: insertRewards(earning),
  ...rewardByRules(TALLIED),
  assignCoupons: assignCoupons(earning),
  keepRewardTotals: keepRewardTotals(earning),
  totals: statement(`UPDATE campaign_stats SET total_referrals = total_referrals + m.change
FROM (WITH ${MOVING} SELECT coalesce(sum(has_credit - had_credit), 0) AS change FROM moving) m WHERE campaign_id = ?2 AND m.change <> 0`),
  ...moveScores(MOVED),
  ...moveUp(MOVED),
  keepDays: statement(countDays(COUNTED, { referrals: "change" })),
  friendMails: insertFriendMails(
    `${MOVING}, brought AS (SELECT id, at, origin, next AS invited_by FROM moving WHERE has_credit AND status = 'active')`,
  ),
  leaveCohorts: left.keepCohorts as Group[string],
  noteLeft: left.noteStages as Group[string],
  joinCohorts: came.keepCohorts as Group[string],
  noteCame: came.noteStages as Group[string],
  alertLow,
  alertExhausted,
  noteAlerts,
  refer: statement(`WITH ${MOVING}
UPDATE participants SET invited_by = m.next, invited_social = iif(m.next IS NULL, NULL, participants.invited_social),
  date_invited = iif(m.next IS NULL, NULL, m.since), invite_event = m.event, credit_event = iif(m.has_credit, m.event, NULL),
  updated_at = ${nextStamp("participants", "participants.member_id")}
FROM moving m WHERE participants.id = m.id`),
  // The friend's row is updated, so later statements recognize the change by its mark.
  events: insertEvents(
    `SELECT p.invite_event, 'participant.attributed', p.id, NULL,
  json_object('invited_by', p.invited_by, 'invited_social', p.invited_social, 'origin', ${item("origin")}), ${item("at")} FROM done p
UNION ALL ${SELECT_REWARD_EVENTS}`,
    `done AS (SELECT * FROM participants p WHERE p.id = ${item("participant_id")} AND p.campaign_id = ?2 AND p.invite_event = ${item("id")}
  AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${item("id")})),
reach AS (SELECT invite_event AS event, ${item("origin")} AS origin, id, iif(credit_event = invite_event, invited_by, NULL) AS inviter FROM done), ${GRANTED}`,
  ),
  ...outgoing,
  outcome:
    statement(`SELECT p.id, p.invited_by, c.goal_type, r.id AS referrer, r.status AS referrer_status, ${IS_SELF} AS is_self, ${IS_ABOVE} AS is_above, ${IN_REVIEW} AS in_review
FROM ${PEOPLE} WHERE c.id = ?2`),
  lastCoupon,
};

/** Why nothing changed, or null if the referrer is now the requested one. */
export function referOutcome(asked: ReferItem, row: Record<string, unknown> | undefined): Outcome<null> {
  if (!row) return refused("not_found", "No such participant.");
  if (row.invited_by === asked.referrer_id) return { ok: true, value: null };
  if (row.in_review) return refused("conflict", "This referral is in review. Decide the review first.");
  if (asked.referrer_id !== null) {
    if (row.goal_type !== "signup") return refused("code_incompatible");
    if (row.referrer === null) return refused("not_found", "The new referrer is not a participant in this campaign.");
    if (row.is_self) return refused("self_referral");
    if (row.referrer_status !== "active") return refused("conflict", "The new referrer is not active.");
    if (row.is_above) return refused("conflict", "The new referrer was referred by this participant or their friends.");
  }
  return refused("conflict", "The referrer was changed in the meantime. Try again.");
}
