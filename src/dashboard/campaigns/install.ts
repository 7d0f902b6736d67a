import { limit } from "../../auth/limit";
import { campaignHead } from "../../campaigns/campaign-head";
import { asWidget, storedWidget } from "../../campaigns/widget/widget";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { check, type Finding } from "./install-check";

/** What the install page needs to know, in one round trip. @throws 404 */
export async function installation(ctx: MemberCtx, id: number) {
  const [[head], [widget]] = await ctx.db.batch([campaignHead(ctx, id), storedWidget(ctx.db, ctx.actor.memberId, id)]);
  if (!head || !widget) throw notFound("campaign");
  return { head, placement: asWidget(widget).placement };
}
export type Installation = Awaited<ReturnType<typeof installation>>;

/**
 * Checks whether a page of the brand's website contains this campaign's widget. @throws 429 above the limit, which
 * protects the website
 */
export async function lookFor(ctx: MemberCtx, { head }: Installation, url: string): Promise<Finding> {
  await limit(ctx, "sign_in", `install ${ctx.actor.memberId}`);
  return check(ctx, { url, campaignId: head.id, brandDomain: head.brand_domain });
}
