import { isHeld } from "../../../drizzle/schema/rewards";
import { nextStamp } from "../../../drizzle/schema/stamps";
import { type Group, statement } from "../batch/statement";
import { countDays, dayOf } from "../counts/day-tally";
import { insertEvents } from "../events/publish";
import { RESTORED } from "./restore";
import { TAKEN_OF_PAID } from "./taken";

/** The total that refunds of `refunded` take back from a reward of `granted`. Null for a reward without an amount. */
const taken = (
  refunded: string,
) => `CASE WHEN ${refunded} IS NULL THEN 0 WHEN ${refunded} >= t.sale THEN d.value ->> 'amount'
    ELSE CAST(round(1.0 * (d.value ->> 'amount') * ${refunded} / t.sale) AS INTEGER) END`;

/**
 * What had already been lost of store credit's grant when it expired: what refunds took, and the expired rest. A later
 * refund takes from this first, so nothing is taken twice.
 */
const OWN_CREDITS = "credits c WHERE c.participant_id = w.participant_id AND c.reward_id = w.id";
const GONE = `iif(w.expired_amount IS NULL, 0, d.value ->> 'amount' - coalesce(w.terms ->> 'amount', 0) - (SELECT coalesce(sum(c.amount), 0) FROM ${OWN_CREDITS}
    AND c.event <= (SELECT c.event FROM ${OWN_CREDITS} AND c.status = 'expired')))`;

/** What a reward loses when total refunds change from one sum to another. Null for a reward without an amount. */
const loss = (from: string, to: string) => `max(${GONE}, ${taken(to)}) - max(${GONE}, ${taken(from)})`;

const isFull = (refunded: string) => `coalesce(${refunded} >= t.sale, 0)`;

/** A reward that was revoked manually, or expired, stays that way, even if the refund is undone. */
const MAY_CHANGE = `(w.status <> 'revoked' OR (w.date_expired IS NULL AND NOT EXISTS (
    SELECT 1 FROM ${OWN_CREDITS} AND c.status = 'revoked' AND c.by IS NOT 'refund')))`;

const REWARDS = `CROSS JOIN conversions k ON k.id = t.conversion CROSS JOIN json_each(k.decisions) d
  CROSS JOIN rewards w ON w.id = d.value ->> 'reward' AND ${MAY_CHANGE}`;

/**
 * An unpaid reward loses part of its amount, and is revoked if nothing is left. A reward without an amount is revoked
 * with the whole sale.
 */
const BECOMES = `CASE
    WHEN owed IS NULL AND status <> 'revoked' THEN iif(is_full AND NOT was_full, 'revoked', status)
    WHEN owed IS NULL THEN iif(was_full AND NOT is_full, iif(date_fulfilled IS NULL, 'pending', 'fulfilled'), status)
    WHEN status = 'pending' AND amount > 0 AND amount >= owed THEN 'revoked'
    WHEN status = 'revoked' AND amount < 0 THEN 'pending' ELSE status END`;

/**
 * What refunds take back or restore. `refunds` defines `refunding(n, event, at, conversion, sale, paid, refunded)`:
 * each new refund of a conversion in order, and the sum refunded before the group (null if none). The total depends
 * only on which refunds there are, not on their order.
 */
const entries = (refunds: string) => `${refunds},
standing AS (SELECT t.*, ${TAKEN_OF_PAID} AS raw FROM refunding t),
taking AS (
  SELECT *, lag(after, 1, refunded) OVER turns AS before, n = max(n) OVER (PARTITION BY conversion) AS is_last FROM (
    SELECT *, CASE WHEN raw > paid - 0.001 THEN sale ELSE CAST(round(raw * sale / paid) AS INTEGER) END AS after FROM standing)
  WINDOW turns AS (PARTITION BY conversion ORDER BY n)
),
changes AS (
  SELECT t.event, t.at, w.id AS reward, w.participant_id, w.reward_type, w.rule_id, w.status, w.amount AS owed, w.date_earned, w.date_fulfilled,
    ${isHeld("w")} AS is_held, ${loss("t.refunded", "t.after")} AS amount, ${isFull("t.after")} AS is_full, ${isFull("t.refunded")} AS was_full
  FROM taking t ${REWARDS} WHERE t.is_last
),
losses AS (
  SELECT *, becomes = 'pending' AND status = 'revoked' AS is_restored FROM (SELECT *, ${BECOMES} AS becomes FROM changes)
  WHERE amount <> 0 OR becomes <> status
),
outcome AS MATERIALIZED (
  SELECT l.*, iif(is_restored, h.held_until, NULL) AS holds_until, iif(is_restored, h.needs_approval, NULL) AS asks,
    becomes = 'pending' AND iif(is_restored, h.held_until IS NOT NULL OR h.needs_approval IS NOT NULL, is_held) AS stays_held
  FROM losses l LEFT JOIN (${RESTORED}) h ON h.reward = l.reward
)`;

