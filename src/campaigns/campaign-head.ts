import type { MemberCtx } from "../lib/ctx";
import { notFound } from "../lib/errors";
import * as store from "./campaign-store";

/** What stands above every page of a campaign. */
export type CampaignHead = Awaited<ReturnType<typeof store.campaignHead>>[number];

/** One row when the campaign is the member's, as an unrun query, for those who ask it beside what their page shows. */
export const campaignHead = (ctx: MemberCtx, id: number) => store.campaignHead(ctx.db, ctx.actor.memberId, id);

/** @throws 404 when the campaign is not the member's. */
export async function headOf(ctx: MemberCtx, id: number): Promise<CampaignHead> {
  const [[head]] = await ctx.db.batch([campaignHead(ctx, id)]);
  if (!head) throw notFound("campaign");
  return head;
}
