import { breaksNotNull } from "../../lib/db";
import { WANTS } from "../../outbox/webhooks/matching";
import { type Group, type Sql, statement } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { keepCohorts, MERGED_COHORT, stages } from "../counts/cohorts";
import { addedUp, dayOf, tallying, tallyOfDay } from "../counts/day-tally";
import { moveScores } from "../counts/score";
import { insertFriendMails, insertMails, WELCOMES_ALL, WELCOMES_VISITOR } from "../events/emails";
import { outgoing } from "../events/outgoing";
import { alertExhausted, alertLow, insertDeliveries, insertEvents, noteAlerts } from "../events/publish";
import { value } from "../records/item";
import { openReviews, SELECT_REVIEW_EVENTS } from "../reviews/reviews";
import {
  assignCoupons,
  type Earning,
  GRANTED,
  INVITED_SLOT,
  insertRewards,
  KEEP_REWARD_TOTALS,
  REFERRER_SLOT,
  rewardTotals,
  SELECT_REWARD_EVENTS,
} from "../rewards/grant";
import { rewardByRules } from "../rewards/tally";
import { type Fact, fresh } from "./fresh";
import { insertNew, upsert } from "./newcomer";
import { earnedRewards, outcomes } from "./outcome";
import { ROOM } from "./room";
import { moveUp, takePlaces } from "./waitlist";

/** Parks new participants beyond the plan's limit. Unconfirmed ones do not count toward it. */
const park = statement(`WITH newcomers AS (
  SELECT p.id FROM json_each(?1) j CROSS JOIN participants p ON p.campaign_id = ?2 AND p.email = ${value("email")} AND p.signup_event = ${value("id")}
  WHERE p.confirmation IS NULL AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
),
${ROOM}
UPDATE participants SET status = 'pending', credit_event = NULL WHERE id IN (
  SELECT f.id FROM room CROSS JOIN (SELECT id, row_number() OVER (ORDER BY id) AS turn FROM newcomers) f ON f.turn > room.n)`);

/** Gives new participants their tickets, and the active ones their places. */
const seat = {
  takeTickets: statement(`WITH ${fresh("n", "id", "status", "is_new")}
UPDATE participants SET waitlist_ticket = t.ticket, waitlist_key = iif(t.status = 'active', t.ticket, NULL)
FROM (SELECT f.id, f.status, s.waitlist_tickets + row_number() OVER (ORDER BY f.n) AS ticket
  FROM campaigns c CROSS JOIN campaign_stats s ON s.campaign_id = c.id CROSS JOIN fresh f WHERE c.id = ?2 AND c.waitlist_enabled AND f.is_new) t
WHERE participants.id = t.id`),
  takePlaces: takePlaces(fresh("id", "is_new"), "fresh", "f.is_new"),
};

/**
 * A mailbox credits one referrer in a campaign, no matter how it is spelled. The earliest credit stays. Its hash
 * survives an erasure, so erasing and joining again earns nothing.
 */
const creditOnce = statement(`WITH ${fresh("id", "is_credited")}
UPDATE participants SET credit_event = NULL WHERE id IN (
  SELECT p.id FROM fresh f CROSS JOIN participants p ON p.id = f.id
  CROSS JOIN participants o ON o.campaign_id = ?2 AND o.mailbox = p.mailbox AND o.credit_event IS NOT NULL AND o.id <> p.id
  WHERE f.is_credited AND (o.id < p.id OR o.credit_event NOT IN (SELECT ${value("id")} FROM json_each(?1) j)))`);

/** The participants who earned rewards through this group. `also` are further columns of `fresh`. */
const earningWith = (...also: Fact[]): Earning => ({
  goal: "signup",
  ctes: `${fresh("n", "event", "at", "origin", "id", "status", "invited_by", "is_credited", ...also)},
earned AS (
  SELECT f.n, f.event, f.at, f.id AS participant_id, ${INVITED_SLOT} AS slot, 1 AS reached FROM fresh f WHERE f.is_credited AND f.status = 'active'
  UNION ALL
  SELECT f.n, f.event, f.at, r.id, ${REFERRER_SLOT}, r.referral_count + f.turn
  FROM (SELECT n, event, at, invited_by, row_number() OVER (PARTITION BY invited_by ORDER BY n) AS turn FROM fresh WHERE is_credited) f
  CROSS JOIN participants r ON r.id = f.invited_by AND r.status = 'active'
),
reach AS (SELECT event, origin, id, invited_by AS inviter FROM fresh WHERE is_credited)`,
});
const earning = earningWith();

