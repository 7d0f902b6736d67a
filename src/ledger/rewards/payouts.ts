import { type Group, statement } from "../batch/statement";
import { outgoing, toPrograms } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { currencyOf, isCash, isPayable, worthOf } from "./cash";
import { lastingOf } from "./expire";

/** Pays rewards with a payout. The IDs of their events begin with `id`. */
export type PayItem = {
  kind: "pay";
  id: string;
  at: number;
  origin: string;
  payout_id: number;
  reward_ids: number[];
  reference: string;
  by: string;
};

/** Undoes a payout: its rewards wait for payment again. */
export type UnpayItem = { kind: "unpay"; id: string; at: number; origin: string; payout_id: number; by: string };

const pay = (field: keyof PayItem) => `json_extract(?1, '$[0].${field}')`;
const unpay = (field: keyof UnpayItem) => `json_extract(?1, '$[0].${field}')`;

/** The rewards to pay. They are not pending afterwards, so a repeated group finds none. */
const PAID = `paid AS (
  SELECT w.id, w.participant_id, w.conversion_id, ${currencyOf("w")} AS currency, ${worthOf("w")} AS amount
  FROM (SELECT DISTINCT value FROM json_each(?1, '$[0].reward_ids')) r CROSS JOIN rewards w ON w.id = r.value AND w.campaign_id = ?2 AND ${isPayable("w")}
  CROSS JOIN participants p ON p.id = w.participant_id AND p.status = 'active'
)`;

/** What refunds took back from a participant's paid rewards, minus what earlier payouts already deducted. */
const OWED_BACK = `coalesce((SELECT sum(w.owed_back) FROM rewards w WHERE w.campaign_id = ?2 AND w.participant_id = d.participant_id
    AND w.owed_back IS NOT NULL AND ${isCash("w")} AND ${currencyOf("w")} = d.currency), 0)
  - coalesce((SELECT sum(l.netted) FROM payout_lines l WHERE l.campaign_id = ?2 AND l.participant_id = d.participant_id
    AND l.netted <> 0 AND l.date_undone IS NULL AND l.currency = d.currency), 0)`;

export const payGroup: Group = {
  lines: statement(`WITH ${PAID},
due AS (SELECT participant_id, currency, sum(amount) AS amount, count(*) AS rewards FROM paid GROUP BY participant_id, currency),
netted AS (SELECT d.*, min(d.amount, ${OWED_BACK}) AS netted FROM due d)
INSERT INTO payout_lines (payout_id, campaign_id, participant_id, currency, amount, netted, rewards)
SELECT ${pay("payout_id")}, ?2, participant_id, currency, amount - netted, netted, rewards FROM netted WHERE true
ON CONFLICT (payout_id, campaign_id, participant_id, currency) DO UPDATE SET amount = amount + excluded.amount, netted = netted + excluded.netted,
  rewards = rewards + excluded.rewards`),
  entries: statement(`WITH ${PAID}
INSERT INTO credits (participant_id, reward_id, event, conversion_id, reason, status, by, date)
SELECT participant_id, id, ${pay("id")}, conversion_id, ${pay("reference")}, 'fulfilled', ${pay("by")}, ${pay("at")} FROM paid`),
  totals:
    statement(`UPDATE campaign_stats SET rewards_pending = rewards_pending - d.n, rewards_fulfilled = rewards_fulfilled + d.n
FROM (WITH ${PAID} SELECT count(*) AS n FROM paid) d WHERE campaign_id = ?2 AND d.n > 0`),
  events: insertEvents(
    `SELECT ${pay("id")} || '_r' || id, 'reward.fulfilled', participant_id, id,
  json_object('status', 'fulfilled', 'origin', ${pay("origin")}, 'reward', json_object('payout_id', ${pay("payout_id")})), ${pay("at")} FROM paid`,
    PAID,
  ),
  change:
    statement(`UPDATE rewards SET status = 'fulfilled', payout_id = ${pay("payout_id")}, date_fulfilled = ${pay("at")}
WHERE id IN (WITH ${PAID} SELECT id FROM paid)`),
  ...outgoing,
  paid: statement(`SELECT w.id FROM json_each(?1, '$[0].reward_ids') r CROSS JOIN rewards w ON w.id = r.value AND w.campaign_id = ?2
WHERE w.payout_id = ${pay("payout_id")}`),
};

/**
 * The rewards that wait again, minus later refunds. If nothing is left of a reward, it is revoked, as it would have
 * been before its payment. A rule's `expires_days` start over, because a failed payment must not cost the participant
 * their reward.
 */
const BACK = `back AS (
  SELECT w.id, w.participant_id, w.conversion_id, w.amount, coalesce(w.owed_back, 0) AS refunded, ${lastingOf("w")} AS lasts,
    iif(w.owed_back >= w.amount, 'revoked', 'pending') AS status
  FROM rewards w WHERE w.payout_id = ${unpay("payout_id")} AND w.campaign_id = ?2 AND w.status = 'fulfilled'
)`;

export const unpayGroup: Group = {
  entries: statement(`WITH ${BACK}
INSERT INTO credits (participant_id, reward_id, event, conversion_id, reason, status, by, date)
SELECT participant_id, id, ${unpay("id")}, conversion_id, 'payout undone', status, iif(status = 'revoked', 'refund', ${unpay("by")}), ${unpay("at")} FROM back`),
  totals:
    statement(`UPDATE campaign_stats SET rewards_fulfilled = rewards_fulfilled - d.n, rewards_pending = rewards_pending + d.n - d.revoked,
  rewards_revoked = rewards_revoked + d.revoked
FROM (WITH ${BACK} SELECT count(*) AS n, coalesce(sum(status = 'revoked'), 0) AS revoked FROM back) d WHERE campaign_id = ?2 AND d.n > 0`),
  events: insertEvents(
    `SELECT ${unpay("id")} || '_r' || id, 'reward.' || status, participant_id, id, json_object('status', status, 'origin', ${unpay("origin")},
  'reward', json_object('amount', amount - refunded, 'owed_back', NULL, 'payout_id', NULL, 'date_fulfilled', NULL,
    'expires_at', iif(status = 'pending', ${unpay("at")} + lasts, NULL))), ${unpay("at")} FROM back`,
    BACK,
  ),
  change:
    statement(`UPDATE rewards SET status = b.status, amount = rewards.amount - b.refunded, owed_back = NULL, payout_id = NULL, date_fulfilled = NULL,
  expires_at = iif(b.status = 'pending', ${unpay("at")} + b.lasts, NULL)
FROM (WITH ${BACK} SELECT * FROM back) b WHERE rewards.id = b.id`),
  lines: statement(`UPDATE payout_lines SET date_undone = ${unpay("at")}
WHERE payout_id = ${unpay("payout_id")} AND campaign_id = ?2 AND date_undone IS NULL`),
  ...toPrograms,
};
