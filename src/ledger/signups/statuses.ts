import { nextStamp } from "../../../drizzle/schema/stamps";
import { type Group, statement } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { keepCohorts } from "../counts/cohorts";
import { countDays, dayOf } from "../counts/day-tally";
import { moveScores } from "../counts/score";
import { insertEntryMails, insertFriendMails } from "../events/emails";
import { outgoing } from "../events/outgoing";
import { alertExhausted, alertLow, insertEvents, noteAlerts } from "../events/publish";
import { fillWaiting } from "../rewards/coupons";
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
import { rewardByRules } from "../rewards/tally";
import { ROOM } from "./room";
import { changePlaces, moveUp } from "./waitlist";

/**
 * Changes a participant's status. A participant who becomes active gets everything that waited for it: the referrer's
 * credit, and rewards.
 */
export type StatusItem = {
  kind: "status";
  id: string;
  at: number;
  origin: string;
  participant_id: number;
  status: "active" | "pending" | "blocked";
  /** The participant confirmed their email. They become active if they only waited for that and the plan has room. */
  confirms?: boolean;
};

const value = (field: keyof StatusItem) => `j.value ->> '${field}'`;

/**
 * The participants who ask to become active, and whether the plan has room for them. Participants blocked before they
 * confirmed their email stay blocked.
 */
const ASKING = `${ROOM},
waiting AS (
  SELECT j.key AS n, ${value("id")} AS event, ${value("at")} AS at, ${value("origin")} AS origin, coalesce(${value("confirms")}, 0) AS confirms,
    p.id, p.status, p.status_event, (p.status = 'pending' OR NOT coalesce(${value("confirms")}, 0)) AS wants
  FROM json_each(?1) j CROSS JOIN participants p ON p.id = ${value("participant_id")} AND p.campaign_id = ?2
  WHERE ${value("status")} = 'active' AND p.status IN ('pending', 'blocked') AND (NOT coalesce(${value("confirms")}, 0) OR p.confirmation = 'waiting')
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
),
asking AS (
  SELECT w.*, w.wants AND NOT EXISTS (SELECT 1 FROM room WHERE w.turn > room.n) AS is_admitted
  FROM (SELECT *, row_number() OVER (PARTITION BY wants ORDER BY n) AS turn FROM waiting) w
)`;

/**
 * Records the email confirmation, even if the plan has no room. The event's ID differs from the item's, because the
 * item's own ID would mark it as done.
 */
const insertConfirmed = insertEvents(
  `SELECT a.event || '_confirmed', 'participant.confirmed', a.id, NULL,
  json_object('status', iif(a.is_admitted, 'active', a.status), 'origin', a.origin), a.at FROM asking a WHERE a.confirms`,
  ASKING,
);

/** Marks participants who become active with their item, as far as the plan has room, and marks emails as confirmed. */
const admit = statement(`WITH ${ASKING}
UPDATE participants SET confirmation = iif(a.confirms, 'confirmed', confirmation), status_event = iif(a.is_admitted, a.event, participants.status_event)
FROM asking a WHERE participants.id = a.id AND (a.confirms OR a.is_admitted)`);

/** Whether an item may change the status of `p`. Only participants marked by `admit` become active. */
const MAY_CHANGE = `(${value("status")} <> 'active' OR p.status_event = ${value("id")})`;

/** Whether participant `p` may credit their referrer: once, and only once for all spellings of their mailbox. */
const MAY_CREDIT = `(p.invited_by IS NOT NULL AND p.credit_event IS NULL AND NOT EXISTS (
  SELECT 1 FROM participants o WHERE o.campaign_id = ?2 AND o.mailbox = p.mailbox AND o.credit_event IS NOT NULL))`;

/**
 * The participants whose status changes. Their event is written last, so a repeated group does not change them twice.
 */
const CHANGING = `changing AS (
  SELECT j.key AS n, ${value("id")} AS event, ${value("at")} AS at, ${value("origin")} AS origin, ${value("status")} AS target,
    p.id, p.status, p.invited_by, p.credit_event, p.referral_count, p.click_count, p.visit_count,
    (${value("status")} = 'active' AND ${MAY_CREDIT}
      AND row_number() OVER (PARTITION BY ${value("status")}, coalesce(p.mailbox, p.id), ${MAY_CREDIT} ORDER BY j.key) = 1) AS credits
  FROM json_each(?1) j CROSS JOIN participants p ON p.id = ${value("participant_id")} AND p.campaign_id = ?2
  WHERE p.status <> 'erased' AND p.status <> ${value("status")} AND ${MAY_CHANGE}
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
)`;

/** The same participants after the change, recognized by an event ID that is not in `events` yet. */
const CHANGED = `changed AS (
  SELECT j.key AS n, ${value("id")} AS event, ${value("at")} AS at, ${value("origin")} AS origin, ${value("status")} AS target,
    p.id, p.invited_by, p.invited_social, p.source, p.referral_count, p.visit_count, coalesce(p.credit_event = ${value("id")}, 0) AS is_credited
  FROM json_each(?1) j CROSS JOIN participants p ON p.id = ${value("participant_id")} AND p.campaign_id = ?2 AND p.status_event = ${value("id")}
  WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
)`;

const keepStatusTotals = statement(`WITH ${CHANGING}
UPDATE campaign_stats SET pending_participants = pending_participants + t.pending, blocked_participants = blocked_participants + t.blocked,
  total_referrals = total_referrals + t.credits
FROM (SELECT coalesce(sum((target = 'pending') - (status = 'pending')), 0) AS pending,
  coalesce(sum((target = 'blocked') - (status = 'blocked')), 0) AS blocked, coalesce(sum(credits), 0) AS credits FROM changing) t
WHERE campaign_id = ?2`);

