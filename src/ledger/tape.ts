import { statement } from "./statement";

/**
 * The coupon pool is a tape: codes are given in id order, and nothing at or below its head is given again. `HEAD` is where a
 * campaign's tape stands.
 */
export const HEAD = "(SELECT last_coupon_id FROM campaign_stats WHERE campaign_id = ?2)";

/**
 * Before anything is given: a database that was restored to an earlier point stands behind what this ledger gave. The head is moved
 * to where the ledger knows it to have been, and what was skipped counts as given.
 */
export const fence = statement(`UPDATE campaign_stats SET last_coupon_id = ?3,
  coupons_available = (SELECT count(*) FROM coupons k WHERE k.campaign_id = ?2 AND k.id > ?3)
WHERE campaign_id = ?2 AND last_coupon_id < ?3`);

export const lastCoupon = statement("SELECT last_coupon_id FROM campaign_stats WHERE campaign_id = ?2");
