import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { time } from "./columns";

/** How a member reads files with these columns. `columns` is a hash of their names; `roles` says what each one holds. */
export const importLayouts = sqliteTable(
  "import_layouts",
  {
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    columns: text().notNull(),
    roles: text({ mode: "json" }).$type<(string | null)[]>().notNull(),
    dates: text({ enum: ["day", "month"] }),
    date_changed: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.member_id, t.columns] })],
);
