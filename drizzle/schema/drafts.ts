import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { campaigns } from "./campaigns";
import { suspension, time } from "./columns";

export const draftKinds = ["lander", "widget", "mail"] as const;

/** An editor's unpublished changes. WITHOUT ROWID. */
export const campaignDrafts = sqliteTable(
  "campaign_drafts",
  {
    campaign_id: integer()
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    kind: text({ enum: draftKinds }).notNull(),
    settings: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    date_changed: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.kind] })],
);

/** Images that members uploaded. The files are in the bucket, under `key`. */
export const images = sqliteTable(
  "images",
  {
    key: text().primaryKey(),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    type: text().notNull(),
    bytes: integer().notNull(),
    date_added: time().notNull(),
    ...suspension,
  },
  (t) => [index("images_of_member").on(t.member_id)],
);
