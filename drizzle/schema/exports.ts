import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { time } from "./columns";

export const exportKinds = ["participants", "rewards", "conversions", "coupons"] as const;
export const exportFormats = ["csv", "jsonl"] as const;

/** A list that an account requested as a file. The file is written while it is downloaded, so no copy is stored. */
export const exportRequests = sqliteTable(
  "exports",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    kind: text({ enum: exportKinds }).notNull(),
    format: text({ enum: exportFormats }).notNull(),
    /** The list's filters. */
    filters: text({ mode: "json" }).$type<Record<string, string | number>>().notNull(),
    date_added: time().notNull(),
  },
  (t) => [index("exports_of_member").on(t.member_id), index("exports_old").on(t.date_added)],
);