/** Input for the campaign's rules beyond its own goal. */
const TALLIED = `${earning.ctes}, tallied AS (
  SELECT n, event, at, 'signup' AS "trigger", iif(slot = ${REFERRER_SLOT}, 'referrer', 'invited') AS role, participant_id, reached, 1 AS is_new FROM earned
)`;

const keepTotals = (reward = { assignments: "", source: "" }) =>
  statement(`UPDATE campaign_stats SET total_participants = total_participants + f.created, waitlist_tickets = waitlist_tickets + f.ticketed,
  pending_participants = pending_participants + f.parked, total_referrals = total_referrals + f.credited
  ${reward.assignments}
FROM (WITH ${fresh("status", "is_new", "is_credited", "has_ticket")} SELECT coalesce(sum(is_new), 0) AS created, coalesce(sum(is_new AND has_ticket), 0) AS ticketed, coalesce(sum(is_new AND status = 'pending'), 0) AS parked,
    coalesce(sum(is_credited), 0) AS credited, count(*) AS touched FROM fresh) f ${reward.source}
WHERE campaign_id = ?2 AND f.touched > 0`);

const COUNTED = { signups: "is_new", referrals: "is_credited" };

/**
 * Counts signups on the day of the request, and new participants in the cohort of their signup day, which may be
 * earlier for imports.
 */
const keepDays = statement(`WITH ${fresh("at", "since", "is_new", "is_credited", "invited_social", "source")},
facts AS (SELECT *, ${dayOf("at")} AS day, invited_social AS social FROM fresh), ${tallying(COUNTED)},
cohorts AS (SELECT ${dayOf("since")} AS day, count(*) AS n FROM fresh WHERE is_new GROUP BY day)
INSERT INTO campaign_days (campaign_id, day, signups, referrals, tally, cohort)
SELECT ?2, d.day, d.signups, d.referrals, ${tallyOfDay(COUNTED)},
  coalesce((SELECT json_object('stage${stages.signed_up}', n) FROM cohorts c WHERE c.day = d.day), '{}')
FROM (SELECT day, sum(signups) AS signups, sum(referrals) AS referrals FROM (
    SELECT day, is_new AS signups, is_credited AS referrals FROM facts UNION ALL SELECT day, 0, 0 FROM cohorts) GROUP BY day) d WHERE true
ON CONFLICT (campaign_id, day) DO UPDATE SET ${addedUp(["signups", "referrals"])}, cohort = ${MERGED_COHORT}`);

const acceptInvitations = statement(`WITH ${fresh("invitation", "is_attributed")}
UPDATE invitations SET has_signedup = 1 WHERE id IN (SELECT invitation FROM fresh WHERE is_attributed) AND campaign_id = ?2`);

const selectEvents = (type: string, also = "") => `SELECT f.event, ${type}, f.id, NULL,
  json_patch(json_object('invited_by', f.invited_by, 'invited_social', f.invited_social, 'origin', f.origin),
    iif(f.confirmation = 'waiting', '{"needs_confirmation":true}', iif(f.is_untold, '{"is_untold":true}', '{}'))), f.at${also} FROM fresh f`;

/** The columns of `fresh` that only events need. */
const TOLD: Fact[] = ["confirmation", "invited_social", "is_new", "is_untold", "is_visitor"];
const TYPE = "iif(f.is_new, 'participant.signup', 'participant.attributed')";

/** All events of a basic group are signups, which need no numbers. */
const insertSignups = (type = TYPE) =>
  statement(
    `WITH ${fresh("event", "at", "origin", "id", "status", "invited_by", ...TOLD)} INSERT INTO events (id, type, participant_id, reward_id, data, date, campaign_id)
${selectEvents(type, ", ?2")}`,
  );

const insertAllEvents = insertEvents(
  `${selectEvents(TYPE)} UNION ALL ${SELECT_REWARD_EVENTS} UNION ALL ${SELECT_REVIEW_EVENTS}`,
  `${earningWith(...TOLD).ctes}, ${GRANTED}`,
);

/**
 * The condition for a consequence: of new participant `f`, or of campaign `c` for an event `e`. They are separate so
 * that SQLite checks a campaign only once for all its new participants.
 */
type Condition = { newcomer?: string; campaign: string };
/**
 * A statement of a group. With `onlyIf`, it is a consequence of a signup and does nothing unless the condition is true.
 */
type Step = { statement: Sql; onlyIf?: Condition };

