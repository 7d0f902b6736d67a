import { and, desc, eq, lt, sql } from "drizzle-orm";
import { auditEntries, members } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

type Row = Required<Omit<typeof auditEntries.$inferInsert, "id">>;

/** Of an account that went meanwhile, by this very change even, there is nothing to note. */
export const insertEntry = (db: Db, row: Row): Statement =>
  db.run(sql`INSERT INTO audit_entries (account_id, person_id, key_prefix, action, path, date)
    SELECT id, (SELECT id FROM members WHERE id = ${row.person_id}), ${row.key_prefix}, ${row.action}, ${row.path}, ${row.date.getTime()}
    FROM members WHERE id = ${row.account_id}`);

/** What a path like `/campaigns/7/lander` is about, as its account calls it. A cast reads the digits that a text begins with. */
const NAMES = [
  ["brands", "domain", ""],
  ["campaigns", "name", ""],
  ["webhooks", "link", ""],
  // A person goes with his campaign, at once.
  [
    "participants",
    "coalesce(name, email)",
    "AND status <> 'erased' AND EXISTS (SELECT 1 FROM campaigns c WHERE c.id = participants.campaign_id)",
  ],
] as const;
const nameInPath = sql.raw(
  `CASE ${NAMES.map(
    ([table, name, further]) =>
      `WHEN audit_entries.path LIKE '/${table}/%' THEN (SELECT ${name} FROM ${table} WHERE member_id = audit_entries.account_id
        AND id = CAST(substr(audit_entries.path, ${table.length + 3}) AS INTEGER) ${further})`,
  ).join(" ")} END`,
);

/** What was changed in an account, newest first, below an id. Who is gone has no name. */
export const entriesBelow = (db: Db, accountId: number, before: number, limit: number) =>
  db
    .select({
      id: sql<number>`${auditEntries.id}`.as("id"),
      action: sql<string>`${auditEntries.action}`.as("action"),
      path: sql<string>`${auditEntries.path}`.as("path"),
      key_prefix: sql<string | null>`${auditEntries.key_prefix}`.as("key_prefix"),
      date: sql`${auditEntries.date}`.mapWith(auditEntries.date).as("date"),
      person_name: sql<string | null>`${members.name}`.as("person_name"),
      person_email: sql<string | null>`${members.email}`.as("person_email"),
      /** Null for what is gone, and where nothing is named. */
      thing: sql<string | null>`${nameInPath}`.as("thing"),
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
