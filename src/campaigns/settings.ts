import type { MemberCtx } from "../ctx";
import { notFound } from "../lib/errors";
import { brandChoices } from "../overviews/list";
import { asRewardSettings, storedReward } from "../reward-settings/settings";
import { campaignHead } from "./head";
import * as store from "./store";

/** What the form of a campaign's settings shows and needs to know, in one round trip. @throws 404 */
export async function campaignSettings(ctx: MemberCtx, id: number) {
  const { memberId } = ctx.actor;
  const [[head], [row], [reward], brands, [payer], [link]] = await ctx.db.batch([
    campaignHead(ctx, id),
    store.campaignById(ctx.db, memberId, id),
    storedReward(ctx.db, memberId, id),
    brandChoices(ctx),
    store.memberPays(ctx.db, memberId, ctx.now()),
    store.brandLink(ctx.db, memberId, undefined, id),
  ]);
  if (!head || !row || !reward) throw notFound("campaign");
  return {
    head,
    campaign: row,
    reward: asRewardSettings(reward),
    brands,
    pays: payer !== undefined,
    takesTokens: link?.in_vnoc === true,
  };
}
export type CampaignSettings = Awaited<ReturnType<typeof campaignSettings>>;
