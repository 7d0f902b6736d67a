import { breaksNotNull } from "../lib/db";
import { WANTS } from "../outbox/webhooks/matching";
import { IS_CURRENT } from "./database-mark";
import { insertMails, WELCOMES_ALL, WELCOMES_VISITOR } from "./emails";
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
} from "./grant";
import { IS_OWNERS, IS_UNDONE, KEY_ALIVE, value } from "./item";
import { statusAt } from "./lifecycle";
import { earnedRewards, outcomes } from "./outcome";
import { alertExhausted, alertLow, insertDeliveries, noteAlerts } from "./publish";
import { ROOM } from "./room";
import { moveScores } from "./score";
import { type Group, type Sql, statement } from "./statement";
import { rewardByRules } from "./tally";
import { fence, lastCoupon } from "./tape";
import { moveUp, takePlaces } from "./waitlist";

/** Whether an item may act on campaign `c`. Checked in the commit itself, so that revoking a key or pausing a campaign takes effect at once. */
const ALLOWED = `(${IS_OWNERS} AND ${KEY_ALIVE} AND NOT c.is_suspended AND ${IS_CURRENT} AND NOT ${IS_UNDONE} AND (coalesce(${value("at_any_time")}, 0) OR ${statusAt("c", value("at"))} = 'live'))`;

/**
 * The referrer `r` of an item, if the code counts in this campaign. Anybody can type anybody's email into a public
 * form, so a visitor cannot set the referrer of a participant who has joined with it.
 */
const REFERRER = `LEFT JOIN participants r ON r.id = ${value("referrer")} AND r.campaign_id = c.id AND r.status IN ('active', 'pending')
  AND c.goal_type = 'signup' AND r.email_canonical <> ${value("canonical")}
  AND NOT (${value("is_visitor")} AND EXISTS (
    SELECT 1 FROM participants x WHERE x.campaign_id = c.id AND x.email = ${value("email")} AND x.confirmation IS NOT 'waiting'))`;

/** Whether campaign `c` requires the participant to confirm their email. */
const WAITS = `(c.double_opt_in AND ${value("is_visitor")})`;

/** Inserts a participant, with additional columns if there is a referral code. */
const insertPerson = (
  code = { columns: "", values: "", join: "" },
) => `INSERT INTO participants (member_id, campaign_id, email, email_canonical, mailbox, name,
  share_count, status, date_signedup, referral_url, external_id, metadata, ip_hash, language, form, signup_event, confirmation, is_visitor${code.columns})
SELECT c.member_id, c.id, ${value("email")}, ${value("canonical")}, ${value("mailbox")}, ${value("name")}, 0, iif(${WAITS}, 'pending', 'active'), coalesce(${value("came")}, ${value("at")}),
  ${value("referral_url")}, ${value("external_id")}, ${value("metadata")}, ${value("ip_hash")}, ${value("language")}, ${value("form")},
  ${value("id")}, iif(${WAITS}, 'waiting', NULL), ${value("is_visitor")}${code.values}
FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = ?2 ${code.join}
WHERE ${ALLOWED}`;

const insertNew = statement(`${insertPerson()} ON CONFLICT (campaign_id, email) DO NOTHING`);

const HAS_JOINED = `EXISTS (SELECT 1 FROM participants x WHERE x.campaign_id = ?2 AND x.email = ${value("email")})`;

/** A checkout code is for a new participant, and refuses them if another one has it. */
const TAKES_CODE = `${value("checkout_key")} IS NOT NULL AND NOT ${HAS_JOINED}`;
const IS_CODE_FREE = `(NOT (${TAKES_CODE}) OR NOT EXISTS (
  SELECT 1 FROM participants x WHERE x.campaign_id = ?2 AND x.checkout_key = ${value("checkout_key")}))`;

const WITH_CODE = insertPerson({
  columns: ", checkout_code, checkout_key, invited_by, invited_social, date_invited, invite_event, credit_event",
  values: `, iif(${TAKES_CODE}, ${value("checkout_code")}, NULL), iif(${TAKES_CODE}, ${value("checkout_key")}, NULL), r.id, iif(r.id, ${value("social")}, NULL), iif(r.id, ${value("at")}, NULL), iif(r.id, ${value("id")}, NULL),
  iif(r.id AND NOT ${WAITS}, ${value("id")}, NULL)`,
  join: REFERRER,
});

