import { operatorsEntry } from "../../auth/audit/audit-entry";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { breaksNotNull, breaksUnique, commit } from "../../lib/db";
import { AppError, invalid, notFound } from "../../lib/errors";
import type { Page, PageQuery } from "../../lib/page";
import { purgeFirst } from "../../upkeep/purge";
import { forgetCampaigns } from "../campaign/campaign";
import { COPIES_DROPPED_MAX, dropCampaignCopies } from "../copies";
import { keepPlaces } from "../used-places-store";
import type { Brand, BrandChange, BrandStats, NewBrand, VnocLink } from "./brand-schema";
import * as store from "./brand-store";
import * as totals from "./brand-totals-store";
import { asBrand } from "./brand-view";
import { website } from "./website";

/** Slugs that our own paths use or may use in the future. */
const RESERVED = new Set([
  "admin",
  "api",
  "app",
  "assets",
  "campaign",
  "campaigns",
  "dashboard",
  "demo",
  "docs",
  "healthz",
  "help",
  "login",
  "static",
  "status",
  "support",
  "widget",
  "www",
]);

/** @throws 400 for an invalid website, 403 `brand_limit`, 409 `slug_taken` if the slug was given explicitly */
export async function createBrand(ctx: MemberCtx, input: NewBrand): Promise<Brand> {
  const { memberId } = ctx.actor;
  const { slug: wanted, ...details } = input;
  const site = website(input.url);
  if (wanted !== undefined) refuseReserved(wanted);
  const byDefault = defaultSlug(site.domain);
  const [[quota], taken] = await ctx.db.batch([
    store.brandQuota(ctx.db, memberId, ctx.now()),
    store.slugsLike(ctx.db, wanted ?? byDefault),
  ]);
  const slug = wanted ?? freeSlug(byDefault, new Set(taken.map((row) => row.slug)));
  try {
    const [[row]] = await commit(
      ctx,
      store.insertBrand(ctx.db, { ...details, ...site, slug, member_id: memberId, date_added: ctx.now() }),
    );
    if (!row) throw new AppError("internal");
    return await brandOf(ctx, row.id);
  } catch (error) {
    if (breaksNotNull(error, "brands.member_id"))
      throw new AppError("brand_limit", `${overPlan(quota?.allowed ?? 0)} Upgrade to add more.`);
    if (!breaksUnique(error, "brands.slug")) throw error;
    if (wanted === undefined) return createBrand(ctx, input);
    throw new AppError("slug_taken", `The slug ${wanted} is already taken.`);
  }
}

/**
 * The first brand of a new member. Belongs in the transaction that creates the member, and fails on `brands.slug` if
 * the slug is taken by then.
 * @throws 400 for an invalid website
 */
export async function firstBrand(ctx: Ctx, url: string, email: string) {
  const site = website(url);
  const slug = defaultSlug(site.domain);
  const [taken] = await ctx.db.batch([store.slugsLike(ctx.db, slug)]);
  const row = { ...site, slug: freeSlug(slug, new Set(taken.map((brand) => brand.slug))), date_added: ctx.now() };
  return { insert: store.insertBrandOf(ctx.db, email, row) };
}

/** @throws 404 for another member's brand */
export async function brandOf(ctx: MemberCtx, id: number): Promise<Brand> {
  const [[brand]] = await ctx.db.batch([store.brandById(ctx.db, ctx.actor.memberId, id)]);
  if (!brand) throw notFound("brand");
  return asBrand(ctx, brand);
}

export async function brands(ctx: MemberCtx, page: PageQuery): Promise<Page<Brand>> {
  const { memberId } = ctx.actor;
  const [rows, [counted]] = await ctx.db.batch([
    store.brandsPage(ctx.db, memberId, page),
    store.brandCount(ctx.db, memberId),
  ]);
  return { rows: await Promise.all(rows.map((row) => asBrand(ctx, row))), total: counted?.total ?? 0 };
}

