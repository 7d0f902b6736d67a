import { and, eq, lt, sql } from "drizzle-orm";
import { idempotencyKeys } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

type NewKey = typeof idempotencyKeys.$inferInsert;

/** Claims a key for its first run. A known key stays as it is. Call `keyById` afterwards to see who holds it. */
export const claimKey = (db: Db, key: NewKey): Statement =>
  db.insert(idempotencyKeys).values(key).onConflictDoNothing();

export const dropExpiredKey = (db: Db, id: string, now: Date): Statement =>
  db.delete(idempotencyKeys).where(and(eq(idempotencyKeys.id, id), lt(idempotencyKeys.expires_at, now)));

export const keyById = (db: Db, id: string) => db.select().from(idempotencyKeys).where(eq(idempotencyKeys.id, id));

/**
 * Takes over a key whose run died. Of two concurrent attempts only one succeeds, because the old lease is part of the
 * condition.
 */
export const takeOverKey = (db: Db, id: string, oldLease: Date, newLease: Date) =>
  db
    .update(idempotencyKeys)
    .set({ leased_until: newLease })
    .where(and(eq(idempotencyKeys.id, id), eq(idempotencyKeys.leased_until, oldLease)))
    .returning({ id: idempotencyKeys.id });

export const markCommitted = (db: Db, id: string): Statement =>
  db.update(idempotencyKeys).set({ is_committed: true }).where(eq(idempotencyKeys.id, id));

export const keepAnswer = (db: Db, id: string, status: number, body: string): Statement =>
  db.update(idempotencyKeys).set({ status, body }).where(eq(idempotencyKeys.id, id));

/** Ends the lease, so the next request with this key runs. */
export const releaseKey = (db: Db, id: string, now: Date): Statement =>
  db.update(idempotencyKeys).set({ leased_until: now }).where(eq(idempotencyKeys.id, id));

/** Forgets a key whose request had no effect. */
export const dropUnusedKey = (db: Db, id: string): Statement =>
  db.delete(idempotencyKeys).where(and(eq(idempotencyKeys.id, id), eq(idempotencyKeys.is_committed, false)));

/** Deletes the keys that expired first, up to `max`. Runs across all callers, for the cron. */
export const dropExpiredKeys = (db: Db, now: Date, max: number) =>
  db
    .delete(idempotencyKeys)
    .where(
      sql`id IN (SELECT id FROM idempotency_keys WHERE expires_at < ${now.getTime()} ORDER BY expires_at LIMIT ${max})`,
    )
    .returning({ id: idempotencyKeys.id });
