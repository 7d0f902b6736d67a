import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { flag, time } from "./columns";

export type Social = { social: string; profile_url: string };

export const brands = sqliteTable(
  "brands",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    url: text().notNull(),
    domain: text().notNull(),
    slug: text().notNull().unique(),
    description: text(),
    logo_url: text(),
    background_image: text(),
    socials: text({ mode: "json" }).$type<Social[]>().notNull().default([]),
    in_vnoc: flag().notNull().default(false),
    vnoc_id: integer(),
    date_added: time().notNull(),
  },
  (t) => [index("brands_of_member").on(t.member_id)],
);
