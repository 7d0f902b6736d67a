import { brandChoices } from "../../campaigns/brand-choice";
import { campaignHead } from "../../campaigns/campaign-head";
import * as store from "../../campaigns/campaign-store";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";

/** What the settings form shows and needs to know, in one round trip. @throws 404 */
export async function campaignSettings(ctx: MemberCtx, id: number) {
  const { memberId } = ctx.actor;
  const [[head], [row], brands, [payer]] = await ctx.db.batch([
    campaignHead(ctx, id),
    store.campaignById(ctx.db, memberId, id),
    brandChoices(ctx),
    store.memberPays(ctx.db, memberId, ctx.now()),
  ]);
  if (!head || !row) throw notFound("campaign");
  return { head, campaign: row, brands, pays: payer !== undefined };
}
export type CampaignSettings = Awaited<ReturnType<typeof campaignSettings>>;
