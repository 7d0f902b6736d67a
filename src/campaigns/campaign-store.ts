import { and, count, desc, eq, ne, type SQL, sql } from "drizzle-orm";
import {
  brands,
  campaignRewards,
  campaignStats,
  campaigns,
  campaignsOf,
  campaignWidgets,
  isSeen,
  members,
  openBrand,
  ownCampaign,
  plans,
  type Seen,
} from "../../drizzle/schema";
import { type CampaignStatus, statusAt } from "../ledger/records/lifecycle";
import type { Db, Statement } from "../lib/db";
import { COUNT_LIMIT, offset, type PageQuery } from "../lib/page";
import { brandName } from "./brand-kit-store";

export type CampaignRow = typeof campaigns.$inferSelect;
type NewRow = typeof campaigns.$inferInsert;
type Fields = Partial<Omit<NewRow, "id" | "brand_id" | "member_id">>;

/**
 * Fails the transaction if the brand is another member's or is suspended. `insertParts` must follow in the same batch.
 */
export const insertCampaign = (
  db: Db,
  memberId: number,
  brandId: number,
  row: Fields & Pick<NewRow, "name" | "date_added">,
) =>
  db
    .insert(campaigns)
    .values({ ...row, member_id: memberId, brand_id: openBrand(memberId, brandId) })
    .returning();

/**
 * The rows that every campaign starts with. Each insert uses the campaign's ID as its rowid, so `last_insert_rowid()`
 * stays the same.
 */
export const insertParts = (
  db: Db,
  widget: Record<string, unknown>,
  reward: Omit<typeof campaignRewards.$inferInsert, "campaign_id">,
): [Statement, Statement, Statement] => [
  db.insert(campaignStats).values({ campaign_id: sql`last_insert_rowid()`, recounted_to: null }),
  db.insert(campaignWidgets).values({ campaign_id: sql`last_insert_rowid()`, settings: widget }),
  db.insert(campaignRewards).values({ ...reward, campaign_id: sql`last_insert_rowid()` }),
];

/** The new currency. Null, which its column rejects, if amounts in another currency exist. */
const fixedCurrency = (id: number, currency: string) =>
  sql`(SELECT iif(c.currency = ${currency} OR NOT (EXISTS (SELECT 1 FROM campaign_rules r WHERE r.campaign_id = c.id)
    OR EXISTS (SELECT 1 FROM conversions k WHERE k.campaign_id = c.id)), ${currency}, NULL) FROM campaigns c WHERE c.id = ${id})`;

/** The new waitlist setting. Null, which its column rejects, if it would change while people have tickets. */
const fixedWaitlist = (column: "waitlist_enabled" | "waitlist_places_per_friend", value: number) =>
  sql`(SELECT iif(c.${sql.raw(column)} = ${value} OR s.total_participants = 0, ${value}, NULL)
    FROM campaigns c CROSS JOIN campaign_stats s ON s.campaign_id = c.id WHERE c.id = campaigns.id)`;

/** Fails the transaction if the campaign moves to a brand that is another member's or is suspended. */
export const updateCampaign = (
  db: Db,
  memberId: number,
  id: number,
  brandId: number | undefined,
  fields: Fields,
): Statement =>
  db
    .update(campaigns)
    .set({
      name: sql`name`,
      ...fields,
      ...(fields.currency !== undefined && { currency: fixedCurrency(id, fields.currency) }),
      ...(fields.waitlist_enabled !== undefined && {
        waitlist_enabled: fixedWaitlist("waitlist_enabled", Number(fields.waitlist_enabled)),
      }),
      ...(fields.waitlist_places_per_friend !== undefined && {
        waitlist_places_per_friend: fixedWaitlist("waitlist_places_per_friend", fields.waitlist_places_per_friend),
      }),
      ...(brandId !== undefined && { brand_id: openBrand(memberId, brandId) }),
    })
    .where(and(eq(campaigns.id, id), eq(campaigns.member_id, memberId)));

export const ownCampaignRow = (db: Db, memberId: number, id: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.id, id), eq(campaigns.member_id, memberId)));

export const campaignById = (db: Db, memberId: number, id: number) =>
  db
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.id, id), eq(campaigns.member_id, memberId)));

