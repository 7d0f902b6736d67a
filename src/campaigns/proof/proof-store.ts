import { and, desc, eq, sql } from "drizzle-orm";
import { brands, campaigns, ownBrand } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";
import type { Method } from "./domain-proof";

const claim = { id: brands.id, member_id: brands.member_id, domain: brands.domain };

export const claimOf = (db: Db, memberId: number, brandId: number) =>
  db
    .select(claim)
    .from(brands)
    .where(and(eq(brands.id, brandId), eq(brands.member_id, memberId)));

export const campaignIdsOf = (db: Db, memberId: number, brandId: number, limit: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(eq(campaigns.brand_id, ownBrand(memberId, brandId)))
    .orderBy(desc(campaigns.id))
    .limit(limit);

/** Records that the domain was verified. Changes nothing if the brand's domain has changed since. */
export const markProven = (
  db: Db,
  { id, member_id, domain }: { id: number; member_id: number; domain: string },
  method: Method,
  now: Date,
): Statement =>
  db
    .update(brands)
    .set({
      proven_at: sql`coalesce(proven_at, ${now.getTime()})`,
      proof_method: method,
      proof_checked_at: now,
      proof_failures: 0,
    })
    .where(and(eq(brands.id, id), eq(brands.member_id, member_id), eq(brands.domain, domain)));

/** Verified domains that were last checked before this time. Searches all accounts, for the cron. */
export const dueClaims = (db: Db, before: Date, limit: number) =>
  db
    .select({ ...claim, proof_checked_at: brands.proof_checked_at, proof_failures: brands.proof_failures })
    .from(brands)
    .where(sql`proven_at IS NOT NULL AND ${brands.proof_checked_at} <= ${before.getTime()}`)
    .orderBy(brands.proof_checked_at)
    .limit(limit);

type DueClaim = Awaited<ReturnType<typeof dueClaims>>[number];

/** Records a check. Changes nothing if another run has recorded one since the check was due. */
export const noteCheck = (
  db: Db,
  { id, member_id, domain, proof_checked_at }: DueClaim,
  checked: { at: Date; failures: number; isLost: boolean },
): Statement =>
  db
    .update(brands)
    .set({
      proof_checked_at: checked.at,
      proof_failures: checked.failures,
      ...(checked.isLost && { proven_at: null, proof_method: null }),
    })
    .where(
      and(
        eq(brands.id, id),
        eq(brands.member_id, member_id),
        eq(brands.domain, domain),
        sql`proof_checked_at IS ${proof_checked_at?.getTime() ?? null}`,
      ),
    );
