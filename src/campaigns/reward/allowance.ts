import { rewardKinds } from "../../ledger/records/reward-kinds";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, notFound } from "../../lib/errors";
import * as store from "../campaign-store";
import { asksForTokens, type RewardSettingsChange } from "./reward-settings-schema";

type Wish = {
  /** Set for an existing campaign. */
  campaignId?: number;
  /** The brand of a new campaign, or the new brand of an existing one. */
  brandId?: number;
  publish?: "public" | "private";
  reward?: RewardSettingsChange;
};

/**
 * Public campaigns need a paid plan, and token rewards need a brand linked to VNOC. Existing settings may stay. If the
 * request needs neither, nothing is queried.
 * @throws 404, 403 `paid_plan_required`, 400 `token_not_allowed`
 */
export async function refuseDisallowed(ctx: MemberCtx, { campaignId, brandId, publish, reward = {} }: Wish) {
  const moves = campaignId !== undefined && brandId !== undefined;
  if (publish !== "public" && !asksForTokens(reward) && !moves) return;

  const { memberId } = ctx.actor;
  const [[payer], [campaign], [brand]] = await ctx.db.batch([
    store.memberPays(ctx.db, memberId, ctx.now()),
    store.campaignById(ctx.db, memberId, campaignId ?? 0),
    store.brandLink(ctx.db, memberId, brandId, campaignId),
  ]);
  if (campaignId !== undefined && !campaign) throw notFound("campaign");
  if (!brand) throw notFound("brand");
  const { reward_type = campaign?.reward_type, ...rest } = reward;
  const gaveThem =
    campaign?.reward_type === rewardKinds.token.id && (brandId ?? campaign.brand_id) === campaign.brand_id;
  const asks = (reward_type === rewardKinds.token.id && !gaveThem) || asksForTokens(rest);
  if (asks && !brand.in_vnoc) throw new AppError("token_not_allowed");
  if (publish === "public" && campaign?.publish !== "public" && !payer) throw new AppError("paid_plan_required");
}
