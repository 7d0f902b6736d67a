import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** When each cron job last began, and when it last succeeded. WITHOUT ROWID. */
export const jobs = sqliteTable("jobs", {
  name: text().primaryKey(),
  last_run_at: time().notNull(),
  last_success_at: time(),
});
