import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** One row: the last minute that the cron saw. A witness outside the database stores it, too, so a restore is noticed. */
export const databaseMark = sqliteTable("database_mark", {
  id: integer().primaryKey(),
  at: time().notNull(),
  /** The mark of the last restore, and when it was noticed. */
  restored_to: time(),
  noticed_at: time(),
});
