import type { MemberCtx } from "../../lib/ctx";
import * as store from "./sender-store";

/** The sender of a campaign's emails, as an unrun query. */
export const senderOfCampaign = (ctx: MemberCtx, campaignId: number) =>
  store.senderOfCampaign(ctx.db, ctx.actor.memberId, campaignId);