/** A reward's status in events. */
const TOLD = "iif(o.stays_held, 'held', o.becomes)";

/** The change in how many of the rewards are `status`. */
const moved = (status: string) => `coalesce(sum((becomes = '${status}') - (status = '${status}')), 0)`;

/**
 * Takes back what rewards lose through refunds. An unpaid reward's amount shrinks; a paid reward's loss is owed back. A
 * full refund revokes a reward without an amount. Undoing a refund restores what it took in the same way.
 */
export const settle = (refunds: string): Group => ({
  takeBack: statement(`WITH ${entries(refunds)}
INSERT INTO credits (participant_id, reward_id, event, conversion_id, amount, reason, status, by, date)
SELECT s.participant_id, s.reward, s.event, s.conversion, -s.amount, iif(s.amount < 0 OR s.is_full < s.was_full, 'given_back', 'refunded'),
  iif(s.is_last AND o.becomes <> o.status, ${TOLD}, NULL), 'refund', s.at
FROM (SELECT t.event, t.at, t.conversion, t.is_last, w.id AS reward, w.participant_id, ${loss("t.before", "t.after")} AS amount,
    ${isFull("t.after")} AS is_full, ${isFull("t.before")} AS was_full FROM taking t ${REWARDS}) s LEFT JOIN outcome o ON o.reward = s.reward
WHERE s.amount <> 0 OR (s.amount IS NULL AND s.is_full <> s.was_full)`),
  keepRevoked:
    statement(`UPDATE campaign_stats SET rewards_pending = rewards_pending + t.pending, rewards_held = rewards_held + t.held,
  rewards_fulfilled = rewards_fulfilled + t.fulfilled, rewards_revoked = rewards_revoked + t.revoked
FROM (WITH ${entries(refunds)} SELECT ${moved("pending")} AS pending, coalesce(sum(stays_held - is_held), 0) AS held,
    ${moved("fulfilled")} AS fulfilled, ${moved("revoked")} AS revoked, count(*) AS n
  FROM outcome WHERE becomes <> status) t
WHERE campaign_id = ?2 AND t.n > 0`),
  publishChanged: insertEvents(
    `SELECT o.event || '_v' || o.reward, 'reward.' || ${TOLD}, o.participant_id, o.reward, json_object('status', ${TOLD},
    'reward', json_object('amount', iif(o.status = 'fulfilled', o.owed, o.owed - o.amount), 'held_until', o.holds_until, 'needs_approval', o.asks)), o.at
  FROM outcome o WHERE o.becomes <> o.status`,
    entries(refunds),
  ),
  lessen:
    statement(`UPDATE rewards SET updated_at = ${nextStamp("rewards", "rewards.member_id")}, status = o.becomes, held_until = iif(o.becomes = o.status, rewards.held_until, o.holds_until),
  needs_approval = iif(o.becomes = o.status, rewards.needs_approval, o.asks),
  note = CASE o.becomes WHEN o.status THEN rewards.note WHEN 'revoked' THEN coalesce(rewards.note, 'refunded') ELSE nullif(rewards.note, 'refunded') END,
  owed_back = iif(o.status = 'fulfilled' AND o.amount IS NOT NULL, nullif(coalesce(rewards.owed_back, 0) + o.amount, 0), rewards.owed_back),
  amount = iif(o.status = 'fulfilled', rewards.amount, rewards.amount - o.amount)
FROM (WITH ${entries(refunds)} SELECT * FROM outcome) o WHERE rewards.id = o.reward`),
  keepRefunded: statement(
    countDays(
      `${entries(refunds)}, facts AS (
  SELECT ${dayOf("t.at")} AS day, t.at, p.invited_social AS social, p.source, coalesce(t.after, 0) - coalesce(t.refunded, 0) AS amount
  FROM campaigns c CROSS JOIN taking t CROSS JOIN conversions k ON k.id = t.conversion AND k.currency = c.currency
  LEFT JOIN participants p ON p.id = k.participant_id WHERE c.id = ?2 AND t.is_last AND coalesce(t.after, 0) <> coalesce(t.refunded, 0)
)`,
      { refunded: "amount" },
    ),
  ),
  noteRefunded:
    statement(`UPDATE conversions SET updated_at = ${nextStamp("conversions", "conversions.member_id")}, refunded = t.after
FROM (WITH ${entries(refunds)} SELECT conversion, after FROM taking WHERE is_last) t WHERE conversions.id = t.conversion`),
});
