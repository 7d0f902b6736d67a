import { and, desc, eq, lt, sql } from "drizzle-orm";
import { auditEntries, members } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

export const insertEntry = (db: Db, row: typeof auditEntries.$inferInsert): Statement =>
  db.insert(auditEntries).values(row);

/** What was changed in an account, newest first, below an id. Who is gone has no name. */
export const entriesBelow = (db: Db, accountId: number, before: number, limit: number) =>
  db
    .select({
      id: sql<number>`${auditEntries.id}`.as("id"),
      action: sql<string>`${auditEntries.action}`.as("action"),
      path: sql<string>`${auditEntries.path}`.as("path"),
      date: sql`${auditEntries.date}`.mapWith(auditEntries.date).as("date"),
      person_name: sql<string | null>`${members.name}`.as("person_name"),
      person_email: sql<string | null>`${members.email}`.as("person_email"),
    })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.person_id))
    .where(and(eq(auditEntries.account_id, accountId), lt(auditEntries.id, before)))
    .orderBy(desc(auditEntries.id))
    .limit(limit);

/** Ids grow with time, so that the oldest rows come first. Across accounts: the cron's. */
export const dropBefore = (db: Db, before: Date, looksAt: number) =>
  db
    .delete(auditEntries)
    .where(
      sql`id IN (SELECT id FROM (SELECT id, date FROM audit_entries ORDER BY id LIMIT ${looksAt}) WHERE date < ${before.getTime()})`,
    )
    .returning({ id: auditEntries.id });
