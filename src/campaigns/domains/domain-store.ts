import { and, desc, eq, sql } from "drizzle-orm";
import { brands, domains, ownBrand } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

export type DomainRow = typeof domains.$inferSelect;

export const domainsOf = (db: Db, memberId: number, brandId: number, most: number) =>
  db
    .select()
    .from(domains)
    .where(and(eq(domains.member_id, memberId), eq(domains.brand_id, brandId)))
    .orderBy(desc(domains.id))
    .limit(most);

export const domainById = (db: Db, memberId: number, id: number) =>
  db
    .select()
    .from(domains)
    .where(and(eq(domains.id, id), eq(domains.member_id, memberId)));

/** Inserts nothing if the brand is another member's, or has `most` hosts. */
export const insertDomain = (db: Db, memberId: number, brandId: number, hostname: string, now: Date, most: number) =>
  db.all<{ id: number }>(sql`INSERT INTO domains (member_id, brand_id, hostname, date_added)
    SELECT ${memberId}, b.id, ${hostname}, ${now.getTime()} FROM brands b WHERE b.id = ${ownBrand(memberId, brandId)}
      AND (SELECT count(*) FROM domains WHERE brand_id = b.id) < ${most}
    ON CONFLICT (brand_id, hostname) DO UPDATE SET hostname = hostname RETURNING id`);

type Standing = Pick<DomainRow, "state" | "ssl_state" | "error" | "cf_id">;

/** Marks a host as verified. Fails on the unique index if another account has verified it. */
export const markProven = (db: Db, memberId: number, id: number, standing: Standing, now: Date): Statement =>
  db
    .update(domains)
    .set({ ...standing, proven_at: sql`coalesce(proven_at, ${now.getTime()})`, checked_at: now, failures: 0 })
    .where(and(eq(domains.id, id), eq(domains.member_id, memberId)));

/** Records a check of a host. Without a proof, others may claim the host. */
export const noteCheck = (
  db: Db,
  id: number,
  {
    state,
    ssl_state,
    error,
    cf_id,
    checked_at,
    failures,
    isLost,
  }: Standing & { checked_at: Date; failures: number; isLost: boolean },
): Statement => {
  const checked = { state, ssl_state, error, cf_id, checked_at, failures };
  return db
    .update(domains)
    .set({ ...checked, ...(isLost && { proven_at: null }) })
    .where(eq(domains.id, id));
};

/**
 * Points the brand's links to its newest active host, or to none. Belongs in the transaction that changes its hosts.
 */
export const settleHost = (db: Db, brandId: number): Statement =>
  db.run(sql`UPDATE brands SET link_host = (SELECT hostname FROM domains WHERE brand_id = ${brandId} AND state = 'active' AND proven_at IS NOT NULL
    ORDER BY id DESC LIMIT 1) WHERE id = ${brandId}`);

export const deleteDomain = (db: Db, memberId: number, id: number) =>
  db
    .delete(domains)
    .where(and(eq(domains.id, id), eq(domains.member_id, memberId)))
    .returning({ id: domains.id });

/** Verified hosts that are pending or were last checked before this time. Searches all accounts, for the cron. */
export const due = (db: Db, before: Date, most: number) =>
  db
    .select()
    .from(domains)
    .where(sql`proven_at IS NOT NULL AND ${domains.checked_at} <= ${before.getTime()}`)
    .orderBy(domains.checked_at)
    .limit(most);

/** The brand whose pages an active host serves. Public. */
export const siteByHost = (db: Db, hostname: string) =>
  db
    .select({ brand_id: sql<number>`${brands.id}`.as("brand_id"), slug: brands.slug })
    .from(domains)
    .innerJoin(brands, eq(brands.id, domains.brand_id))
    .where(
      and(
        eq(domains.hostname, hostname),
        sql`${domains.proven_at} IS NOT NULL AND ${domains.state} = 'active' AND ${brands.suspended_at} IS NULL`,
      ),
    );
