import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Referral codes that participants had in another product, so their old links keep working. */
export const aliases = sqliteTable(
  "aliases",
  {
    campaign_id: integer().notNull(),
    code: text().notNull(),
    participant_id: integer().notNull(),
    /** The key of the import that added it. Null if the API did. */
    import_key: text(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.code] }), index("aliases_of_participant").on(t.participant_id)],
);
