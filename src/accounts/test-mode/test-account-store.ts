import { eq, sql } from "drizzle-orm";
import { members } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

/**
 * Creates the account's test mode twin, unless it exists. It has the account's plan, so limits can be tested. Its email
 * belongs to nobody, and no password matches. It counts as verified, because its emails are never sent.
 */
export const createTwin = (db: Db, memberId: number, now: Date): Statement =>
  db.run(sql`INSERT INTO members (email, name, password_hash, is_verified, plan_id, plan_expiry, date_signedup, test_of,
      suspended_at, suspended_for)
    SELECT 'test:' || id, name, '', 1, plan_id, plan_expiry, ${now.getTime()}, id, suspended_at, suspended_for
    FROM members WHERE id = ${memberId} AND test_of IS NULL ON CONFLICT DO NOTHING`);

export const twinOf = (db: Db, memberId: number) =>
  db.select({ id: members.id }).from(members).where(eq(members.test_of, memberId));

/** Foreign keys delete the twin's remaining rows. */
export const deleteTwin = (db: Db, memberId: number): Statement =>
  db.delete(members).where(eq(members.test_of, memberId));
