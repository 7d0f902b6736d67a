import type { MemberCtx } from "../lib/ctx";
import { brandLink, campaignById, ownCampaignRow } from "./campaign-store";

/** One row if the campaign is the member's, as an unrun query. */
export const ownedCampaign = (ctx: MemberCtx, campaignId: number) =>
  ownCampaignRow(ctx.db, ctx.actor.memberId, campaignId);

/** The campaign's row, as an unrun query. */
export const storedCampaign = (ctx: MemberCtx, campaignId: number) =>
  campaignById(ctx.db, ctx.actor.memberId, campaignId);

/** Whether the campaign's brand is linked to VNOC, as an unrun query. */
export const linkOfCampaign = (ctx: MemberCtx, campaignId: number) =>
  brandLink(ctx.db, ctx.actor.memberId, undefined, campaignId);
