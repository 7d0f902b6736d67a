import { and, count, desc, eq, sql } from "drizzle-orm";
import {
  brands,
  campaignRewards,
  campaignStats,
  campaigns,
  campaignWidgets,
  members,
  plans,
} from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";
import { COUNT_LIMIT, offset, type PageQuery } from "../lib/page";

export type CampaignRow = typeof campaigns.$inferSelect;
type NewRow = Omit<typeof campaigns.$inferInsert, "brand_id" | "member_id">;

/** Null when the brand is not the member's: the column refuses that, and with it the whole transaction. */
const ownBrand = (memberId: number, brandId: number) =>
  sql`(SELECT id FROM brands WHERE id = ${brandId} AND member_id = ${memberId})`;

/** Follow with `insertParts` in the same batch. */
export const insertCampaign = (db: Db, memberId: number, brandId: number, row: NewRow) =>
  db
    .insert(campaigns)
    .values({ ...row, member_id: memberId, brand_id: ownBrand(memberId, brandId) })
    .returning();

/** What every campaign has from its first moment on. The campaign's id is the rowid of each of these inserts as well. */
export const insertParts = (db: Db): [Statement, Statement, Statement] => [
  db.insert(campaignStats).values({ campaign_id: sql`last_insert_rowid()` }),
  db.insert(campaignWidgets).values({ campaign_id: sql`last_insert_rowid()` }),
  db.insert(campaignRewards).values({ campaign_id: sql`last_insert_rowid()` }),
];

export const campaignById = (db: Db, memberId: number, id: number) =>
  db
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.id, id), eq(campaigns.member_id, memberId)));

/** The unary plus keeps SQLite from walking all of a member's campaigns where a brand's will do. */
const listed = (memberId: number, brandId: number | undefined) =>
  brandId === undefined
    ? eq(campaigns.member_id, memberId)
    : and(eq(campaigns.brand_id, brandId), sql`+${campaigns.member_id} = ${memberId}`);

export const campaignsPage = (db: Db, memberId: number, brandId: number | undefined, page: PageQuery) =>
  db
    .select()
    .from(campaigns)
    .where(listed(memberId, brandId))
    .orderBy(desc(campaigns.id))
    .limit(page.limit)
    .offset(offset(page));

export const campaignCount = (db: Db, memberId: number, brandId: number | undefined) =>
  db
    .select({ total: count().as("total") })
    .from(
      db.select({ id: campaigns.id }).from(campaigns).where(listed(memberId, brandId)).limit(COUNT_LIMIT).as("counted"),
    );

/** Whether the member's plan costs money and has not expired. */
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

export const brandLink = (db: Db, memberId: number, brandId: number) =>
  db
    .select({ in_vnoc: brands.in_vnoc })
    .from(brands)
    .where(and(eq(brands.id, brandId), eq(brands.member_id, memberId)));
