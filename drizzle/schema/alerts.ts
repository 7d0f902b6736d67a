import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** What the operator was or is alerted to. An alert that comes back after it was resolved is a new row. */
export const alerts = sqliteTable(
  "alerts",
  {
    id: integer().primaryKey(),
    /** A key of the list in `delivery/alerts/alert-kinds.ts`. */
    name: text().notNull(),
    /** The numbers behind it, as of the last check. Never an email address. */
    detail: text().notNull(),
    raised_at: time().notNull(),
    /** When the check last found it. It is resolved once that is a while ago. */
    seen_at: time().notNull(),
    resolved_at: time(),
    /** When the operator was last told of it. Null if nobody could be told. */
    told_at: time(),
    /** When the operator was told that it is over. */
    told_resolved_at: time(),
    /** Until then, a run is telling the operator, and others leave the row alone. */
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
