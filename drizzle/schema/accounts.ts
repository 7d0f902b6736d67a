import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, time } from "./columns";

/** The plans, inserted by a migration. `campaigns_participants` and `no_of_domains` are maximums; 0 means unlimited. */
export const plans = sqliteTable("plans", {
  id: integer().primaryKey(),
  name: text().notNull(),
  price_cents: integer().notNull(),
  campaigns_participants: integer().notNull(),
  no_of_domains: integer().notNull(),
  unit: text().notNull(),
  no_unit: integer().notNull(),
  days: integer().notNull(),
});

export const members = sqliteTable("members", {
  id: integer().primaryKey({ autoIncrement: true }),
  email: text().notNull().unique(),
  name: text().notNull(),
  password_hash: text().notNull(),
  /** Part of API tokens. Raising it invalidates all earlier ones. */
  token_epoch: integer().notNull().default(0),
  is_verified: flag().notNull().default(false),
  plan_id: integer()
    .notNull()
    .default(1)
    .references(() => plans.id),
  plan_expiry: time(),
  photo: text(),
  num_of_logins: integer().notNull().default(0),
  date_signedup: time().notNull(),
});

/** `hash` is the SHA-256 of the key. The key itself is not stored. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    hash: text().notNull().unique(),
    prefix: text().notNull(),
    date_generated: time().notNull(),
    last_used_at: time(),
    revoked_at: time(),
  },
  (t) => [index("api_keys_of_member").on(t.member_id)],
);
