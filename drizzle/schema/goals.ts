import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { campaigns } from "./campaigns";

/** Campaigns whose goal was lowered, until all participants have been checked against the new goal. */
export const goalFalls = sqliteTable("goal_falls", {
  campaign_id: integer()
    .primaryKey()
    .references(() => campaigns.id, { onDelete: "cascade" }),
  /** New each time a goal is lowered, so a run that started earlier cannot record progress for this one. */
  mark: text().notNull(),
  /** Origin of the request that changed the goal. Links in emails and webhooks start with it. */
  origin: text().notNull(),
  /** Participants up to this id were checked. */
  looked_up_to: integer().notNull().default(0),
});
