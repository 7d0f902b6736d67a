import { and, eq, sql } from "drizzle-orm";
import { brands, campaignStats, campaigns, campaignWidgets } from "../../../drizzle/schema";
import { brandName, kitColumn } from "../../campaigns/brand-kit-store";
import { shownReward } from "../../campaigns/reward/shown-reward-store";
import { promisedRows } from "../../campaigns/rules/promised-rule-store";
import type { Db } from "../../lib/db";

/** A campaign's public data, even if the campaign is private: its widget works on the brand's own site either way. */
export const configOf = (db: Db, campaignId: number) =>
  db
    .select({
      campaign_id: sql<number>`${campaigns.id}`.as("campaign_id"),
      campaign_name: sql<string>`${campaigns.name}`.as("campaign_name"),
      goal_type: campaigns.goal_type,
      num_signups: campaigns.num_signups,
      num_visits: campaigns.num_visits,
      reward_type: campaigns.reward_type,
      reward_invited: campaigns.reward_invited,
      allow_email: campaigns.allow_email,
      publish: campaigns.publish,
      waitlist_enabled: campaigns.waitlist_enabled,
      waitlist_places_per_friend: campaigns.waitlist_places_per_friend,
      stage: campaigns.stage,
      starts_at: campaigns.starts_at,
      ends_at: campaigns.ends_at,
      allow_countdown: campaigns.allow_countdown,
      countdown_end: campaigns.countdown_end,
      settings: campaignWidgets.settings,
      brand_domain: sql<string>`${brands.domain}`.as("brand_domain"),
      brand_name: brandName(),
      kit: kitColumn(),
      brand_logo_url: sql<string | null>`${brands.logo_url}`.as("brand_logo_url"),
      total_participants: campaignStats.total_participants,
      total_shares: campaignStats.total_shares,
      total_clicks: campaignStats.total_clicks,
      total_impressions: campaignStats.total_impressions,
      shown_reward: shownReward(),
      promised_rules: promisedRows(),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .innerJoin(campaignWidgets, eq(campaignWidgets.campaign_id, campaigns.id))
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.is_suspended, false)));
