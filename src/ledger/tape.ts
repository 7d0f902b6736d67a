import { statement } from "./statement";

/**
 * The coupon pool is a tape: codes are given in order of ID, and no code at or below the head is given again. `HEAD` is
 * the head of a campaign's tape.
 */
export const HEAD = "(SELECT last_coupon_id FROM campaign_stats WHERE campaign_id = ?2)";

/**
 * Runs before codes are given. A database restored to an earlier point is behind what this ledger gave: the head moves
 * to where the ledger knows it was, and the codes skipped count as given.
 */
export const fence = statement(`UPDATE campaign_stats SET last_coupon_id = ?3,
  coupons_available = (SELECT count(*) FROM coupons k WHERE k.campaign_id = ?2 AND k.id > ?3)
WHERE campaign_id = ?2 AND last_coupon_id < ?3`);

export const lastCoupon = statement("SELECT last_coupon_id FROM campaign_stats WHERE campaign_id = ?2");
