import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, time } from "./columns";

/** WITHOUT ROWID. `id` is a hash over caller, method, path and key; the stored answer is sealed, for it may hold a secret shown once. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    id: text().primaryKey(),
    fingerprint: text().notNull(),
    /** The id under which the request's effect is written: a second run of it finds its own effect. */
    request_event: text().notNull(),
    /** The first run may still be at work until then. */
    leased_until: time().notNull(),
    /** Set in the transaction that takes effect. */
    is_committed: flag().notNull().default(false),
    status: integer(),
    body: text(),
    expires_at: time().notNull(),
  },
  (t) => [index("idempotency_expiry").on(t.expires_at)],
);
