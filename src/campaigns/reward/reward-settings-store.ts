import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { brands, campaignRewards, campaignStats, campaigns, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

type Row = typeof campaignRewards.$inferSelect;
export type RewardRow = Row & { reward_type: number };
type RewardValues = Partial<Omit<Row, "campaign_id">>;

export const rewardById = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      ...getTableColumns(campaignRewards),
      reward_type:
        sql<number>`(SELECT reward_type FROM campaigns WHERE campaigns.id = campaign_rewards.campaign_id)`.as(
          "reward_type",
        ),
    })
    .from(campaignRewards)
    .where(eq(campaignRewards.campaign_id, ownCampaign(memberId, campaignId)));

/** Writes nothing if no value is set. */
export const updateReward = (db: Db, memberId: number, campaignId: number, values: RewardValues) =>
  db
    .update(campaignRewards)
    .set({ custom_message: sql`custom_message`, ...values })
    .where(
      and(eq(campaignRewards.campaign_id, ownCampaign(memberId, campaignId)), isEmpty(values) ? sql`0` : undefined),
    );

export const updateRewardType = (db: Db, memberId: number, campaignId: number, rewardType: number | undefined) =>
  db
    .update(campaigns)
    .set({ reward_type: rewardType ?? sql`reward_type` })
    .where(
      and(
        eq(campaigns.id, campaignId),
        eq(campaigns.member_id, memberId),
        rewardType === undefined ? sql`0` : undefined,
      ),
    );

const isEmpty = (values: object) => Object.values(values).every((value) => value === undefined);

/** The reward's rules, its reward counts, and the number of unused coupon codes. */
export const rewardRules = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      reward_invited: sql<boolean>`${campaigns.reward_invited}`.mapWith(campaigns.reward_invited).as("reward_invited"),
      goal_type: sql<"signup" | "visit">`${campaigns.goal_type}`.as("goal_type"),
      num_signups: sql<number>`${campaigns.num_signups}`.as("num_signups"),
      num_visits: sql<number | null>`${campaigns.num_visits}`.as("num_visits"),
      in_vnoc: sql<boolean>`${brands.in_vnoc}`.mapWith(brands.in_vnoc).as("in_vnoc"),
      pending: sql<number>`${campaignStats.rewards_pending}`.as("pending"),
      fulfilled: sql<number>`${campaignStats.rewards_fulfilled}`.as("fulfilled"),
      revoked: sql<number>`${campaignStats.rewards_revoked}`.as("revoked"),
      coupons_available: sql<number>`${campaignStats.coupons_available}`.as("coupons_available"),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));
