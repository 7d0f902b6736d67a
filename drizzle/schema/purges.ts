import { type SQL, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

export const purgeKinds = ["campaign", "webhook", "member"] as const;

/**
 * Deleted campaigns, webhooks and accounts, whose remaining rows the purge deletes in the background. Also the record
 * of when it finished. Triggers on their tables insert the rows, so no deletion is missed (see the migration). WITHOUT
 * ROWID.
 */
export const purges = sqliteTable(
  "purges",
  {
    kind: text({ enum: purgeKinds }).notNull(),
    subject_id: integer().notNull(),
    member_id: integer().notNull(),
    date_deleted: time().notNull(),
    /** When the last row was deleted. */
    date_purged: time(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.subject_id] }), index("purges_progress").on(t.date_purged, t.date_deleted)],
);

/**
 * Whether the campaign (or webhook) was not deleted. Until the purge finishes, any query that does not join `campaigns`
 * (or `webhooks`) must filter with this.
 */
export const isKept = (id: SQL | { getSQL(): SQL }, kind: (typeof purgeKinds)[number] = "campaign") =>
  sql`NOT EXISTS (SELECT 1 FROM purges u WHERE u.kind = ${kind} AND u.subject_id = ${id})`;
