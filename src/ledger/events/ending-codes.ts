import { MAY_END } from "../../../drizzle/schema/rewards";
import { nextStamp } from "../../../drizzle/schema/stamps";
import { DAY_MS } from "../../lib/day";
import { statement } from "../batch/statement";

/** How many expired codes one transaction handles at most. The caller repeats until none are left. */
export const ENDED_MAX = 2000;

/** Codes that expire within this time do not count in the low-stock alert. */
const ENDING_SOON_MS = 7 * DAY_MS;

/** Codes that can still expire. If a restored database forgot that a code was given, the code stays as it is. */
const ENDING = `coupons INDEXED BY coupons_ending WHERE campaign_id = ?2 AND ${MAY_END}
  AND id > (SELECT s.coupons_fenced FROM campaign_stats s WHERE s.campaign_id = ?2)`;

const DUE = `SELECT id FROM ${ENDING} AND valid_until < ?5 ORDER BY valid_until, id LIMIT ${ENDED_MAX}`;

export const countEnded =
  statement(`UPDATE campaign_stats SET coupons_available = coupons_available - n.ended, coupons_expired = coupons_expired + n.ended
FROM (SELECT count(*) AS ended FROM (${DUE})) n WHERE campaign_id = ?2 AND n.ended > 0`);

export const markEnded = statement(`WITH due AS MATERIALIZED (SELECT id, row_number() OVER () AS n FROM (${DUE})),
stamp AS MATERIALIZED (SELECT ${nextStamp("coupons", "?2")} AS first)
UPDATE coupons SET date_expired = ?5, updated_at = d.first + d.n
FROM (SELECT * FROM due CROSS JOIN stamp) d WHERE coupons.id = d.id RETURNING coupons.id`);

/**
 * Sets the next check: when the next code expires. If no alert was sent, earlier: `ENDING_SOON_MS` before that, then
 * daily, because many codes may be about to expire.
 */
export const lookAgain = statement(`UPDATE campaign_stats SET coupons_look_at = CASE WHEN coupon_alert > 0 THEN e.ends
  WHEN e.ends - ${ENDING_SOON_MS} > ?5 THEN e.ends - ${ENDING_SOON_MS} ELSE min(e.ends, ?5 + ${DAY_MS}) END
FROM (SELECT (SELECT valid_until FROM ${ENDING} ORDER BY valid_until LIMIT 1) AS ends) e
WHERE campaign_id = ?2 AND (coupons_look_at IS NOT NULL OR e.ends IS NOT NULL)`);

/** How many codes expire soon, counted up to a number based on `available` and `pool`. */
export const endingSoon = (most: string) =>
  `(SELECT count(*) FROM (SELECT 1 FROM ${ENDING} AND valid_until < ?5 + ${ENDING_SOON_MS}
    LIMIT (SELECT ${most} FROM (SELECT coupons_available AS available, coupons_pool AS pool FROM campaign_stats WHERE campaign_id = ?2))))`;

/** Whether codes have expired that are not yet removed from the counts. */
export const HAS_ENDED = `EXISTS (SELECT 1 FROM ${ENDING} AND valid_until < ?5)`;
export const isLeft = statement(`SELECT ${HAS_ENDED} AS is_left`);
