import { and, desc, eq, gt, lte, sql } from "drizzle-orm";
import { campaignStats, campaigns, coupons } from "../../drizzle/schema";
import type { Db } from "../lib/db";
import { offset } from "../lib/page";
import type { CouponQuery } from "./schema";

/** The pool's totals and where its tape stands; no row for a campaign that is not the member's. */
export const poolOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      total: campaignStats.coupons_total,
      available: campaignStats.coupons_available,
      head: campaignStats.last_coupon_id,
    })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));

/** Newest first. What lies above the head of the tape is available. */
export function couponsPage(db: Db, memberId: number, campaignId: number, query: CouponQuery) {
  const head = sql`(SELECT s.last_coupon_id FROM campaign_stats s JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.campaign_id = ${campaignId} AND c.member_id = ${memberId})`;
  const side = { available: gt(coupons.id, head), assigned: lte(coupons.id, head) };
  return db
    .select({
      id: coupons.id,
      code: coupons.code,
      status: sql<"available" | "assigned">`iif(${coupons.id} > ${head}, 'available', 'assigned')`.as("status"),
      participant_id: sql<number | null>`${coupons.reward_id} / 64`.as("participant_id"),
      date_assigned: coupons.date_assigned,
    })
    .from(coupons)
    .where(and(eq(coupons.campaign_id, campaignId), query.status ? side[query.status] : undefined))
    .orderBy(desc(coupons.id))
    .limit(query.limit)
    .offset(offset(query));
}
