import { desc, eq, sql } from "drizzle-orm";
import { brands, campaigns, images, members } from "../../../drizzle/schema";
import { field } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";

/** The operator's queries. They span all accounts. */

export type Change = { at: Date | null; reason: string | null };

/** The tables with suspensions, their keys, and their account columns. */
const TABLES = {
  member: { table: "members", key: "id", account: "id" },
  brand: { table: "brands", key: "id", account: "member_id" },
  image: { table: "images", key: "key", account: "member_id" },
} as const;

/** Suspends, or lifts the suspension if `at` is null. A second suspension keeps the time of the first. */
export const suspend = (db: Db, what: keyof typeof TABLES, id: number | string, { at, reason }: Change) => {
  const { table, key, account } = TABLES[what];
  const since = at === null ? null : sql`coalesce(suspended_at, ${at.getTime()})`;
  return db.all<{ member_id: number; suspended_at: number | null; reason: string | null }>(
    sql`UPDATE ${sql.identifier(table)} SET suspended_at = ${since}, suspended_for = ${at === null ? null : reason}
    WHERE ${sql.identifier(key)} = ${id} RETURNING ${sql.identifier(account)} AS member_id, suspended_at, suspended_for AS reason`,
  );
};

/** Copies a member's suspension to their test mode. */
export const carryOverToTwin = (db: Db, memberId: number): Statement =>
  db.run(sql`UPDATE members AS t SET suspended_at = m.suspended_at, suspended_for = m.suspended_for
    FROM members m WHERE m.id = ${memberId} AND t.test_of = m.id`);

/** Copies suspensions to the affected campaigns. */
export const carryOver = (db: Db, memberId: number): Statement => {
  const isSuspended = sql`(EXISTS (SELECT 1 FROM members m WHERE m.id = campaigns.member_id AND m.suspended_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM brands b WHERE b.id = campaigns.brand_id AND b.suspended_at IS NOT NULL))`;
  return db
    .update(campaigns)
    .set({ is_suspended: isSuspended })
    .where(
      sql`${campaigns.member_id} IN (SELECT id FROM members WHERE id = ${memberId} OR test_of = ${memberId}) AND is_suspended <> ${isSuspended}`,
    );
};

export const accountOfBrand = (db: Db, id: number) =>
  db.select({ member_id: brands.member_id }).from(brands).where(eq(brands.id, id));
export const accountOfImage = (db: Db, key: string) =>
  db.select({ member_id: images.member_id }).from(images).where(eq(images.key, key));

/** An account's public campaigns, whose cached copies must be dropped. */
export const campaignsOf = (db: Db, memberId: number, limit: number) =>
  db
    .select({ id: field(campaigns.id, "id"), slug: field(brands.slug, "slug") })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(eq(campaigns.member_id, memberId))
    .orderBy(desc(campaigns.id))
    .limit(limit);

export const imagesOf = (db: Db, memberId: number, limit: number) =>
  db.select({ key: images.key }).from(images).where(eq(images.member_id, memberId)).limit(limit);

export const account = (db: Db, memberId: number) =>
  db.select({ id: members.id }).from(members).where(eq(members.id, memberId));