/** Only active participants are in the histogram of scores. */
const keepScores = statement(`WITH ${CHANGING}
INSERT INTO scores (campaign_id, referral_count, click_count, participants)
SELECT ?2, referral_count, click_count, iif(target = 'active', 1, -1) FROM changing
WHERE (target = 'active' OR status = 'active') AND (referral_count > 0 OR click_count > 0)
ON CONFLICT (campaign_id, referral_count, click_count) DO UPDATE SET participants = participants + excluded.participants`);

const cleanScores = statement(`WITH ${CHANGING}
DELETE FROM scores WHERE campaign_id = ?2 AND participants = 0 AND (referral_count, click_count) IN (SELECT referral_count, click_count FROM changing)`);

const change = statement(`WITH ${CHANGING}
UPDATE participants SET updated_at = ${nextStamp("participants", "participants.member_id")},
  status = c.target, status_event = c.event, credit_event = iif(c.credits, c.event, participants.credit_event),
  confirmation = iif(c.target = 'active' AND participants.confirmation = 'waiting', NULL, participants.confirmation)
FROM changing c WHERE participants.id = c.id`);

/**
 * Participants who become active may have reached their own goal while pending, and their referrers may reach theirs
 * through the credit.
 */
const earning = (goal: Earning["goal"]): Earning => ({
  goal,
  ctes: `${CHANGED},
earned AS (
  SELECT n, event, at, id AS participant_id, ${REFERRER_SLOT} AS slot, ${goal === "visit" ? "visit_count" : "referral_count"} AS reached,
    visit_count AS visits, 0 AS is_new
  FROM changed WHERE target = 'active'
  ${
    goal === "visit"
      ? ""
      : `UNION ALL SELECT n, event, at, id, ${INVITED_SLOT}, 1, NULL, 1 FROM changed WHERE is_credited
  UNION ALL SELECT k.n, k.event, k.at, r.id, ${REFERRER_SLOT}, r.referral_count + k.turn, NULL, 1
  FROM (SELECT n, event, at, invited_by, row_number() OVER (PARTITION BY invited_by ORDER BY n) AS turn FROM changed WHERE is_credited) k
  CROSS JOIN participants r ON r.id = k.invited_by AND r.status = 'active'`
  }
),
reach AS (SELECT event, origin, id, iif(is_credited, invited_by, NULL) AS inviter FROM changed)`,
});
const either = earning("signup");

/**
 * Input for the campaign's other rules. Participants who become active had reached tiers before; only credits are new.
 */
const TALLIED = `${either.ctes}, tallied AS (
  SELECT n, event, at, 'signup' AS "trigger", iif(slot = ${REFERRER_SLOT}, 'referrer', 'invited') AS role, participant_id, reached, is_new FROM earned
  UNION ALL SELECT n, event, at, 'visit', 'referrer', participant_id, visits, 0 FROM earned WHERE NOT is_new
)`;

/** A delayed credit counts on the day it is given. */
const keepDays = statement(
  countDays(
    `${CHANGED}, facts AS (SELECT *, ${dayOf("at")} AS day, invited_social AS social FROM changed WHERE is_credited)`,
    { referrals: "is_credited" },
  ),
);

const events = insertEvents(
  `SELECT c.event, 'participant.' || iif(c.target = 'active', 'admitted', c.target), c.id, NULL,
  json_object('status', c.target, 'origin', c.origin), c.at FROM changed c
UNION ALL ${SELECT_REWARD_EVENTS}`,
  `${either.ctes}, ${GRANTED}`,
);

/** The status of each item's participant afterwards. */
const statuses =
  statement(`SELECT p.status FROM json_each(?1) j LEFT JOIN participants p ON p.id = ${value("participant_id")} AND p.campaign_id = ?2
ORDER BY j.key`);

/** Whether the plan had no room for the participant. If they are confirming their email, they are parked silently. */
export const isRefused = ({ status, confirms }: StatusItem, after: unknown) =>
  status === "active" && !confirms && (after === "pending" || after === "blocked");

export const statusGroup: Group = {
  fence,
  entryMails: insertEntryMails(ASKING),
  insertConfirmed,
  admit,
  keepStatusTotals,
  keepScores,
  cleanScores,
  change,
  ...changePlaces(CHANGED),
  // Unblocked participants get codes that arrived while they were blocked, ahead of participants who only earn now.
  ...fillWaiting,
  insertRewards: insertRewards(either),
  insertVisitRewards: insertRewards(earning("visit")),
  ...rewardByRules(TALLIED),
  assignCoupons: assignCoupons(either),
  keepRewardTotals: keepRewardTotals(either),
  ...moveScores(
    `${CHANGED}, moved AS (SELECT invited_by AS id, count(*) AS referrals, 0 AS clicks FROM changed WHERE is_credited GROUP BY invited_by)`,
  ),
  ...moveUp(
    `${CHANGED}, moved AS (SELECT invited_by AS id, count(*) AS referrals FROM changed WHERE is_credited GROUP BY invited_by)`,
  ),
  keepDays,
  friendMails: insertFriendMails(
    `${CHANGED}, brought AS (SELECT id, at, origin, invited_by FROM changed WHERE is_credited AND target = 'active')`,
  ),
  ...keepCohorts(
    `${CHANGED}, brought AS (SELECT invited_by AS id, at FROM changed WHERE is_credited), touched AS (SELECT id, at FROM brought UNION ALL SELECT id, at FROM changed)`,
    1,
  ),
  alertLow,
  alertExhausted,
  noteAlerts,
  events,
  ...outgoing,
  lastCoupon,
  statuses,
};