/** The steps for signups without a referral code, in order. These signups earn nothing, so no step handles rewards. */
export const basicSteps: Record<string, Step> = {
  insertNew: { statement: insertNew },
  park: { statement: park, onlyIf: { campaign: `EXISTS (WITH ${ROOM} SELECT 1 FROM room WHERE n < 0)` } },
  ...Object.fromEntries(
    Object.entries(seat).map(([name, seating]) => [
      name,
      { statement: seating, onlyIf: { campaign: "c.waitlist_enabled" } },
    ]),
  ),
  totals: { statement: keepTotals() },
  keepDays: { statement: keepDays },
  insertEvents: { statement: insertSignups() },
  deliveries: {
    statement: insertDeliveries,
    onlyIf: { campaign: `EXISTS (SELECT 1 FROM webhooks w WHERE w.member_id = c.member_id AND ${WANTS})` },
  },
  mails: {
    statement: insertMails,
    onlyIf: { newcomer: `f.confirmation = 'waiting' OR ${WELCOMES_VISITOR}`, campaign: WELCOMES_ALL },
  },
  outcomes: { statement: outcomes },
};

const isConsequence = ([, { onlyIf }]: [string, Step]) => onlyIf !== undefined;
const groupOf = (steps: [string, Step][]): Group =>
  Object.fromEntries(steps.map(([name, { statement }]) => [name, statement]));

const steps = Object.entries(basicSteps);
export const consequences = steps.filter(isConsequence).map(([name]) => name);

const anyOf = (about: keyof Condition) => steps.flatMap(([, { onlyIf }]) => onlyIf?.[about] ?? []).join(" OR ");

/** Whether new participant `f` has a consequence, after all are counted. */
const HAS_CONSEQUENCE = `(${anyOf("newcomer")} OR EXISTS (
  SELECT 1 FROM campaigns c JOIN (SELECT ?2 AS campaign_id, 'participant.signup' AS type) e ON c.id = e.campaign_id
  WHERE ${anyOf("campaign")}))`;

export const basicGroup = groupOf(steps);

/**
 * A basic group without its consequences. If one turns out to be needed, its event gets no type, the table rejects it,
 * and the whole group changes nothing.
 */
export const plainGroup: Group = {
  ...groupOf(steps.filter((step) => !isConsequence(step))),
  insertEvents: insertSignups(`iif(${HAS_CONSEQUENCE}, NULL, ${TYPE})`),
};

/** Whether a plain group failed because a consequence was needed. */
export const needsMore = (error: unknown) => breaksNotNull(error, "events.type");

export const referralGroup: Group = {
  fence,
  upsert,
  park,
  openReviews: openReviews(
    fresh(
      "event",
      "at",
      "id",
      "invited_by",
      "is_attributed",
      "is_visitor",
      "member",
      "mailbox",
      "farming",
      "suspicion",
      "listed",
    ),
  ),
  creditOnce,
  ...seat,
  insertRewards: insertRewards(earning),
  ...rewardByRules(TALLIED),
  assignCoupons: assignCoupons(earning),
  totals: keepTotals({ assignments: `, ${KEEP_REWARD_TOTALS}`, source: `, (${rewardTotals(earning)}) d` }),
  ...moveScores(
    `${fresh("invited_by", "is_credited")}, moved AS (SELECT invited_by AS id, count(*) AS referrals, 0 AS clicks FROM fresh WHERE is_credited GROUP BY invited_by)`,
  ),
  ...moveUp(
    `${fresh("invited_by", "is_credited")}, moved AS (SELECT invited_by AS id, count(*) AS referrals FROM fresh WHERE is_credited GROUP BY invited_by)`,
  ),
  keepDays,
  friendMails: insertFriendMails(`${fresh("at", "origin", "id", "status", "invited_by", "is_credited", "is_unmailed")},
brought AS (SELECT id, at, origin, invited_by FROM fresh WHERE is_credited AND status = 'active' AND NOT is_unmailed)`),
  ...keepCohorts(
    `${fresh("at", "since", "invited_by", "is_new", "is_credited")}, brought AS (SELECT invited_by AS id, iif(is_new, since, at) AS at FROM fresh WHERE is_credited),
touched AS (SELECT id, at FROM brought UNION ALL SELECT p.id, ${value("at")} FROM json_each(?1) j CROSS JOIN participants p ON p.campaign_id = ?2 AND p.email = ${value("email")}
  AND p.invite_event = ${value("id")})`,
    1,
  ),
  acceptInvitations,
  alertLow,
  alertExhausted,
  noteAlerts,
  insertAllEvents,
  ...outgoing,
  outcomes,
  earnedRewards,
  lastCoupon,
};
