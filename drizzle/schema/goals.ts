import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { campaigns } from "./campaigns";

/** Campaigns whose goal fell, for as long as their people are looked at for who has reached it already. */
export const goalFalls = sqliteTable("goal_falls", {
  campaign_id: integer()
    .primaryKey()
    .references(() => campaigns.id, { onDelete: "cascade" }),
  /** Another at every fall, so that whoever was at work on the last one does not speak for this one. */
  mark: text().notNull(),
  /** Of the request that changed the goal: links in what is sent start with it. */
  origin: text().notNull(),
  /** People up to this id were looked at. */
  looked_up_to: integer().notNull().default(0),
});
