import { z } from "zod";
import { BrandQuery } from "../../campaigns/brands/brand-schema";
import { brandById } from "../../campaigns/brands/brand-store";
import * as store from "../../campaigns/brands/brand-totals-store";
import { asBrand } from "../../campaigns/brands/brand-view";
import { asDomains, storedDomains } from "../../campaigns/domains/domain";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { filter, type Page } from "../../lib/page";
import { accountQueries, asAccountOverview } from "../ui/account-numbers";
import type { OverviewQuery } from "../ui/period";

const CAMPAIGNS_SHOWN = 50;
const SLICE = 1000;

export const BrandListQuery = BrandQuery.extend({ sort: filter(z.enum(store.brandOrders)).catch(undefined) });
export type BrandListQuery = z.infer<typeof BrandListQuery>;
export type BrandSort = store.BrandOrder;

/** Above this number, brands are sorted only by date, because other orders read and sort all of them for every page. */
export const SORTED_MAX = store.SORTED_MAX;

export type BrandWithTotals = Awaited<ReturnType<typeof store.brandsWithTotals>>[number];

/** The account's brands whose domain or name contains the search text, with their totals. */
export async function brandList(ctx: MemberCtx, query: BrandListQuery): Promise<Page<BrandWithTotals>> {
  const { memberId, brandIds: seen } = ctx.actor;
  const [rows, [counted]] = await ctx.db.batch([
    store.brandsWithTotals(ctx.db, memberId, query.q, seen, query, query.sort),
    store.foundCount(ctx.db, memberId, query.q, seen),
  ]);
  return { rows, total: counted?.total ?? 0 };
}

/** A slice of the list, for a file. `next` is the number of the next slice. */
export async function brandSlice(ctx: MemberCtx, { q, sort }: BrandListQuery, page: number) {
  const { memberId, brandIds } = ctx.actor;
  const [rows] = await ctx.db.batch([
    store.brandsWithTotals(ctx.db, memberId, q, brandIds, { page, limit: SLICE }, sort),
  ]);
  return { rows, next: rows.length < SLICE ? null : page + 1 };
}

/** A brand with its totals, daily numbers, and newest campaigns. @throws 404 */
export async function brandOverview(ctx: MemberCtx, id: number, query: OverviewQuery) {
  const { memberId } = ctx.actor;
  const [[brand], [stats], campaigns, published, ...numbers] = await ctx.db.batch([
    brandById(ctx.db, memberId, id),
    store.brandStats(ctx.db, memberId, id),
    store.campaignsWithTotals(ctx.db, memberId, id, CAMPAIGNS_SHOWN),
    store.publicCampaign(ctx.db, memberId, id),
    ...accountQueries(ctx, query, { brandId: id }),
  ]);
  if (!brand || !stats) throw notFound("brand");
  return {
    brand: await asBrand(ctx, brand),
    stats,
    overview: asAccountOverview(ctx, query, numbers),
    campaigns,
    is_public: published.length > 0,
  };
}

/** A brand for its settings, with its own hosts and what would be deleted with it. @throws 404 */
export async function brandAtStake(ctx: MemberCtx, id: number) {
  const { memberId } = ctx.actor;
  const [[brand], [stats], hosts] = await ctx.db.batch([
    brandById(ctx.db, memberId, id),
    store.brandStats(ctx.db, memberId, id),
    storedDomains(ctx, id),
  ]);
  if (!brand || !stats) throw notFound("brand");
  return { brand: await asBrand(ctx, brand), stats, hosts: await asDomains(ctx, hosts) };
}
