import type { z } from "zod";
import { brandChoices } from "../../campaigns/brand-choice";
import { campaignCount } from "../../campaigns/campaign-count";
import { rewardKinds } from "../../ledger/reward-kinds";
import type { MemberCtx } from "../../lib/ctx";
import { Id } from "../../lib/fields";
import { PageQuery } from "../../lib/page";
import * as store from "./campaign-overview-store";

/** An invalid brand ID is ignored. */
export const ListQuery = PageQuery.extend({ brand_id: Id.optional().catch(undefined) });
export type ListQuery = z.infer<typeof ListQuery>;

export type CampaignRow = Awaited<ReturnType<typeof store.campaignRows>>[number];

/** A page of the account's campaigns with their numbers, newest first. */
export async function campaignList(ctx: MemberCtx, query: ListQuery) {
  const { memberId } = ctx.actor;
  const [rows, [counted], brands] = await ctx.db.batch([
    store.campaignRows(ctx.db, memberId, query.brand_id, query),
    campaignCount(ctx, query.brand_id),
    brandChoices(ctx),
  ]);
  return { rows, total: counted?.total ?? 0, brands };
}

/** The stock of coupon codes. Null if the campaign's reward is not a coupon. */
export function stockOf({
  reward_type,
  coupons_available,
  coupon_alert,
}: Pick<CampaignRow, "reward_type" | "coupons_available" | "coupon_alert">) {
  if (reward_type !== rewardKinds.coupon.id) return null;
  if (coupons_available === 0) return "out";
  return coupon_alert > 0 ? "low" : "fine";
}
