import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { brands } from "./brands";
import { campaigns } from "./campaigns";
import { time } from "./columns";

/** Secret links to the numbers of a brand or a campaign. Ending a link deletes its row. */
export const reportLinks = sqliteTable(
  "report_links",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    brand_id: integer().references(() => brands.id, { onDelete: "cascade" }),
    campaign_id: integer().references(() => campaigns.id, { onDelete: "cascade" }),
    date_added: time().notNull(),
    expires_at: time().notNull(),
  },
  (t) => [
    index("report_links_of_member").on(t.member_id),
    index("report_links_of_brand").on(t.brand_id).where(sql`brand_id IS NOT NULL`),
    index("report_links_of_campaign").on(t.campaign_id).where(sql`campaign_id IS NOT NULL`),
    check("report_links_of_one", sql`(brand_id IS NULL) <> (campaign_id IS NULL)`),
  ],
);
