import { and, desc, eq, ne, sql } from "drizzle-orm";
import {
  brands,
  campaignStats,
  campaigns,
  contests,
  ownCampaign,
  participants,
  rewards,
} from "../../../drizzle/schema";
import { brandName } from "../../campaigns/brand-kit-store";
import { isListed, type Listed } from "../../campaigns/campaign-store";
import { kindIds } from "../../ledger/records/reward-kinds";
import { field } from "../../lib/columns";
import type { Db } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";

/** How many of an account's campaigns can be sorted by anything but age. */
export const SORTED_MAX = 1000;

/** The order of campaigns `k` with the counters `s`. On a tie, the newest comes first. */
const orderOf = (sort: CampaignOrder, k: string, s: string) =>
  sql.raw(
    {
      newest: `${k}.id DESC`,
      name: `${k}.name COLLATE NOCASE, ${k}.id DESC`,
      participants: `${s}.total_participants DESC, ${k}.id DESC`,
      referrals: `${s}.total_referrals DESC, ${k}.id DESC`,
      clicks: `${s}.total_clicks DESC, ${k}.id DESC`,
    }[sort],
  );
type CampaignOrder = "newest" | "name" | "participants" | "referrals" | "clicks";

/** The IDs for a page, so only shown rows are joined. */
function idsOf(db: Db, memberId: number, listed: Sorted, page: PageQuery) {
  const { sort = "newest" } = listed;
  const all = db
    .select({ id: campaigns.id, name: campaigns.name })
    .from(campaigns)
    .where(isListed(memberId, listed))
    .orderBy(desc(campaigns.id));
  const at = offset(page);
  if (sort === "newest") return sql`(SELECT id FROM ${all.limit(page.limit).offset(at)})`;
  return sql`(SELECT k.id FROM ${all.limit(SORTED_MAX)} k CROSS JOIN campaign_stats s ON s.campaign_id = k.id
    ORDER BY ${orderOf(sort, "k", "s")} LIMIT ${page.limit} OFFSET ${at})`;
}

type Sorted = Listed & { sort?: CampaignOrder | undefined };

/** Campaigns with their brand, stored totals, and whether a contest is running. */
export const campaignRows = (db: Db, memberId: number, listed: Sorted, page: PageQuery) =>
  db
    .select({
      id: field(campaigns.id, "id"),
      name: field(campaigns.name, "name"),
      publish: field(campaigns.publish, "publish"),
      date_added: field(campaigns.date_added, "date_added"),
      stage: field(campaigns.stage, "stage"),
      starts_at: field(campaigns.starts_at, "starts_at"),
      ends_at: field(campaigns.ends_at, "ends_at"),
      reward_type: field(campaigns.reward_type, "reward_type"),
      brand_name: brandName(),
      total_participants: field(campaignStats.total_participants, "total_participants"),
      total_referrals: field(campaignStats.total_referrals, "total_referrals"),
      total_clicks: field(campaignStats.total_clicks, "total_clicks"),
      coupons_available: field(campaignStats.coupons_available, "coupons_available"),
      coupon_alert: field(campaignStats.coupon_alert, "coupon_alert"),
      has_contest: sql`${contests.is_on} = 1 AND ${contests.drawn_at} IS NULL`
        .mapWith((on) => on === 1)
        .as("has_contest"),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .leftJoin(contests, eq(contests.campaign_id, campaigns.id))
    .where(sql`${campaigns.id} IN ${idsOf(db, memberId, listed, page)}`)
    .orderBy(orderOf(listed.sort ?? "newest", "campaigns", "campaign_stats"));

export const totals = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      total_participants: campaignStats.total_participants,
      pending_participants: campaignStats.pending_participants,
      total_referrals: campaignStats.total_referrals,
      total_shares: campaignStats.total_shares,
      total_clicks: campaignStats.total_clicks,
      total_impressions: campaignStats.total_impressions,
      rewards_fulfilled: campaignStats.rewards_fulfilled,
      rewards_pending: campaignStats.rewards_pending,
      rewards_held: campaignStats.rewards_held,
      coupons_total: campaignStats.coupons_total,
      coupons_available: campaignStats.coupons_available,
    })
    .from(campaignStats)
    .where(eq(campaignStats.campaign_id, ownCampaign(memberId, campaignId)));

export const lastSignups = (db: Db, memberId: number, campaignId: number, max: number) =>
  db
    .select({
      participant_id: field(participants.id, "participant_id"),
      name: participants.name,
      email: participants.email,
      invited_by: participants.invited_by,
      at: field(participants.date_signedup, "at"),
    })
    .from(participants)
    .where(and(eq(participants.campaign_id, ownCampaign(memberId, campaignId)), ne(participants.status, "erased")))
    .orderBy(desc(participants.id))
    .limit(max);

/** The latest rewards and who earned them, taken per type because the index is by type. */
export const lastRewards = (db: Db, memberId: number, campaignId: number, max: number) =>
  db
    .select({
      participant_id: field(rewards.participant_id, "participant_id"),
      name: field(participants.name, "name"),
      email: field(participants.email, "email"),
      role: field(rewards.role, "role"),
      status: field(rewards.status, "status"),
      at: field(rewards.date_earned, "at"),
    })
    .from(rewards)
    .innerJoin(participants, eq(participants.id, rewards.participant_id))
    .where(sql`${rewards.id} IN (SELECT r.id FROM json_each(${JSON.stringify(kindIds)}) t CROSS JOIN rewards r ON r.id IN (
      SELECT p.id FROM rewards p INDEXED BY rewards_of_campaign
      WHERE p.campaign_id = ${ownCampaign(memberId, campaignId)} AND p.reward_type = t.value ORDER BY p.date_earned DESC LIMIT ${max}))`)
    .orderBy(desc(rewards.date_earned))
    .limit(max);
