import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, time } from "./columns";

/**
 * WITHOUT ROWID. `id` is a hash of caller, method, path and key. The stored response is encrypted, because it may
 * contain a secret that is shown once.
 */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    id: text().primaryKey(),
    fingerprint: text().notNull(),
    /** The id under which the request's effect is written, so a second run finds the effect of the first. */
    request_event: text().notNull(),
    /** Until then, the first run may still be in progress. */
    leased_until: time().notNull(),
    /** Set in the transaction of the request's effect. */
    is_committed: flag().notNull().default(false),
    status: integer(),
    body: text(),
    expires_at: time().notNull(),
  },
  (t) => [index("idempotency_expiry").on(t.expires_at)],
);
