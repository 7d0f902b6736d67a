import { and, eq, gt, gte, lte, sql } from "drizzle-orm";
import { campaignDays, campaignStats, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

export const totals = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      campaign_id: campaignStats.campaign_id,
      total_participants: campaignStats.total_participants,
      total_referrals: campaignStats.total_referrals,
      total_shares: campaignStats.total_shares,
      total_clicks: campaignStats.total_clicks,
      total_impressions: campaignStats.total_impressions,
      total_rewards_given: campaignStats.rewards_fulfilled,
      rewards_pending: sql<number>`${campaignStats.rewards_pending} - ${campaignStats.rewards_held}`.as(
        "rewards_pending",
      ),
      coupons_available: campaignStats.coupons_available,
    })
    .from(campaignStats)
    .where(eq(campaignStats.campaign_id, ownCampaign(memberId, campaignId)));

/** Days (YYYY-MM-DD) with signups, including both ends. */
export const signupDays = (db: Db, memberId: number, campaignId: number, from: string, to: string) =>
  db
    .select({ day: campaignDays.day, signups: campaignDays.signups })
    .from(campaignDays)
    .where(
      and(
        eq(campaignDays.campaign_id, ownCampaign(memberId, campaignId)),
        gte(campaignDays.day, from),
        lte(campaignDays.day, to),
        gt(campaignDays.signups, 0),
      ),
    )
    .orderBy(campaignDays.day);
