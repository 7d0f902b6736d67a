import { and, count, desc, eq, sql } from "drizzle-orm";
import { brands, campaignStats, campaigns, isSeen, ownBrand, type Seen } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { COUNT_LIMIT, offset, type PageQuery } from "../../lib/page";

/** A brand's totals, summed from its campaigns' counters. Reads one row per campaign. */
export const brandStats = (db: Db, memberId: number, id: number) =>
  db
    .select({
      brand_id: brands.id,
      total_campaigns: sql<number>`count(campaigns.id)`.as("total_campaigns"),
      total_participants: sum(campaignStats.total_participants, "total_participants"),
      total_shares: sum(campaignStats.total_shares, "total_shares"),
      total_clicks: sum(campaignStats.total_clicks, "total_clicks"),
      total_impressions: sum(campaignStats.total_impressions, "total_impressions"),
    })
    .from(brands)
    .leftJoin(campaigns, eq(campaigns.brand_id, brands.id))
    .leftJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(brands.id, id), eq(brands.member_id, memberId)))
    .groupBy(brands.id);

const sum = (
  column:
    | typeof campaignStats.total_shares
    | typeof campaignStats.total_clicks
    | typeof campaignStats.total_participants
    | typeof campaignStats.total_impressions,
  name: string,
) => sql<number>`coalesce(sum(${column}), 0)`.as(name);

const found = (memberId: number, q: string, seen: Seen) =>
  and(
    eq(brands.member_id, memberId),
    isSeen(brands.id, seen),
    q === "" ? undefined : sql`(instr(${brands.domain}, ${q}) > 0 OR instr(lower(${brands.name}), ${q}) > 0)`,
  );

/** The maximum number of an account's brands that can be sorted by anything but age. */
export const SORTED_MAX = 1000;

export const brandOrders = ["newest", "name", "campaigns", "participants", "shares", "clicks", "impressions"] as const;
export type BrandOrder = (typeof brandOrders)[number];

/** The sort order of brands, grouped with their campaigns and counters. Ties are sorted newest first. */
const orderOf = (sort: BrandOrder, brand: string, campaign: string, counters: string) => {
  const by = {
    newest: [],
    name: [`lower(coalesce(${brand}.name, ${brand}.domain))`],
    campaigns: [`count(${campaign}.id) DESC`],
    participants: [`coalesce(sum(${counters}.total_participants), 0) DESC`],
    shares: [`coalesce(sum(${counters}.total_shares), 0) DESC`],
    clicks: [`coalesce(sum(${counters}.total_clicks), 0) DESC`],
    impressions: [`coalesce(sum(${counters}.total_impressions), 0) DESC`],
  }[sort];
  return sql.raw([...by, `${brand}.id DESC`].join(", "));
};

/** The IDs of a page of brands, sorted by anything but age. Reads one row per campaign of the brands. */
const sortedIds = (db: Db, memberId: number, q: string, seen: Seen, sort: BrandOrder, page: PageQuery) => {
  const all = db
    .select({ id: brands.id, name: brands.name, domain: brands.domain })
    .from(brands)
    .where(found(memberId, q, seen))
    .orderBy(desc(brands.id))
    .limit(SORTED_MAX);
  return sql`(SELECT b.id FROM ${all} b LEFT JOIN campaigns c ON c.brand_id = b.id
    LEFT JOIN campaign_stats s ON s.campaign_id = c.id GROUP BY b.id
    ORDER BY ${orderOf(sort, "b", "c", "s")} LIMIT ${page.limit} OFFSET ${offset(page)})`;
};

/** A page of brands with their totals. Reads one row per campaign of these brands. */
export function brandsWithTotals(
  db: Db,
  memberId: number,
  q: string,
  seen: Seen,
  page: PageQuery,
  sort: BrandOrder = "newest",
) {
  const columns = db
    .select({
      id: brands.id,
      domain: brands.domain,
      name: brands.name,
      logo_url: brands.logo_url,
      date_added: brands.date_added,
    })
    .from(brands);
  const shown = (
    sort === "newest"
      ? columns
          .where(found(memberId, q, seen))
          .orderBy(desc(brands.id))
          .limit(page.limit)
          .offset(offset(page))
      : columns.where(sql`${brands.id} IN ${sortedIds(db, memberId, q, seen, sort, page)}`)
  ).as("shown");
  return db
    .select({
      id: sql<number>`${shown.id}`.as("brand_id"),
      domain: sql<string>`${shown.domain}`.as("domain"),
      name: sql<string | null>`${shown.name}`.as("name"),
      logo_url: sql<string | null>`${shown.logo_url}`.as("logo_url"),
      date_added: sql`${shown.date_added}`.mapWith(brands.date_added).as("date_added"),
      total_campaigns: sql<number>`count(campaigns.id)`.as("total_campaigns"),
      total_participants: sum(campaignStats.total_participants, "total_participants"),
      total_shares: sum(campaignStats.total_shares, "total_shares"),
      total_clicks: sum(campaignStats.total_clicks, "total_clicks"),
      total_impressions: sum(campaignStats.total_impressions, "total_impressions"),
    })
    .from(shown)
    .leftJoin(campaigns, eq(campaigns.brand_id, shown.id))
    .leftJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .groupBy(shown.id)
    .orderBy(orderOf(sort, "shown", "campaigns", "campaign_stats"));
}

export const foundCount = (db: Db, memberId: number, q: string, seen: Seen) =>
  db.select({ total: count().as("total") }).from(
    db
      .select({ id: brands.id })
      .from(brands)
      .where(found(memberId, q, seen))
      .limit(COUNT_LIMIT)
      .as("found"),
  );

/** Returns a row if the brand has a public page. */
export const publicCampaign = (db: Db, memberId: number, id: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.brand_id, ownBrand(memberId, id)), sql`publish = 'public'`))
    .limit(1);

export const campaignsWithTotals = (db: Db, memberId: number, id: number, limit: number) =>
  db
    .select({
      id: sql<number>`${campaigns.id}`.as("campaign_id"),
      name: sql<string>`${campaigns.name}`.as("name"),
      publish: sql<"public" | "private">`${campaigns.publish}`.as("publish"),
      total_participants: sql<number>`${campaignStats.total_participants}`.as("total_participants"),
      total_shares: sql<number>`${campaignStats.total_shares}`.as("total_shares"),
      total_clicks: sql<number>`${campaignStats.total_clicks}`.as("total_clicks"),
      total_impressions: sql<number>`${campaignStats.total_impressions}`.as("total_impressions"),
    })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(eq(campaigns.brand_id, ownBrand(memberId, id)))
    .orderBy(desc(campaigns.id))
    .limit(limit);
