import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { campaigns } from "./campaigns";
import { counter, flag, time } from "./columns";

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
    /** How those of its files are read that are not in Unicode. */
    encoding: text(),
    date_changed: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.member_id, t.columns] })],
);

/** An import that added participants, so that it can be undone. */
export const imports = sqliteTable(
  "imports",
  {
    id: integer().primaryKey(),
    campaign_id: integer()
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    /** The IDs of its signups' events begin with this. */
    key: text().notNull(),
    /** Whether it sent emails or webhooks about its participants. */
    is_told: flag().notNull(),
    /** Its participants are among these IDs. */
    first_id: integer().notNull(),
    last_id: integer().notNull(),
    date_added: time().notNull(),
    /** While it is being undone: participants with lower IDs are still to be looked at. */
    undo_before: integer(),
    date_undone: time(),
    /** How many of its participants stayed when it was undone. */
    kept: counter(),
  },
  (t) => [
    uniqueIndex("imports_once").on(t.campaign_id, t.key),
    index("imports_open").on(t.id).where(sql`undo_before IS NOT NULL AND date_undone IS NULL`),
  ],
);
