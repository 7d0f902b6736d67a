import { HELD } from "../../../drizzle/schema/rewards";
import { BLOCK, lastSequence } from "../../../drizzle/schema/webhooks";
import { NEW_DELIVERY, WANTS } from "../../outbox/webhooks/matching";
import { statement } from "../batch/statement";
import { rewardKinds } from "../records/reward-kinds";
import { endingSoon, HAS_ENDED } from "./ending-codes";

const MEMBER = "(SELECT c.member_id FROM campaigns c WHERE c.id = ?2)";

/**
 * The parts of a reward that change later, in their current state. A group that changes them after the event puts the
 * new values into the facts as `reward`.
 */
const SNAPSHOT = `(SELECT json_object('amount', now.amount, 'owed_back', now.owed_back, 'payout_id', now.payout_id, 'date_fulfilled', now.date_fulfilled,
    'expires_at', now.expires_at, 'date_expired', now.date_expired, 'expired_amount', now.expired_amount, 'held_until', now.held_until, 'needs_approval', now.needs_approval,
    'token_transaction', now.token_transaction, 'token_state', now.token_state, 'token_reason', now.token_reason) FROM rewards now WHERE now.id = m.reward_id)`;

/** Inserts the events of the CTE `from`, each with a number. `place` is its distance from the account's last number. */
const insertNumbered = (ctes: string, from: string, place: string) =>
  statement(`WITH ${ctes}
INSERT INTO events (campaign_id, id, type, participant_id, reward_id, data, date, member_id, sequence)
SELECT ?2, m.id, m.type, m.participant_id, m.reward_id,
  iif(m.reward_id IS NULL, m.data, json_set(m.data, '$.reward', json_patch(${SNAPSHOT}, coalesce(m.data -> 'reward', '{}')))),
  m.date, iif(m.type = 'participant.signup', NULL, ${MEMBER}), iif(m.type = 'participant.signup', NULL, ${lastSequence(MEMBER)} + ${place})
FROM ${from} m`);

const newEvents = (select: string, ctes?: string) =>
  `${ctes ? `${ctes}, ` : ""}new_events(id, type, participant_id, reward_id, data, date) AS (${select})`;

/**
 * Inserts events, each with the account's next block of numbers. A signup's number follows from its participant (see
 * `TICK`). `select` returns the ID, type, participant, reward, facts, and date.
 */
export const insertEvents = (select: string, ctes?: string) =>
  insertNumbered(newEvents(select, ctes), "new_events", `row_number() OVER () * ${BLOCK}`);

/**
 * The same for conversions and the rewards they earned, which get the numbers after theirs. Their IDs begin with the
 * conversion's.
 */
export const insertSales = (select: string, ctes?: string) =>
  insertNumbered(
    `${newEvents(select, ctes)},
after_sales AS (SELECT n.*, max(iif(n.type = 'conversion.created', n.id, NULL)) OVER (ORDER BY n.id ROWS UNBOUNDED PRECEDING) AS sale FROM new_events n),
in_blocks AS (SELECT n.*, sum(coalesce(n.id = n.sale OR n.id >= n.sale || '~', 1)) OVER (ORDER BY n.id ROWS UNBOUNDED PRECEDING) AS block FROM after_sales n)`,
    "in_blocks",
    `m.block * ${BLOCK} + row_number() OVER (PARTITION BY m.block ORDER BY m.id) - 1`,
  );

/** The ID of an event caused by the whole group: the first item's ID with a suffix. */
const groupEvent = (mark: string) => `json_extract(?1, '$[0].id') || '_${mark}'`;

const facts = "json_object('campaign_id', s.campaign_id, 'available', s.coupons_available, 'total', s.coupons_total)";
const AT = "json_extract(?1, '$[0].at')";

/** At most 10% of the last upload is left, and no alert was sent yet. */
export const alertLow =
  insertEvents(`SELECT ${groupEvent("low")}, 'coupons.low', NULL, NULL, ${facts}, ${AT} FROM campaign_stats s
WHERE s.campaign_id = ?2 AND s.coupon_alert < 1 AND s.coupons_pool > 0 AND s.coupons_available * 10 <= s.coupons_pool`);

/**
 * Most remaining codes expire soon, leaving at most a tenth of the last upload. They are counted after expired codes
 * are removed from the counts.
 */
export const alertEnding =
  insertEvents(`SELECT ${groupEvent("low")}, 'coupons.low', NULL, NULL, json_set(${facts}, '$.expiring', ${endingSoon("available")}), ${AT} FROM campaign_stats s
WHERE s.campaign_id = ?2 AND s.coupon_alert < 1 AND s.coupons_pool > 0 AND s.coupons_available * 10 > s.coupons_pool
  AND CASE WHEN ${HAS_ENDED} THEN 0 ELSE (s.coupons_available - ${endingSoon("available - pool / 10")}) * 10 <= s.coupons_pool END`);

/** The last code was given, or a reward found none and is pending. Sent once per depletion. */
export const alertExhausted =
  insertEvents(`SELECT ${groupEvent("out")}, 'coupons.exhausted', NULL, NULL, ${facts}, ${AT} FROM campaign_stats s
WHERE s.campaign_id = ?2 AND s.coupon_alert < 2 AND s.coupons_available = 0
  AND (s.coupons_pool > 0 OR EXISTS (
    SELECT 1 FROM rewards w WHERE w.campaign_id = ?2 AND w.reward_type = ${rewardKinds.coupon.id} AND w.status = 'pending' AND ${HELD.no("w")}))`);

export const noteAlerts = statement(`UPDATE campaign_stats SET coupon_alert = iif(coupons_available = 0, 2, 1)
WHERE campaign_id = ?2 AND coupon_alert < iif(coupons_available = 0, 2, 1) AND EXISTS (
  SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id IN (${groupEvent("low")}, ${groupEvent("out")}))`);

/**
 * One delivery per event of the group and endpoint that wants it. An event's ID begins with its item's ID. Returns the
 * new deliveries' IDs.
 */
export const insertDeliveries = statement(`INSERT INTO deliveries ${NEW_DELIVERY}
FROM campaigns c CROSS JOIN webhooks w ON w.member_id = c.member_id
CROSS JOIN json_each(?1) j CROSS JOIN events e ON e.campaign_id = ?2 AND e.id >= j.value ->> 'id' AND e.id < (j.value ->> 'id') || '~'
WHERE c.id = ?2 AND ${WANTS} AND NOT coalesce(j.value ->> 'no_webhooks', 0)
ON CONFLICT (webhook_id, event_id) DO NOTHING RETURNING id`);
