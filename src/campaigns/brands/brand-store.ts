import { and, count, desc, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { brands, campaigns, members, ownBrand, plans } from "../../../drizzle/schema";
import { field } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";

type BrandRow = typeof brands.$inferSelect;
type NewRow = typeof brands.$inferInsert;
type NewWebsite = Pick<BrandRow, "url" | "domain" | "slug" | "member_id" | "date_added">;

/** The account data that decides whether a brand may send email. */
const ownersColumn = (column: SQLiteColumn) =>
  sql`(SELECT ${sql.identifier(column.name)} FROM members WHERE members.id = ${brands.member_id})`.mapWith(column);
const ownerOfBrand = {
  is_verified: ownersColumn(members.is_verified).as("is_verified") as SQL.Aliased<boolean>,
  member_suspended_at: ownersColumn(members.suspended_at).as("member_suspended_at") as SQL.Aliased<Date | null>,
  sending_paused_at: ownersColumn(members.sending_paused_at).as("sending_paused_at") as SQL.Aliased<Date | null>,
};

const totalCampaigns = sql<number>`(SELECT count(*) FROM campaigns WHERE campaigns.brand_id = brands.id)`.as(
  "total_campaigns",
);

const brand = {
  id: brands.id,
  url: brands.url,
  domain: brands.domain,
  slug: brands.slug,
  name: brands.name,
  color: brands.color,
  button_color: brands.button_color,
  font_family: brands.font_family,
  description: brands.description,
  logo_url: brands.logo_url,
  background_image: brands.background_image,
  socials: brands.socials,
  in_vnoc: brands.in_vnoc,
  vnoc_id: brands.vnoc_id,
  total_campaigns: totalCampaigns,
  date_added: brands.date_added,
  reply_to: brands.reply_to,
  member_id: brands.member_id,
  proven_at: brands.proven_at,
  proof_method: brands.proof_method,
  proof_checked_at: brands.proof_checked_at,
  brand_suspended_at: field(brands.suspended_at, "brand_suspended_at"),
  ...ownerOfBrand,
};

export type StoredBrand = Awaited<ReturnType<typeof brandById>>[number];

const own = (memberId: number, id: number) => and(eq(brands.id, id), eq(brands.member_id, memberId));

export const brandById = (db: Db, memberId: number, id: number) =>
  db.select(brand).from(brands).where(own(memberId, id));

export const slugOf = (db: Db, memberId: number, id: number) =>
  db.select({ slug: brands.slug }).from(brands).where(own(memberId, id));

/** The member's own address, if it is verified. */
export const verifiedAddress = (db: Db, memberId: number) =>
  db
    .select({ email: members.email })
    .from(members)
    .where(and(eq(members.id, memberId), eq(members.is_verified, true)));

/** Searches all accounts, for the operator. */
export const accountOfBrand = (db: Db, id: number) =>
  db.select({ id: brands.member_id }).from(brands).where(eq(brands.id, id));
export const anyBrandById = (db: Db, id: number) => db.select(brand).from(brands).where(eq(brands.id, id));

export const brandsPage = (db: Db, memberId: number, page: PageQuery) =>
  db
    .select(brand)
    .from(brands)
    .where(eq(brands.member_id, memberId))
    .orderBy(desc(brands.id))
    .limit(page.limit)
    .offset(offset(page));

export const brandCount = (db: Db, memberId: number) =>
  db
    .select({ total: count().as("total") })
    .from(brands)
    .where(eq(brands.member_id, memberId));

/**
 * The plan's maximum number of brands (0 is unlimited), and whether the account may add another. An expired plan counts
 * as the free one.
 */
export const brandQuota = (db: Db, memberId: number, now: Date) =>
  db
    .select({
      allowed: sql<number>`${plans.no_of_domains}`.as("allowed"),
      has_room:
        sql<number>`CASE ${plans.no_of_domains} WHEN 0 THEN 1 ELSE (SELECT count(*) FROM brands WHERE brands.member_id = ${memberId}) < ${plans.no_of_domains} END`.as(
          "has_room",
        ),
    })
    .from(members)
    .innerJoin(
      plans,
      eq(
        plans.id,
        sql`CASE WHEN ${members.plan_expiry} IS NULL OR ${members.plan_expiry} > ${now.getTime()} THEN ${members.plan_id} ELSE 1 END`,
      ),
    )
    .where(eq(members.id, memberId));

const hasRoom = (db: Db, memberId: number, now: Date) => sql`(SELECT has_room FROM ${brandQuota(db, memberId, now)})`;

/** Existing slugs that could collide with this default. */
export const slugsLike = (db: Db, slug: string) =>
  db
    .select({ slug: brands.slug })
    .from(brands)
    // `.` follows `-` in ASCII. LIKE would scan all brands.
    .where(or(eq(brands.slug, slug), and(gte(brands.slug, `${slug}-`), lt(brands.slug, `${slug}.`))));

/** `member_id` is null if the plan allows no more brands. The column's NOT NULL then fails the transaction. */
export const insertBrand = (db: Db, row: NewRow) =>
  db
    .insert(brands)
    .values({
      ...row,
      member_id: sql`CASE WHEN ${hasRoom(db, row.member_id, row.date_added)} THEN ${row.member_id} END`,
    })
    .returning({ id: brands.id });

/** Belongs in the transaction that creates the member, whose ID is not known yet. */
export const insertBrandOf = (db: Db, email: string, row: Omit<NewRow, "member_id">): Statement =>
  db.insert(brands).values({ ...row, member_id: sql`(SELECT id FROM members WHERE email = ${email})` });

/** A VNOC link, a verification, and a reply-to address belong to the domain, so a new domain clears them. */
export const updateBrand = (db: Db, memberId: number, id: number, change: Partial<NewRow>): Statement =>
  db
    .update(brands)
    .set({
      url: sql`url`,
      ...change,
      ...(change.domain !== undefined && {
        in_vnoc: sql`iif(domain = ${change.domain}, in_vnoc, 0)`,
        vnoc_id: sql`iif(domain = ${change.domain}, vnoc_id, NULL)`,
        proven_at: sql`iif(domain = ${change.domain}, proven_at, NULL)`,
        proof_method: sql`iif(domain = ${change.domain}, proof_method, NULL)`,
        proof_checked_at: sql`iif(domain = ${change.domain}, proof_checked_at, NULL)`,
        proof_failures: sql`iif(domain = ${change.domain}, proof_failures, 0)`,
        ...(change.reply_to === undefined && { reply_to: sql`iif(domain = ${change.domain}, reply_to, NULL)` }),
      }),
    })
    .where(own(memberId, id));

/** Changes a brand of any account, for the operator. */
export const updateAnyBrand = (db: Db, id: number, change: Partial<NewRow>): Statement =>
  db
    .update(brands)
    .set({ url: sql`url`, ...change })
    .where(eq(brands.id, id));

/** Foreign keys also delete the brand's campaigns. */
export const deleteBrand = (db: Db, memberId: number, id: number) =>
  db.delete(brands).where(own(memberId, id)).returning({ id: brands.id });

export const campaignsOfBrand = (db: Db, memberId: number, id: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(eq(campaigns.brand_id, ownBrand(memberId, id)))
    .orderBy(desc(campaigns.id));

/** The member's brands with one of these domains. */
export const brandsOfDomains = (db: Db, memberId: number, domains: string[]) =>
  db
    .select({ id: brands.id, domain: brands.domain })
    .from(brands)
    .where(
      and(
        eq(brands.member_id, memberId),
        inArray(brands.domain, sql`(SELECT value FROM json_each(${JSON.stringify(domains)}))`),
      ),
    );

/** Inserts nothing if the slug is taken or the plan allows no more brands. */
export const insertBrandIfItMay = (db: Db, row: NewWebsite) =>
  db.all<{ id: number }>(sql`INSERT INTO brands (member_id, url, domain, slug, socials, date_added)
    SELECT ${row.member_id}, ${row.url}, ${row.domain}, ${row.slug}, '[]', ${row.date_added.getTime()}
    WHERE ${hasRoom(db, row.member_id, row.date_added)} ON CONFLICT (slug) DO NOTHING RETURNING id`);