/** @throws 404, 400 for an invalid website or reply-to address, 409 `slug_taken` */
export async function changeBrand(ctx: MemberCtx, id: number, input: BrandChange): Promise<Brand> {
  if (input.slug !== undefined) refuseReserved(input.slug);
  const change = { ...input, ...(input.url !== undefined && website(input.url)) };
  if (input.reply_to) await refuseForeignReplies(ctx, id, input.reply_to, change.domain);
  const { memberId } = ctx.actor;
  try {
    const [[before], , [brand], campaigns] = await commit(
      ctx,
      store.slugOf(ctx.db, memberId, id),
      store.updateBrand(ctx.db, memberId, id, change),
      store.brandById(ctx.db, memberId, id),
      store.campaignsOfBrand(ctx.db, memberId, id).limit(COPIES_DROPPED_MAX),
    );
    if (!brand) throw notFound("brand");
    await dropCampaignCopies(ctx, ids(campaigns), before?.slug, brand.slug);
    return asBrand(ctx, brand);
  } catch (error) {
    if (breaksUnique(error, "brands.slug"))
      throw new AppError("slug_taken", `The slug ${input.slug} is already taken.`);
    throw error;
  }
}

/**
 * Deletes the brand with its campaigns. They disappear immediately, and large ones are purged in the background.
 * @throws 404
 */
export async function deleteBrand(ctx: MemberCtx, id: number) {
  const { memberId } = ctx.actor;
  const [[brand], campaigns, , , [deleted]] = await commit(
    ctx,
    store.slugOf(ctx.db, memberId, id),
    store.campaignsOfBrand(ctx.db, memberId, id),
    ...keepPlaces(ctx.db, memberId, { brand: id }, ctx.now()),
    store.deleteBrand(ctx.db, memberId, id),
    ...purgeFirst(ctx),
  );
  if (!deleted) throw notFound("brand");
  await forgetCampaigns(ctx, ids(campaigns), brand?.slug);
  return { id, deleted: true as const };
}

export async function brandStats(ctx: MemberCtx, id: number): Promise<BrandStats> {
  const [[stats]] = await ctx.db.batch([totals.brandStats(ctx.db, ctx.actor.memberId, id)]);
  if (!stats) throw notFound("brand");
  return stats;
}

/**
 * A brand of any account, for the operator.
 * @throws 404
 */
export async function anyBrandOf(ctx: Ctx, id: number): Promise<Brand> {
  const [[brand]] = await ctx.db.batch([store.anyBrandById(ctx.db, id)]);
  if (!brand) throw notFound("brand");
  return asBrand(ctx, brand);
}

/**
 * Links a brand to VNOC, or unlinks it. For the operator.
 * @throws 404
 */
export async function linkToVnoc(ctx: Ctx, id: number, link: VnocLink): Promise<Brand> {
  const [[account]] = await ctx.db.batch([store.accountOfBrand(ctx.db, id)]);
  if (!account) throw notFound("brand");
  const [, , [brand]] = await commit(
    ctx,
    store.updateAnyBrand(ctx.db, id, link),
    operatorsEntry(ctx, account.id, "Changed a brand's VNOC link", `/brands/${id}`),
    store.anyBrandById(ctx.db, id),
  );
  if (!brand) throw notFound("brand");
  return asBrand(ctx, brand);
}

export const overPlan = (allowed: number) => `Your plan allows ${allowed} ${allowed === 1 ? "brand" : "brands"}.`;

const ids = (rows: { id: number }[]) => rows.map((row) => row.id);

/** Replies may only go to an address that the member has verified: their own, or one on their verified domain. */
async function refuseForeignReplies(ctx: MemberCtx, id: number, address: string, domain: string | undefined) {
  const [[owner], [row]] = await ctx.db.batch([
    store.verifiedAddress(ctx.db, ctx.actor.memberId),
    store.brandById(ctx.db, ctx.actor.memberId, id),
  ]);
  if (owner?.email === address) return;
  const { status } = row ? (await asBrand(ctx, row)).verification : { status: "unproven" };
  const isOnDomain = row !== undefined && address.endsWith(`@${row.domain}`) && (domain ?? row.domain) === row.domain;
  if (!isOnDomain || status !== "proven")
    throw invalid("reply_to", "Use an address on the brand's verified domain, or your own verified one.");
}

function refuseReserved(slug: string) {
  if (RESERVED.has(slug)) throw invalid("slug", "is reserved");
}

export const defaultSlug = (domain: string) =>
  domain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 90)
    .padEnd(3, "-");

export function freeSlug(slug: string, taken: Set<string>): string {
  if (!taken.has(slug) && !RESERVED.has(slug)) return slug;
  for (let n = 2; ; n++) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`;
}
