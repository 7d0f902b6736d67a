import { isOnItsWay } from "../../../drizzle/schema/transfers";
import { type Group, statement } from "../batch/statement";
import { toPrograms } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { rewardKinds } from "../records/reward-kinds";
import { currencyOf, worthOf } from "./cash";
import { creditOf, LEFT, redeemedBy, ruleOf } from "./credit";

/** Expires a reward that was not given in time. `id` becomes the ID of its event. */
export type ExpireItem = { kind: "expire"; id: string; at: number; origin: string; reward_id: number };

const value = (field: keyof ExpireItem) => `j.value ->> '${field}'`;

/**
 * How long reward `alias` lasts once pending, in milliseconds, from its rule as it was at the time. Null means forever.
 */
export const lastingOf = (alias: string) => `((${ruleOf(alias)} ->> 'expires_days') * 86400000)`;

/** The participant's store credit up to reward `x`, which is redeemed before any later credit. */
const UPTO = `(SELECT sum(${LEFT}) FROM ${creditOf("x.participant_id")} AND ${currencyOf("w")} = ${currencyOf("x")}
    AND (w.date_fulfilled, w.id) <= (x.date_fulfilled, x.id))`;
const OWN = LEFT.replaceAll("w.", "x.");

/**
 * The rewards to expire, and what they lose: a pending reward loses everything; store credit loses what was not
 * redeemed, with the oldest credit redeemed first. Store credit that was fully redeemed loses nothing and does not
 * expire. Their end date is removed afterwards, so a repeated group finds none. If two runs in one group ask for the
 * same reward, the first one counts.
 */
const DUE = `due AS (
  SELECT ${value("id")} AS event, ${value("at")} AS at, ${value("origin")} AS origin, x.id, x.participant_id, x.conversion_id, x.owed_back, x.status = 'pending' AS was_pending,
    iif(x.status = 'pending', ${worthOf("x")}, max(0, min(${OWN}, ${UPTO} - ${redeemedBy("x.participant_id", currencyOf("x"))}))) AS lost
  FROM json_each(?1) j CROSS JOIN rewards x ON x.id = ${value("reward_id")} AND x.campaign_id = ?2 AND x.expires_at <= ${value("at")}
    AND (x.status = 'pending' AND NOT ${isOnItsWay("x")} OR x.status = 'fulfilled' AND x.reward_type = ${rewardKinds.credit.id})
    AND NOT EXISTS (SELECT 1 FROM json_each(?1) y WHERE y.key < j.key AND y.value ->> 'reward_id' = x.id)
),
expiring AS (SELECT * FROM due WHERE was_pending OR lost > 0)`;

export const expireGroup: Group = {
  entries: statement(`WITH ${DUE}
INSERT INTO credits (participant_id, reward_id, event, conversion_id, amount, reason, status, by, date)
SELECT participant_id, id, event, conversion_id, -lost, 'expired', 'expired', 'expiry', at FROM expiring`),
  totals:
    statement(`UPDATE campaign_stats SET rewards_pending = rewards_pending - e.pending, rewards_revoked = rewards_revoked + e.pending,
  rewards_expired = rewards_expired + e.pending, credit_expired = credit_expired + e.credit
FROM (WITH ${DUE} SELECT coalesce(sum(was_pending), 0) AS pending, coalesce(sum(NOT was_pending), 0) AS credit FROM expiring) e
WHERE campaign_id = ?2 AND e.pending + e.credit > 0`),
  events: insertEvents(
    `SELECT event, 'reward.expired', participant_id, id, json_object('status', 'expired', 'origin', origin,
  'reward', json_object('expires_at', NULL, 'date_expired', at, 'expired_amount', lost, 'owed_back', iif(was_pending, owed_back, coalesce(owed_back, 0) + lost))), at
FROM expiring`,
    DUE,
  ),
  expire: statement(`UPDATE rewards SET expires_at = NULL, date_expired = iif(e.was_pending OR e.lost > 0, e.at, NULL),
  status = iif(e.was_pending, 'revoked', rewards.status), note = iif(e.was_pending, coalesce(rewards.note, 'expired'), rewards.note),
  owed_back = iif(NOT e.was_pending AND e.lost > 0, coalesce(rewards.owed_back, 0) + e.lost, rewards.owed_back),
  expired_amount = iif(e.was_pending OR e.lost > 0, e.lost, NULL)
FROM (WITH ${DUE} SELECT * FROM due) e WHERE rewards.id = e.id`),
  ...toPrograms,
};
