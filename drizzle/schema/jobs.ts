import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** WITHOUT ROWID. When each of the cron's jobs last began, and when it last came to its end. */
export const jobs = sqliteTable("jobs", {
  name: text().primaryKey(),
  last_run_at: time().notNull(),
  last_success_at: time(),
});
