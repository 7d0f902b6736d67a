import { statement } from "./statement";

/**
 * The coupon pool is a tape: codes are given in order of ID, and no code at or below the head is given again. `HEAD` is
 * the head of a campaign's tape. Codes that have expired are passed over.
 */
export const HEAD = "(SELECT last_coupon_id FROM campaign_stats WHERE campaign_id = ?2)";

/**
 * The most codes above the head that are looked at, more than any group gives. Only those that expired a moment ago, before
 * the ledger counted them out, are passed over one by one. If there are more of them, rewards wait until it has.
 */
const LOOKED_AT_MAX = 10_000;

/** The next codes above the head that can still be used at the moment of the commit, at most `limit`, in order. */
export const nextCodes = (limit: string) => `SELECT id FROM (
    SELECT id, valid_until FROM coupons INDEXED BY coupons_tape WHERE campaign_id = ?2 AND date_expired IS NULL AND id > ${HEAD}
    ORDER BY id LIMIT ${LOOKED_AT_MAX})
  WHERE valid_until IS NULL OR valid_until >= ?5 LIMIT ${limit}`;

/**
 * Runs before codes are given. A database restored to an earlier point is behind what this ledger gave: the head moves
 * to where the ledger knows it was, and the codes skipped count as given.
 */
export const fence = statement(`UPDATE campaign_stats SET last_coupon_id = ?3, coupons_fenced = ?3,
  coupons_available = (SELECT count(*) FROM coupons k WHERE k.campaign_id = ?2 AND k.id > ?3 AND k.date_expired IS NULL)
WHERE campaign_id = ?2 AND last_coupon_id < ?3`);

export const lastCoupon = statement("SELECT last_coupon_id FROM campaign_stats WHERE campaign_id = ?2");
