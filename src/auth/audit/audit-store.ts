import { and, desc, eq, lt, sql } from "drizzle-orm";
import { auditEntries, brandAmongMany, members } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

type Row = Required<Omit<typeof auditEntries.$inferInsert, "id">>;

/** Inserts nothing if the account is gone by now, perhaps deleted by this very change. */
export const insertEntry = (db: Db, row: Row): Statement =>
  db.run(sql`INSERT INTO audit_entries (account_id, person_id, key_prefix, via, action, path, date)
    SELECT id, (SELECT id FROM members WHERE id = ${row.person_id}), ${row.key_prefix}, ${row.via}, ${row.action}, ${row.path}, ${row.date.getTime()}
    FROM members WHERE id = ${row.account_id}`);

/**
 * The current name of what a path like `/campaigns/7/lander` refers to. A cast to INTEGER reads the digits at the start
 * of a text.
 */
const NAMES = [
  ["brands", "coalesce(name, domain)", ""],
  ["campaigns", "name", ""],
  ["webhooks", "link", ""],
  // Participants count as deleted as soon as their campaign is.
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

/** The brand of the campaign in the path, if the account has several. */
const brandInPath = sql`CASE WHEN audit_entries.path LIKE '/campaigns/%' THEN (SELECT ${brandAmongMany("c")} FROM campaigns c
  WHERE c.member_id = audit_entries.account_id AND c.id = CAST(substr(audit_entries.path, 12) AS INTEGER)) END`;

/** An account's changes below an id, newest first. A deleted person has no name. */
export const entriesBelow = (db: Db, accountId: number, before: number, limit: number) =>
  db
    .select({
      id: sql<number>`${auditEntries.id}`.as("id"),
      via: sql`${auditEntries.via}`.mapWith(auditEntries.via).as("via"),
      action: sql<string>`${auditEntries.action}`.as("action"),
      path: sql<string>`${auditEntries.path}`.as("path"),
      key_prefix: sql<string | null>`${auditEntries.key_prefix}`.as("key_prefix"),
      date: sql`${auditEntries.date}`.mapWith(auditEntries.date).as("date"),
      person_name: sql<string | null>`${members.name}`.as("person_name"),
      person_email: sql<string | null>`${members.email}`.as("person_email"),
      /** Null if it was deleted, or if the path names no record. */
      thing: sql<string | null>`${nameInPath}`.as("thing"),
      brand: sql<string | null>`${brandInPath}`.as("brand"),
    })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.person_id))
    .where(and(eq(auditEntries.account_id, accountId), lt(auditEntries.id, before)))
    .orderBy(desc(auditEntries.id))
    .limit(limit);

/** Ids grow with time, so the oldest rows have the lowest ids. Runs across all accounts, for the cron. */
export const dropBefore = (db: Db, before: Date, looksAt: number) =>
  db
    .delete(auditEntries)
    .where(
      sql`id IN (SELECT id FROM (SELECT id, date FROM audit_entries ORDER BY id LIMIT ${looksAt}) WHERE date < ${before.getTime()})`,
    )
    .returning({ id: auditEntries.id });
