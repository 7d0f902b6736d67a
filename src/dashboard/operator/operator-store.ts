import { and, asc, desc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import { brands, images, members, plans } from "../../../drizzle/schema";
import { hasAuthenticator } from "../../accounts/second-factor-store";
import type { Db } from "../../lib/db";
import type { MemberQuery } from "./operator-schema";

/** The operator's queries. None of them is limited to one account. */

const row = {
  id: sql<number>`${members.id}`.as("member_id"),
  email: sql<string>`${members.email}`.as("email"),
  name: sql<string>`${members.name}`.as("member_name"),
  is_verified: sql`${members.is_verified}`.mapWith(members.is_verified).as("is_verified"),
  plan_id: sql<number>`${members.plan_id}`.as("plan_id"),
  plan_name: sql<string>`${plans.name}`.as("plan_name"),
  plan_expiry: sql<Date | null>`${members.plan_expiry}`.mapWith(members.plan_expiry).as("plan_expiry"),
  date_signedup: sql`${members.date_signedup}`.mapWith(members.date_signedup).as("date_signedup"),
  suspended_at: sql<Date | null>`${members.suspended_at}`.mapWith(members.suspended_at).as("suspended_at"),
  suspended_for: sql<string | null>`${members.suspended_for}`.as("suspended_for"),
  sending_paused_at: sql<Date | null>`${members.sending_paused_at}`
    .mapWith(members.sending_paused_at)
    .as("sending_paused_at"),
};

/** Sorts after any character of an email. */
const LAST = "\u{10FFFF}";

/**
 * Members whose email address starts with `q`, sorted by email. Without `q`, all members, newest first. Excludes their
 * test modes.
 */
export const membersPage = (db: Db, { q, before }: MemberQuery, limit: number) =>
  db
    .select(row)
    .from(members)
    .innerJoin(plans, eq(plans.id, members.plan_id))
    .where(
      and(
        isNull(members.test_of),
        q === ""
          ? before === null
            ? undefined
            : lt(members.id, before)
          : and(gte(members.email, q), lt(members.email, `${q}${LAST}`)),
      ),
    )
    .orderBy(q === "" ? desc(members.id) : asc(members.email))
    .limit(limit);

export const memberById = (db: Db, id: number) =>
  db
    .select({ ...row, has_second_factor: sql`${hasAuthenticator(id)}`.mapWith(Boolean).as("has_second_factor") })
    .from(members)
    .innerJoin(plans, eq(plans.id, members.plan_id))
    .where(eq(members.id, id));

export const brandsOf = (db: Db, memberId: number, limit: number) =>
  db
    .select({
      id: brands.id,
      domain: brands.domain,
      in_vnoc: brands.in_vnoc,
      vnoc_id: brands.vnoc_id,
      proven_at: brands.proven_at,
      suspended_at: brands.suspended_at,
    })
    .from(brands)
    .where(eq(brands.member_id, memberId))
    .orderBy(desc(brands.id))
    .limit(limit);

/** Permanently failed deliveries and emails, counted up to `most`. */
export const failed = (db: Db, most: number) =>
  db.all<{ deliveries: number; mails: number }>(sql`SELECT
    (SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE status = 'failed' LIMIT ${most})) AS deliveries,
    (SELECT count(*) FROM (SELECT 1 FROM mails WHERE status IN ('failed', 'bounced', 'complained') AND status = 'failed' LIMIT ${most})) AS mails`);

export const suspensionOfBrand = (db: Db, id: number) =>
  db
    .select({ suspended_at: brands.suspended_at, suspended_for: brands.suspended_for })
    .from(brands)
    .where(eq(brands.id, id));

export const imagesOf = (db: Db, memberId: number, limit: number) =>
  db
    .select({ key: images.key, suspended_at: images.suspended_at, suspended_for: images.suspended_for })
    .from(images)
    .where(eq(images.member_id, memberId))
    .orderBy(desc(images.date_added))
    .limit(limit);
