import { isHeld } from "../../drizzle/schema/rewards";
import { insertEvents } from "./publish";
import { type Group, statement } from "./statement";

/** How much of a reward of `granted` a refund of `refunded` takes back in all. Null for a reward without an amount. */
const taken = (
  refunded: string,
) => `CASE WHEN ${refunded} IS NULL THEN 0 WHEN ${refunded} >= t.sale THEN d.value ->> 'amount'
    ELSE CAST(round(1.0 * (d.value ->> 'amount') * ${refunded} / t.sale) AS INTEGER) END`;

/**
 * What was gone of store credit's grant when it expired: what refunds had taken, and the rest. A refund after that takes
 * this first, so that nothing is taken twice.
 */
const GONE = "iif(w.expired_amount IS NULL, 0, d.value ->> 'amount' - w.amount + w.owed_back)";

const IS_FULL = "(t.after >= t.sale AND (t.before IS NULL OR t.before < t.sale))";

/**
 * What refunds take back. `refunds` defines `refunding(n, event, at, amount, conversion, sale, refunded)`: each new
 * refund of a conversion in its order, and what was refunded before the group (null: nothing). A refund of more than is
 * left takes the rest. What all refunds take depends only on their sum, so their order does not matter.
 */
const entries = (refunds: string) => `${refunds},
taking AS (
  SELECT event, at, conversion, sale, iif(turn = 1, refunded, min(sale, coalesce(refunded, 0) + upto - own)) AS before,
    min(sale, coalesce(refunded, 0) + upto) AS after
  FROM (SELECT *, coalesce(amount, sale) AS own, sum(coalesce(amount, sale)) OVER turns AS upto, row_number() OVER turns AS turn
    FROM refunding WINDOW turns AS (PARTITION BY conversion ORDER BY n))
),
entries AS (
  SELECT t.event, t.at, t.conversion, w.id AS reward, w.participant_id, w.rule_id, w.status, ${isHeld("w")} AS is_held, w.amount AS owed, ${IS_FULL} AS is_full,
    max(${GONE}, ${taken("t.after")}) - max(${GONE}, ${taken("t.before")}) AS amount
  FROM taking t CROSS JOIN conversions k ON k.id = t.conversion CROSS JOIN json_each(k.decisions) d
  CROSS JOIN rewards w ON w.id = d.value ->> 'reward' AND w.status <> 'revoked'
),
counting AS (SELECT * FROM entries WHERE amount > 0 OR (amount IS NULL AND is_full)),
losses AS (
  SELECT reward, participant_id, rule_id, status, is_held, max(event) AS event, max(at) AS at, sum(amount) AS amount, owed - sum(amount) AS left,
    iif(owed IS NULL, 1, status = 'pending' AND sum(amount) >= owed) AS is_revoked
  FROM counting GROUP BY reward
)`;

/**
 * Takes back what rewards lose by refunds: of a reward that waits for its payment, the amount is less; of one that was
 * paid, it is owed back. A reward without an amount is revoked by a full refund.
 */
export const settle = (refunds: string): Group => ({
  takeBack: statement(`WITH ${entries(refunds)}
INSERT INTO credits (participant_id, reward_id, event, conversion_id, amount, reason, by, date)
SELECT participant_id, reward, event, conversion, -amount, 'refunded', 'refund', at FROM counting`),
  keepRevoked:
    statement(`UPDATE campaign_stats SET rewards_pending = rewards_pending - t.pending, rewards_held = rewards_held - t.held,
  rewards_fulfilled = rewards_fulfilled - t.fulfilled, rewards_revoked = rewards_revoked + t.pending + t.fulfilled
FROM (WITH ${entries(refunds)} SELECT coalesce(sum(status = 'pending'), 0) AS pending, coalesce(sum(is_held), 0) AS held,
    coalesce(sum(status = 'fulfilled'), 0) AS fulfilled
  FROM losses WHERE is_revoked) t
WHERE campaign_id = ?2 AND t.pending + t.fulfilled > 0`),
  publishRevoked: insertEvents(
    `SELECT event || '_v' || reward, 'reward.revoked', participant_id, reward,
  json_object('status', 'revoked', 'reward', json_object('amount', left)), at FROM losses WHERE is_revoked`,
    entries(refunds),
  ),
  lessen: statement(`UPDATE rewards SET status = iif(l.is_revoked, 'revoked', rewards.status),
  held_until = iif(l.is_revoked, NULL, rewards.held_until), needs_approval = iif(l.is_revoked, NULL, rewards.needs_approval),
  note = iif(l.is_revoked, coalesce(rewards.note, 'refunded'), rewards.note),
  owed_back = iif(l.status = 'fulfilled' AND l.amount IS NOT NULL, coalesce(rewards.owed_back, 0) + l.amount, rewards.owed_back),
  amount = iif(l.status = 'pending', rewards.amount - l.amount, rewards.amount)
FROM (WITH ${entries(refunds)} SELECT * FROM losses) l WHERE rewards.id = l.reward`),
  noteRefunded: statement(`UPDATE conversions SET refunded = t.refunded
FROM (WITH ${entries(refunds)} SELECT conversion, max(after) AS refunded FROM taking GROUP BY conversion) t WHERE conversions.id = t.conversion`),
});
