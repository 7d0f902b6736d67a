import { statement } from "./statement";

/**
 * The coupon pool is a tape: codes are given in ID order, and no code at or below the head is given again. `HEAD` is
 * the head of a campaign's tape. Expired codes are skipped.
 */
export const HEAD = "(SELECT last_coupon_id FROM campaign_stats WHERE campaign_id = ?2)";

/**
 * How many codes above the head are read at most, more than any group gives. Only codes that expired moments ago,
 * before the ledger removed them from the counts, are skipped one by one. If there are too many of them, rewards wait
 * until it has.
 */
const LOOKED_AT_MAX = 10_000;

/** The next codes above the head that are still valid at the commit time, at most `limit`, in order. */
export const nextCodes = (limit: string) => `SELECT id FROM (
    SELECT id, valid_until FROM coupons INDEXED BY coupons_tape WHERE campaign_id = ?2 AND date_expired IS NULL AND id > ${HEAD}
    ORDER BY id LIMIT ${LOOKED_AT_MAX})
  WHERE valid_until IS NULL OR valid_until >= ?5 LIMIT ${limit}`;

/**
 * Runs before codes are given. A database restored to an earlier point is behind what this ledger gave: the head moves
 * to where the ledger last saw it, and the skipped codes count as given.
 */
export const fence = statement(`UPDATE campaign_stats SET last_coupon_id = ?3, coupons_fenced = ?3,
  coupons_available = (SELECT count(*) FROM coupons k WHERE k.campaign_id = ?2 AND k.id > ?3 AND k.date_expired IS NULL)
WHERE campaign_id = ?2 AND last_coupon_id < ?3`);

export const lastCoupon = statement("SELECT last_coupon_id FROM campaign_stats WHERE campaign_id = ?2");
