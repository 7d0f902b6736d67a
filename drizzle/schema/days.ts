import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { counter } from "./columns";

const member = () =>
  integer()
    .notNull()
    .references(() => members.id, { onDelete: "cascade" });

/**
 * The settled days of all of an account's campaigns together, so that a chart over them reads a row for a day. WITHOUT ROWID.
 * A trigger on `campaigns` takes a deleted campaign's share out (see the migration).
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

/** Up to which day (YYYY-MM-DD in UTC) an account's days are added up. Accounts whose charts nobody ever looked at have none. WITHOUT ROWID. */
export const accountRolls = sqliteTable(
  "account_rolls",
  { member_id: member().primaryKey(), rolled_to: text().notNull() },
  (t) => [index("account_rolls_behind").on(t.rolled_to)],
);
