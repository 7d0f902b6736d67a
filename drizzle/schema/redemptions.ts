import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** Redemptions of store credit, by the caller's own ids. */
export const redemptions = sqliteTable(
  "redemptions",
  {
    participant_id: integer().notNull(),
    redemption_id: text().notNull(),
    /** Minor units. */
    amount: integer().notNull(),
    currency: text().notNull(),
    date_added: time().notNull(),
    /** The request that recorded it. */
    event: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.participant_id, t.redemption_id] }),
    index("redemptions_of").on(t.participant_id, t.date_added),
  ],
);
