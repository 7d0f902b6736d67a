import { eq, sql } from "drizzle-orm";
import { members } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

export type DigestAccount = { id: number; time_zone: string | null; digest_at: number };

/** Accounts whose digest is due. Searches all accounts. */
export const dueAccounts = (db: Db, now: Date, most: number) =>
  db.all<DigestAccount>(sql`SELECT id, time_zone, digest_at FROM members INDEXED BY members_digest
    WHERE test_of IS NULL AND digest_at <= ${now.getTime()} ORDER BY digest_at LIMIT ${most}`);

/** Schedules the account's next digest. It never moves back. */
export const nextDigest = (db: Db, accountId: number, at: number): Statement =>
  db
    .update(members)
    .set({ digest_at: sql`max(digest_at, ${at})` })
    .where(eq(members.id, accountId));
