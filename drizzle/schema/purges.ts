import { type SQL, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

export const purgeKinds = ["campaign", "webhook", "member"] as const;

/**
 * What was deleted and is gone to everybody, though rows of it may be left: what the purge works on, and the record of when it was
 * done. WITHOUT ROWID. Triggers on the tables of these kinds write it, so that nothing is deleted without (see the migration).
 */
export const purges = sqliteTable(
  "purges",
  {
    kind: text({ enum: purgeKinds }).notNull(),
    subject_id: integer().notNull(),
    member_id: integer().notNull(),
    date_deleted: time().notNull(),
    /** When nothing was left of it. */
    date_purged: time(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.subject_id] }), index("purges_progress").on(t.date_purged, t.date_deleted)],
);

/** Whether the campaign (or webhook) that a row names was not deleted: to be asked wherever that is not read itself. */
export const isKept = (id: SQL | { getSQL(): SQL }, kind: (typeof purgeKinds)[number] = "campaign") =>
  sql`NOT EXISTS (SELECT 1 FROM purges u WHERE u.kind = ${kind} AND u.subject_id = ${id})`;
