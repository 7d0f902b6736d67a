import type { Ctx } from "../../lib/ctx";
import { AppError, notFound } from "../../lib/errors";
import { offset, type PageQuery } from "../../lib/page";
import { drawOf } from "./contest";
import type { BrandDraw, PublicDraw } from "./proof-schema";
import * as store from "./proof-store";

/** The maximum number of removed contests in a proof. */
const RECORDS_MAX = 100;

const dateOf = (ms: number | null) => (ms === null ? null : new Date(ms));

/**
 * The public view of a contest, with the campaign's earlier ones. Its name, description, and brand are included only if
 * the campaign is public.
 * @throws 404
 */
export async function publicContest(ctx: Ctx, campaignId: number, number?: number) {
  const [[row], records] = await ctx.db.batch([
    store.contestOnRecord(ctx.db, campaignId, number),
    store.records(ctx.db, campaignId, RECORDS_MAX),
  ]);
  if (!row) throw notFound("contest");
  const contest = {
    ...row,
    is_on: row.is_on === 1,
    start_date: new Date(row.start_date),
    end_date: new Date(row.end_date),
    committed_at: new Date(row.committed_at),
    changed_at: dateOf(row.changed_at),
    drawn_at: dateOf(row.drawn_at),
    removed_at: dateOf(row.removed_at),
    winners: JSON.parse(row.winners) as PublicDraw["winners"],
  };
  return { ...contest, ...drawOf(ctx, contest), records };
}
export type PublicContest = Awaited<ReturnType<typeof publicContest>>;

/**
 * The list that the winners were drawn from.
 * @throws 404 before the draw
 */
export async function entrantsOf(ctx: Ctx, campaignId: number, number?: number): Promise<string> {
  const [[contest]] = await ctx.db.batch([store.contestOnRecord(ctx.db, campaignId, number)]);
  if (!contest?.drawn_at) throw new AppError("not_found", "There is no list of entrants before the draw.");
  const [parts] = await ctx.db.batch([
    contest.removed_at === null
      ? store.currentList(ctx.db, campaignId)
      : store.pastList(ctx.db, campaignId, contest.number),
  ]);
  return parts.map((part) => part.list).join("");
}

export const proofPath = (campaignId: number, number: number) => `/contest/${campaignId}?number=${number}`;

/**
 * The draws of a brand's public campaigns, newest first.
 * @throws 404 for an unknown slug or a brand that has neither public campaigns nor public draws
 */
export async function brandDraws(ctx: Ctx, slug: string, page: PageQuery) {
  const [[brand], [first], rows] = await ctx.db.batch([
    store.brandBySlug(ctx.db, slug),
    store.drawsOfBrand(ctx.db, slug, { offset: 0, limit: 1 }),
    store.drawsOfBrand(ctx.db, slug, { offset: offset(page), limit: page.limit }),
  ]);
  if (!brand || !(first || brand.is_public)) throw notFound("brand");
  return {
    brand,
    total: first?.total ?? 0,
    rows: rows.map(
      ({ total: _, start_date, end_date, drawn_at, removed_at, ...row }): BrandDraw => ({
        ...row,
        start_date: new Date(start_date),
        end_date: new Date(end_date),
        drawn_at: new Date(drawn_at),
        removed_at: dateOf(removed_at),
        proof_url: `${ctx.origin}${proofPath(row.campaign_id, row.number)}`,
      }),
    ),
  };
}
/** The form in the cache, with dates as text. */
export type BrandDraws = Awaited<ReturnType<typeof brandDraws>>;
