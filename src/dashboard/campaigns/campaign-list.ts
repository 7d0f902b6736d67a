import { z } from "zod";
import { brandChoices } from "../../campaigns/brand-choice";
import { campaignCount } from "../../campaigns/campaign-count";
import { CampaignStatus } from "../../ledger/records/lifecycle";
import { rewardKinds } from "../../ledger/records/reward-kinds";
import type { MemberCtx } from "../../lib/ctx";
import { Id } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";
import { viewsOf } from "../views/view";
import * as store from "./campaign-overview-store";

/** Invalid filters are ignored. Archived campaigns are shown only on request. */
export const ListQuery = PageQuery.extend({
  brand_id: Id.optional().catch(undefined),
  status: CampaignStatus.or(z.literal("unarchived")).optional().catch(undefined),
  sort: filter(z.enum(["newest", "name", "participants", "referrals", "clicks"])).catch(undefined),
  view: filter(Id).catch(undefined),
});
export type ListQuery = z.infer<typeof ListQuery>;

export type CampaignSort = NonNullable<ListQuery["sort"]>;

/**
 * Above this number, campaigns are sorted only by date, because other orders read and sort all of them for every page.
 */
export const SORTED_MAX = store.SORTED_MAX;

export type CampaignRow = Awaited<ReturnType<typeof store.campaignRows>>[number];

const listedBy = (ctx: MemberCtx, { brand_id, status, sort }: ListQuery) => ({
  brandId: brand_id,
  status: status ?? "unarchived",
  now: ctx.now(),
  seen: ctx.actor.brandIds,
  sort,
});

/** A page of the account's campaigns with their numbers. */
export async function campaignList(ctx: MemberCtx, query: ListQuery) {
  const listed = listedBy(ctx, query);
  const [rows, [counted], brands, views] = await ctx.db.batch([
    store.campaignRows(ctx.db, ctx.actor.memberId, listed, query),
    campaignCount(ctx, listed),
    brandChoices(ctx),
    viewsOf(ctx, "campaigns"),
  ]);
  return { rows, total: counted?.total ?? 0, brands, views };
}

const SLICE = 1000;

/** A slice of the account's campaigns, for a file. `next` is the number of the next slice. */
export async function campaignSlice(ctx: MemberCtx, query: ListQuery, page: number) {
  const [rows] = await ctx.db.batch([
    store.campaignRows(ctx.db, ctx.actor.memberId, listedBy(ctx, query), { page, limit: SLICE }),
  ]);
  return { rows, next: rows.length < SLICE ? null : page + 1 };
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
