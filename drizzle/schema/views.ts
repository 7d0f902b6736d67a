import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { flag, time } from "./columns";

/** The dashboard's lists that have saved views. */
export const listsWithViews = [
  "participants",
  "campaign_participants",
  "rewards",
  "conversions",
  "decisions",
  "campaigns",
  "events",
  "deliveries",
] as const;
export type ListWithViews = (typeof listsWithViews)[number];

const member = () =>
  integer()
    .notNull()
    .references(() => members.id, { onDelete: "cascade" });

/** A list's filters and order under a name: a person's own, or shared with everyone in the account. */
export const savedViews = sqliteTable(
  "saved_views",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    account_id: member(),
    person_id: member(),
    list: text({ enum: listsWithViews }).notNull(),
    name: text().notNull(),
    /** The list's parameters, as in its URL. */
    query: text().notNull(),
    is_shared: flag().notNull(),
    date_added: time().notNull(),
  },
  (t) => [
    index("saved_views_of_list").on(t.account_id, t.list, t.is_shared, t.person_id),
    index("saved_views_of_person").on(t.person_id),
  ],
);
