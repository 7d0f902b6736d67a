import { isHeld } from "../../drizzle/schema/rewards";
import { NEW_DELIVERY, WANTS } from "../outbox/webhooks/matching";
import { rewardKinds } from "./reward-kinds";
import { statement } from "./statement";

/** The ID of an event that the whole group causes: the first item's ID with a suffix. */
const groupEvent = (mark: string) => `json_extract(?1, '$[0].id') || '_${mark}'`;

const facts = "json_object('campaign_id', s.campaign_id, 'available', s.coupons_available, 'total', s.coupons_total)";
const AT = "json_extract(?1, '$[0].at')";

/** At most a tenth of the last upload is left, and no alert was sent yet. */
export const alertLow = statement(`INSERT INTO events (campaign_id, id, type, data, date)
SELECT s.campaign_id, ${groupEvent("low")}, 'coupons.low', ${facts}, ${AT} FROM campaign_stats s
WHERE s.campaign_id = ?2 AND s.coupon_alert < 1 AND s.coupons_pool > 0 AND s.coupons_available * 10 <= s.coupons_pool`);

/** The last code is gone, or a reward found none; sent once per depletion. A reward that found none is pending. */
export const alertExhausted = statement(`INSERT INTO events (campaign_id, id, type, data, date)
SELECT s.campaign_id, ${groupEvent("out")}, 'coupons.exhausted', ${facts}, ${AT} FROM campaign_stats s
WHERE s.campaign_id = ?2 AND s.coupon_alert < 2 AND s.coupons_available = 0
  AND (s.coupons_pool > 0 OR EXISTS (
    SELECT 1 FROM rewards w WHERE w.campaign_id = ?2 AND w.reward_type = ${rewardKinds.coupon.id} AND w.status = 'pending' AND NOT ${isHeld("w")}))`);

export const noteAlerts = statement(`UPDATE campaign_stats SET coupon_alert = iif(coupons_available = 0, 2, 1)
WHERE campaign_id = ?2 AND coupon_alert < iif(coupons_available = 0, 2, 1) AND EXISTS (
  SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id IN (${groupEvent("low")}, ${groupEvent("out")}))`);

/**
 * One delivery for each event of the group and each endpoint that wants it. An event's ID begins with its item's ID.
 * Returns the IDs of the new deliveries.
 */
export const insertDeliveries = statement(`INSERT INTO deliveries ${NEW_DELIVERY}
FROM campaigns c CROSS JOIN webhooks w ON w.member_id = c.member_id
CROSS JOIN json_each(?1) j CROSS JOIN events e ON e.campaign_id = ?2 AND e.id >= j.value ->> 'id' AND e.id < (j.value ->> 'id') || '~'
WHERE c.id = ?2 AND ${WANTS} AND NOT coalesce(j.value ->> 'no_webhooks', 0)
ON CONFLICT (webhook_id, event_id) DO NOTHING RETURNING id`);
