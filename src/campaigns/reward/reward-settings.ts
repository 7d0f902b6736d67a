import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { notFound } from "../../lib/errors";
import { inCents, inDollars } from "../../lib/fields";
import { campaignHead } from "../campaign-head";
import { dropCampaignCopies } from "../copies";
import { refuseDisallowed } from "./allowance";
import type { RewardSettings, RewardSettingsChange } from "./reward-settings-schema";
import * as store from "./reward-settings-store";

/** A campaign's stored reward settings, and the statement that changes them, both unrun. */
export const storedReward = store.rewardById;
export const changeStoredReward = (ctx: MemberCtx, campaignId: number, change: RewardSettingsChange) =>
  store.updateReward(ctx.db, ctx.actor.memberId, campaignId, asRow(change));

export const asRewardSettings = (row: store.RewardRow): RewardSettings => inDollars(row);

/** The columns for these settings. */
export const asRow = ({ reward_type: _, ...fields }: RewardSettingsChange) => inCents(fields);

/** @throws 404 for another member's campaign */
export async function rewardSettingsOf(ctx: MemberCtx, campaignId: number): Promise<RewardSettings> {
  const [[row]] = await ctx.db.batch([store.rewardById(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!row) throw notFound("campaign");
  return asRewardSettings(row);
}

/** @throws 404, 400 `token_not_allowed` */
export async function changeRewardSettings(
  ctx: MemberCtx,
  campaignId: number,
  change: RewardSettingsChange,
): Promise<RewardSettings> {
  const { memberId } = ctx.actor;
  await refuseDisallowed(ctx, { campaignId, reward: change });
  const [, , [row]] = await commit(
    ctx,
    store.updateRewardType(ctx.db, memberId, campaignId, change.reward_type),
    store.updateReward(ctx.db, memberId, campaignId, asRow(change)),
    store.rewardById(ctx.db, memberId, campaignId),
  );
  if (!row) throw notFound("campaign");
  await dropCampaignCopies(ctx, [campaignId]);
  return asRewardSettings(row);
}

/**
 * A campaign's reward, its rules, and its reward counts.
 * @throws 404 for another member's campaign
 */
export async function rewardPlan(ctx: MemberCtx, campaignId: number) {
  const { memberId } = ctx.actor;
  const [[head], [row], [rules]] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    store.rewardById(ctx.db, memberId, campaignId),
    store.rewardRules(ctx.db, memberId, campaignId),
  ]);
  if (!head || !row || !rules) throw notFound("campaign");
  return { head, reward: asRewardSettings(row), rules };
}
export type RewardPlan = Awaited<ReturnType<typeof rewardPlan>>;
