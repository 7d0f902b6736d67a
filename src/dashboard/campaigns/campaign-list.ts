import { z } from "zod";
import { brandChoices } from "../../campaigns/brand-choice";
import { campaignCount } from "../../campaigns/campaign-count";
import { CampaignStatus } from "../../ledger/lifecycle";
import { rewardKinds } from "../../ledger/reward-kinds";
import type { MemberCtx } from "../../lib/ctx";
import { Id } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";
import { viewsOf } from "../views/view";
import * as store from "./campaign-overview-store";

/** Invalid filters are ignored. Archived campaigns are shown only on request. */
export const ListQuery = PageQuery.extend({
  brand_id: Id.optional().catch(undefined),
  status: CampaignStatus.or(z.literal("unarchived")).optional().catch(undefined),
  view: filter(Id).catch(undefined),
});
export type ListQuery = z.infer<typeof ListQuery>;

export type CampaignRow = Awaited<ReturnType<typeof store.campaignRows>>[number];

/** A page of the account's campaigns with their numbers, newest first. */
export async function campaignList(ctx: MemberCtx, query: ListQuery) {
  const { memberId, brandIds: seen } = ctx.actor;
  const listed = { brandId: query.brand_id, status: query.status ?? "unarchived", now: ctx.now(), seen };
  const [rows, [counted], brands, views] = await ctx.db.batch([
    store.campaignRows(ctx.db, memberId, listed, query),
    campaignCount(ctx, listed),
    brandChoices(ctx),
    viewsOf(ctx, "campaigns"),
  ]);
  return { rows, total: counted?.total ?? 0, brands, views };
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
