import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** The operator's alerts. An alert that recurs after it was resolved is a new row. */
export const alerts = sqliteTable(
  "alerts",
  {
    id: integer().primaryKey(),
    /** A key of the list in `delivery/alerts/alert-kinds.ts`. */
    name: text().notNull(),
    /** The numbers behind it, as of the last check. Never an email address. */
    detail: text().notNull(),
    raised_at: time().notNull(),
    /** When the check last found it. It is resolved after a while without another finding. */
    seen_at: time().notNull(),
    resolved_at: time(),
    /** When the operator was last notified. Null if nobody could be notified. */
    told_at: time(),
    /** When the operator was notified that it is resolved. */
    told_resolved_at: time(),
    /** Until then, one run is notifying the operator, and others skip the row. */
    claimed_until: time(),
  },
  (t) => [
    uniqueIndex("alerts_open").on(t.name).where(sql`resolved_at IS NULL`),
    index("alerts_resolved").on(t.resolved_at).where(sql`resolved_at IS NOT NULL`),
  ],
);

/** Queue messages that Cloudflare gave up on. The rows they point to are safe: the sweep finds them. */
export const deadLetters = sqliteTable(
  "dead_letters",
  {
    id: integer().primaryKey(),
    /** The name of the outbox or listener, or null if the message was not understood. */
    outbox: text(),
    ids: text({ mode: "json" }).$type<number[]>().notNull(),
    date: time().notNull(),
  },
  (t) => [index("dead_letters_date").on(t.date)],
);
