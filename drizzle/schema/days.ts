import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { counter } from "./columns";

const member = () =>
  integer()
    .notNull()
    .references(() => members.id, { onDelete: "cascade" });

/**
 * Completed days, summed over an account's campaigns. Nothing adds to them anymore: charts read the campaigns' days. A later
 * release drops both tables, once no release in use reads them. WITHOUT ROWID. A trigger on `campaigns` subtracts a deleted campaign
 * (see the migration).
 */
export const accountDays = sqliteTable(
  "account_days",
  {
    member_id: member(),
    day: text().notNull(),
    signups: counter(),
    shares: counter(),
    clicks: counter(),
    impressions: counter(),
  },
  (t) => [primaryKey({ columns: [t.member_id, t.day] })],
);

/**
 * The last day (YYYY-MM-DD in UTC) included in an account's sums. Accounts whose charts were never opened have no row.
 * WITHOUT ROWID.
 */
export const accountRolls = sqliteTable(
  "account_rolls",
  { member_id: member().primaryKey(), rolled_to: text().notNull() },
  (t) => [index("account_rolls_behind").on(t.rolled_to)],
);

/**
 * Places in the plan that were in use when their campaigns were deleted, per day (YYYY-MM-DD in UTC). They count for a
 * period more, so deleting a campaign does not reset the plan's limit.
 */
export const usedPlaces = sqliteTable(
  "used_places",
  { member_id: member(), day: text().notNull(), places: integer().notNull() },
  (t) => [primaryKey({ columns: [t.member_id, t.day] })],
);
