import { primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** Paused outboxes: they attempt nothing until then, or until someone releases them. A handful of rows. */
export const outboxHolds = sqliteTable(
  "outbox_holds",
  {
    /** The name of the `Outbox`. */
    outbox: text().notNull(),
    /** Our own reason, or the provider's code. */
    reason: text().notNull(),
    since: time().notNull(),
    /** Null: until someone releases it. */
    until: time(),
    /** Who paused it: `operator`, or a part of the product. */
    set_by: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.outbox, t.reason] })],
);
