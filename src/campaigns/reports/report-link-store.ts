import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { brands, campaigns, members, reportLinks } from "../../../drizzle/schema";
import { field } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { brandName } from "../brand-kit-store";

type New = { kind: "brand" | "campaign"; id: number; now: Date; expires_at: Date };

/** Inserts nothing if the subject is another member's, or they already have `max` links. */
export const insert = (db: Db, memberId: number, { kind, id, now, expires_at }: New, max: number) =>
  db.all<{ id: number }>(sql`INSERT INTO report_links (member_id, brand_id, campaign_id, date_added, expires_at)
    SELECT ${memberId}, ${kind === "brand" ? sql`o.id` : sql`NULL`}, ${kind === "brand" ? sql`NULL` : sql`o.id`}, ${now.getTime()}, ${expires_at.getTime()}
    FROM ${kind === "brand" ? sql`brands` : sql`campaigns`} o
    WHERE o.id = ${id} AND o.member_id = ${memberId} AND (SELECT count(*) FROM report_links WHERE member_id = ${memberId}) < ${max} RETURNING id`);

export const remove = (db: Db, memberId: number, id: number) =>
  db
    .delete(reportLinks)
    .where(and(eq(reportLinks.member_id, memberId), eq(reportLinks.id, id)))
    .returning({ id: reportLinks.id });

/** Deletes expired links, so they no longer count toward the maximum. */
export const removeExpired = (db: Db, memberId: number, now: Date): Statement =>
  db.run(sql`DELETE FROM report_links WHERE member_id = ${memberId} AND expires_at <= ${now.getTime()}`);

const withNames = (db: Db) =>
  db
    .select({
      id: field(reportLinks.id, "id"),
      member_id: field(reportLinks.member_id, "member_id"),
      campaign_id: field(reportLinks.campaign_id, "campaign_id"),
      brand_id: field(reportLinks.brand_id, "brand_id"),
      date_added: field(reportLinks.date_added, "date_added"),
      expires_at: field(reportLinks.expires_at, "expires_at"),
      campaign_name: sql<string | null>`${campaigns.name}`.as("campaign_name"),
      currency: sql<string | null>`${campaigns.currency}`.as("currency"),
      brand_name: brandName(),
    })
    .from(reportLinks)
    .leftJoin(campaigns, eq(campaigns.id, reportLinks.campaign_id))
    .innerJoin(brands, sql`${brands.id} = coalesce(${reportLinks.brand_id}, ${campaigns.brand_id})`);

/** The account's links, newest first. */
export const linksOf = (db: Db, memberId: number, max: number) =>
  withNames(db).where(eq(reportLinks.member_id, memberId)).orderBy(desc(reportLinks.id)).limit(max);

/** Searches all accounts, because only the token is known. */
export const linkById = (db: Db, id: number, now: Date) =>
  withNames(db)
    .innerJoin(members, and(eq(members.id, reportLinks.member_id), isNull(members.suspended_at)))
    .where(and(eq(reportLinks.id, id), gt(reportLinks.expires_at, now)));

export type ReportLinkRow = Awaited<ReturnType<typeof linksOf>>[number];
