import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** When each cron job last began and last succeeded, and how long it took. Durations are in milliseconds. WITHOUT ROWID. */
export const jobs = sqliteTable("jobs", {
  name: text().primaryKey(),
  last_run_at: time().notNull(),
  last_success_at: time(),
  last_ms: integer(),
  /** The slowest run within a week of `slowest_at`. */
  slowest_ms: integer(),
  slowest_at: time(),
});

/** The database's size when it was last recorded, in one row. */
export const databaseSize = sqliteTable("database_size", {
  id: integer().primaryKey(),
  bytes: integer().notNull(),
  noted_at: time().notNull(),
});
