import { primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** Outboxes that wait: nothing of theirs is attempted until then, or until someone releases it. A handful of rows. */
export const outboxHolds = sqliteTable(
  "outbox_holds",
  {
    /** The name of the `Outbox`. */
    outbox: text().notNull(),
    /** A word of ours, or the provider's code. */
    reason: text().notNull(),
    since: time().notNull(),
    /** Null: until someone releases it. */
    until: time(),
    /** Who asked for it: `operator`, or the part of the product that did. */
    set_by: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.outbox, t.reason] })],
);