/** One upsert handles new and existing participants, and never overwrites a referrer. */
const upsert =
  statement(`${WITH_CODE} AND (${value("referrer")} IS NULL OR r.id IS NOT NULL OR ${value("lenient")}) AND ${IS_CODE_FREE}
ON CONFLICT (campaign_id, email) DO UPDATE SET invited_by = excluded.invited_by, invited_social = excluded.invited_social,
  date_invited = excluded.date_invited, invite_event = excluded.invite_event,
  credit_event = iif(participants.status = 'active', excluded.invite_event, NULL)
WHERE participants.invited_by IS NULL AND excluded.invited_by IS NOT NULL AND participants.id <> excluded.invited_by`);

const FRESH = {
  n: "j.key",
  event: value("id"),
  at: value("at"),
  origin: value("origin"),
  invitation: value("invitation"),
  id: "p.id",
  status: "p.status",
  confirmation: "p.confirmation",
  is_visitor: "p.is_visitor",
  invited_by: "p.invited_by",
  invited_social: "p.invited_social",
  is_new: `p.signup_event = ${value("id")}`,
  has_ticket: "p.waitlist_ticket IS NOT NULL",
  /** Webhooks are not told, now or by a recovery. */
  is_untold: `coalesce(${value("no_webhooks")}, 0)`,
  is_credited: `coalesce(p.credit_event = ${value("id")}, 0)`,
  is_attributed: `coalesce(p.invite_event = ${value("id")}, 0)`,
};
type Fact = keyof typeof FRESH;

/**
 * The participants that this group created or attributed, each with its item and only the columns that a statement
 * needs, because D1 parses the text every time. Items whose event exists are left out, and events are written last, so
 * a group that is repeated after a lost answer changes nothing.
 */
const fresh = (...names: Fact[]) => `fresh AS (
  SELECT ${names.map((name) => `${FRESH[name]} AS ${name}`)}
  FROM json_each(?1) j CROSS JOIN participants p ON p.campaign_id = ?2 AND p.email = ${value("email")}
  WHERE (p.signup_event = ${value("id")} OR p.invite_event = ${value("id")})
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
)`;

/** Newcomers beyond the plan's limit are parked. Unconfirmed ones do not count toward it. */
const park = statement(`WITH newcomers AS (
  SELECT p.id FROM json_each(?1) j CROSS JOIN participants p ON p.campaign_id = ?2 AND p.email = ${value("email")} AND p.signup_event = ${value("id")}
  WHERE p.confirmation IS NULL AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
),
${ROOM}
UPDATE participants SET status = 'pending', credit_event = NULL WHERE id IN (
  SELECT f.id FROM room CROSS JOIN (SELECT id, row_number() OVER (ORDER BY id) AS turn FROM newcomers) f ON f.turn > room.n)`);

/** Newcomers take their tickets, and the active ones of them their places. */
const seat = {
  takeTickets: statement(`WITH ${fresh("n", "id", "status", "is_new")}
UPDATE participants SET waitlist_ticket = t.ticket, waitlist_key = iif(t.status = 'active', t.ticket, NULL)
FROM (SELECT f.id, f.status, s.waitlist_tickets + row_number() OVER (ORDER BY f.n) AS ticket
  FROM campaigns c CROSS JOIN campaign_stats s ON s.campaign_id = c.id CROSS JOIN fresh f WHERE c.id = ?2 AND c.waitlist_enabled AND f.is_new) t
WHERE participants.id = t.id`),
  takePlaces: takePlaces(fresh("id", "is_new"), "fresh", "f.is_new"),
};

/**
 * A mailbox credits one referrer in a campaign, whatever its spellings: the earliest credit stays. Its hash outlives
 * an erasure, so that erasing and joining again earns nothing.
 */