export const campaignChoices = (db: Db, memberId: number, seen: Seen, max: number) =>
  db
    .select({
      id: sql<number>`${campaigns.id}`.as("id"),
      name: sql<string>`${campaigns.name}`.as("name"),
      brand_id: campaigns.brand_id,
      brand_name: brandName(),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(and(eq(campaigns.member_id, memberId), isSeen(campaigns.brand_id, seen)))
    .orderBy(desc(campaigns.id))
    .limit(max);

export const brandChoices = (db: Db, memberId: number, seen: Seen, max: number) =>
  db
    .select({ id: brands.id, name: brandName("name") })
    .from(brands)
    .where(and(eq(brands.member_id, memberId), isSeen(brands.id, seen)))
    .orderBy(desc(brands.id))
    .limit(max);

const statusNow = (now: Date) => sql.raw(statusAt("campaigns", now.getTime())) as SQL<CampaignStatus>;

export const campaignHead = (db: Db, memberId: number, id: number, now: Date) =>
  db
    .select({
      id: sql<number>`${campaigns.id}`.as("id"),
      name: sql<string>`${campaigns.name}`.as("name"),
      publish: sql<"public" | "private">`${campaigns.publish}`.as("publish"),
      status: statusNow(now).as("status"),
      currency: campaigns.currency,
      waitlist_enabled: campaigns.waitlist_enabled,
      reward_type: sql<number>`${campaigns.reward_type}`.as("reward_type"),
      brand_id: sql<number>`${brands.id}`.as("brand_id"),
      brand_domain: sql<string>`${brands.domain}`.as("brand_domain"),
      brand_name: brandName(),
      brand_slug: sql<string>`${brands.slug}`.as("brand_slug"),
      brand_url: sql<string>`${brands.url}`.as("brand_url"),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(and(eq(campaigns.id, id), eq(campaigns.member_id, memberId)));

export const brandSlug = (db: Db, memberId: number, brandId: number) =>
  db
    .select({ slug: brands.slug })
    .from(brands)
    .where(and(eq(brands.id, brandId), eq(brands.member_id, memberId)));

export const couponCounts = (db: Db, memberId: number, id: number) =>
  db
    .select({
      total: sql<number>`${campaignStats.coupons_total}`.as("total"),
      available: sql<number>`${campaignStats.coupons_available}`.as("available"),
      assigned:
        sql<number>`${campaignStats.coupons_total} - ${campaignStats.coupons_available} - ${campaignStats.coupons_expired}`.as(
          "assigned",
        ),
    })
    .from(campaignStats)
    .where(eq(campaignStats.campaign_id, ownCampaign(memberId, id)));

/** The campaigns to list. `unarchived`: all except archived ones. */
export type Listed = {
  brandId: number | undefined;
  status: CampaignStatus | "unarchived" | undefined;
  now: Date;
  seen?: Seen;
};

export const isListed = (memberId: number, { brandId, status, now, seen }: Listed) =>
  and(
    campaignsOf(memberId, brandId),
    isSeen(campaigns.brand_id, seen),
    status === "unarchived" ? ne(campaigns.stage, "archived") : undefined,
    status !== undefined && status !== "unarchived" ? sql`${statusNow(now)} = ${status}` : undefined,
  );

export const campaignsPage = (db: Db, memberId: number, listed: Listed, page: PageQuery) =>
  db
    .select()
    .from(campaigns)
    .where(isListed(memberId, listed))
    .orderBy(desc(campaigns.id))
    .limit(page.limit)
    .offset(offset(page));

export const campaignCount = (db: Db, memberId: number, listed: Listed) =>
  db
    .select({ total: count().as("total") })
    .from(
      db
        .select({ id: campaigns.id })
        .from(campaigns)
        .where(isListed(memberId, listed))
        .limit(COUNT_LIMIT)
        .as("counted"),
    );

/** Returns a row if the member has an unexpired paid plan. */
export const memberPays = (db: Db, memberId: number, now: Date) =>
  db
    .select({ id: members.id })
    .from(members)
    .innerJoin(plans, eq(plans.id, members.plan_id))
    .where(
      and(
        eq(members.id, memberId),
        sql`${plans.price_cents} > 0 AND coalesce(${members.plan_expiry} > ${now.getTime()}, 1)`,
      ),
    );

/** Whether the member's brand, or their campaign's brand, is linked to VNOC. */
export const brandLink = (db: Db, memberId: number, brandId: number | undefined, campaignId: number | undefined) =>
  db
    .select({ in_vnoc: brands.in_vnoc })
    .from(brands)
    .where(
      and(
        eq(brands.member_id, memberId),
        eq(
          brands.id,
          brandId ?? sql`(SELECT brand_id FROM campaigns WHERE id = ${campaignId ?? 0} AND member_id = ${memberId})`,
        ),
      ),
    );

/** Foreign keys delete the rows of small tables. The purge deletes the rest. */
export const deleteCampaign = (db: Db, memberId: number, id: number) =>
  db
    .delete(campaigns)
    .where(and(eq(campaigns.id, id), eq(campaigns.member_id, memberId)))
    .returning({ id: campaigns.id });
