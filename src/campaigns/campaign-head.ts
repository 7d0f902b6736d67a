import type { MemberCtx } from "../lib/ctx";
import { notFound } from "../lib/errors";
import * as store from "./campaign-store";

/** The data for the header of every campaign page. */
export type CampaignHead = Awaited<ReturnType<typeof store.campaignHead>>[number];

/** One row if the campaign is the member's, as an unrun query to batch with the page's own. */
export const campaignHead = (ctx: MemberCtx, id: number) =>
  store.campaignHead(ctx.db, ctx.actor.memberId, id, ctx.now());

/** @throws 404 for another member's campaign */
export async function headOf(ctx: MemberCtx, id: number): Promise<CampaignHead> {
  const [[head]] = await ctx.db.batch([campaignHead(ctx, id)]);
  if (!head) throw notFound("campaign");
  return head;
}