const creditOnce = statement(`WITH ${fresh("id", "is_credited")}
UPDATE participants SET credit_event = NULL WHERE id IN (
  SELECT p.id FROM fresh f CROSS JOIN participants p ON p.id = f.id
  CROSS JOIN participants o ON o.campaign_id = ?2 AND o.mailbox = p.mailbox AND o.credit_event IS NOT NULL AND o.id <> p.id
  WHERE f.is_credited AND (o.id < p.id OR o.credit_event NOT IN (SELECT ${value("id")} FROM json_each(?1) j)))`);

/** Who earned rewards through this group. `also` are further columns of `fresh`. */
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

/** For the campaign's rules beyond its own goal. */
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

const keepDays = statement(`WITH ${fresh("at", "is_new", "is_credited")}
INSERT INTO campaign_days (campaign_id, day, signups, referrals)
SELECT ?2, strftime('%Y-%m-%d', at / 1000, 'unixepoch') AS day, sum(is_new), sum(is_credited) FROM fresh GROUP BY day
ON CONFLICT (campaign_id, day) DO UPDATE SET signups = signups + excluded.signups, referrals = referrals + excluded.referrals`);

const acceptInvitations = statement(`WITH ${fresh("invitation", "is_attributed")}
UPDATE invitations SET has_signedup = 1 WHERE id IN (SELECT invitation FROM fresh WHERE is_attributed) AND campaign_id = ?2`);

const selectEvents = (type: string) => `SELECT ?2, f.event, ${type}, f.id, NULL,
  json_patch(json_object('invited_by', f.invited_by, 'invited_social', f.invited_social, 'origin', f.origin),
    iif(f.confirmation = 'waiting', '{"needs_confirmation":true}', iif(f.is_untold, '{"is_untold":true}', '{}'))), f.at FROM fresh f`;

/** The columns of `fresh` that only events need. */
const TOLD: Fact[] = ["confirmation", "invited_social", "is_new", "is_untold", "is_visitor"];
const TYPE = "iif(f.is_new, 'participant.signup', 'participant.attributed')";

const INSERT_EVENTS = "INSERT INTO events (campaign_id, id, type, participant_id, reward_id, data, date)";

const insertEvents = (type = TYPE) =>
  statement(
    `WITH ${fresh("event", "at", "origin", "id", "status", "invited_by", ...TOLD)} ${INSERT_EVENTS} ${selectEvents(type)}`,
  );

const insertAllEvents = statement(`WITH ${earningWith(...TOLD).ctes}, ${GRANTED} ${INSERT_EVENTS} ${selectEvents(TYPE)}
UNION ALL ${SELECT_REWARD_EVENTS}`);

/**
 * What must be true for a consequence: of the new participant `f`, or of campaign `c` for an event `e`. They are
 * separate so that SQLite checks a campaign once for all its newcomers.
 */
type Condition = { newcomer?: string; campaign: string };
/**
 * A statement of a group. With `onlyIf`, it is a consequence of a signup, and does nothing unless the condition is
 * true.
 */
type Step = { statement: Sql; onlyIf?: Condition };

/** The steps for signups without a referral code, in order. These signups earn nothing, so no step is about rewards. */
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
  insertEvents: { statement: insertEvents() },
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

/** Whether new participant `f` has a consequence, once all are counted. */
const HAS_CONSEQUENCE = `(${anyOf("newcomer")} OR EXISTS (
  SELECT 1 FROM campaigns c JOIN (SELECT ?2 AS campaign_id, 'participant.signup' AS type) e ON c.id = e.campaign_id
  WHERE ${anyOf("campaign")}))`;

export const basicGroup = groupOf(steps);

/**
 * A basic group without its consequences. If one turns out to be needed, its event gets no type, the table rejects
 * that, and the whole group changes nothing.
 */
export const plainGroup: Group = {
  ...groupOf(steps.filter((step) => !isConsequence(step))),
  insertEvents: insertEvents(`iif(${HAS_CONSEQUENCE}, NULL, ${TYPE})`),
};

/** Whether a plain group failed because a consequence was needed. */
export const needsMore = (error: unknown) => breaksNotNull(error, "events.type");

export const referralGroup: Group = {
  fence,
  upsert,
  park,
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
  acceptInvitations,
  alertLow,
  alertExhausted,
  noteAlerts,
  insertAllEvents,
  deliveries: insertDeliveries,
  mails: insertMails,
  outcomes,
  earnedRewards,
  lastCoupon,
};
