import { and, desc, eq, ne, sql } from "drizzle-orm";
import { campaigns, participants, webhooks } from "../../../drizzle/schema";
import { idsFulfilled, rewardKinds } from "../../ledger/records/reward-kinds";
import type { Db } from "../../lib/db";

/** Sums over the account's campaigns. The lists come as JSON. */
export type Totals = {
  total_brands: number;
  total_campaigns: number;
  newest_campaign: number | null;
  total_participants: number;
  total_shares: number;
  total_clicks: number;
  total_impressions: number;
  /** Campaigns with coupon rewards that have at most a tenth of their codes left. */
  coupons: string;
  /** Campaigns with rewards to pay out. */
  owed: string;
  /** Campaigns with open reviews. */
  in_review: string;
};

/** Sums stored counters in one pass over the account's campaigns. */
export const totals = (db: Db, memberId: number) =>
  db.all<Totals>(sql`SELECT (SELECT count(*) FROM brands WHERE member_id = ${memberId}) AS total_brands,
    count(*) AS total_campaigns, max(c.id) AS newest_campaign,
    coalesce(sum(s.total_participants), 0) AS total_participants, coalesce(sum(s.total_shares), 0) AS total_shares,
    coalesce(sum(s.total_clicks), 0) AS total_clicks, coalesce(sum(s.total_impressions), 0) AS total_impressions,
    json_group_array(json_object('id', c.id, 'name', c.name, 'brand_id', c.brand_id, 'available', s.coupons_available, 'total', s.coupons_total,
      'waiting', s.rewards_pending)) FILTER (WHERE c.reward_type = ${rewardKinds.coupon.id} AND s.coupons_available * 10 <= s.coupons_pool) AS coupons,
    json_group_array(json_object('id', c.id, 'name', c.name, 'brand_id', c.brand_id)) FILTER (WHERE s.rewards_pending > 0 AND EXISTS (
      SELECT 1 FROM rewards r WHERE r.campaign_id = c.id AND r.reward_type IN ${idsFulfilled("by hand")} AND r.status = 'pending')) AS owed,
    json_group_array(json_object('id', c.id, 'name', c.name, 'brand_id', c.brand_id)) FILTER (WHERE EXISTS (
      SELECT 1 FROM reviews v INDEXED BY reviews_of_campaign WHERE v.campaign_id = c.id AND v.state = 'open')) AS in_review
    FROM campaigns c CROSS JOIN campaign_stats s ON s.campaign_id = c.id WHERE c.member_id = ${memberId}`);

/** Webhooks that are failing or were disabled for failing. */
export const troubledWebhooks = (db: Db, memberId: number, limit: number) =>
  db
    .select({ id: webhooks.id, link: webhooks.link, status: webhooks.status })
    .from(webhooks)
    .where(
      and(
        eq(webhooks.member_id, memberId),
        sql`(${webhooks.disabled_reason} IN ('gone', 'failing') OR (${webhooks.status} = 'active' AND ${webhooks.failing_since} IS NOT NULL))`,
      ),
    )
    .limit(limit);

export const newestParticipants = (db: Db, memberId: number, limit: number) =>
  db
    .select({
      id: sql<number>`${participants.id}`.as("participant_id"),
      name: sql<string | null>`${participants.name}`.as("participant_name"),
      email: sql<string>`${participants.email}`.as("email"),
      status: sql<"active" | "pending" | "blocked">`${participants.status}`.as("status"),
      date_signedup: sql`${participants.date_signedup}`.mapWith(participants.date_signedup).as("date_signedup"),
      is_referred: sql<number>`${participants.invited_by} IS NOT NULL`.mapWith(Boolean).as("is_referred"),
      campaign_id: sql<number>`${participants.campaign_id}`.as("campaign_id"),
      campaign_name: sql<string>`${campaigns.name}`.as("campaign_name"),
      brand_id: sql<number>`${campaigns.brand_id}`.as("brand_id"),
    })
    .from(participants)
    .innerJoin(campaigns, eq(campaigns.id, participants.campaign_id))
    .where(and(eq(participants.member_id, memberId), ne(participants.status, "erased")))
    .orderBy(desc(participants.id))
    .limit(limit);
