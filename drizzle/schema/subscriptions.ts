import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { flag, time } from "./columns";

/**
 * What an account pays for by Stripe, as Stripe last said. `plan_id` and `expiry` are what the account's own became by it: if those
 * differ since, the operator has granted a plan by hand.
 */
export const subscriptions = sqliteTable(
  "subscriptions",
  {
    member_id: integer()
      .primaryKey()
      .references(() => members.id, { onDelete: "cascade" }),
    /** Stripe's id of the account. */
    customer: text().notNull(),
    /** Stripe's id of the subscription. Null before the first. */
    subscription: text(),
    /** As Stripe calls it. */
    status: text(),
    plan_id: integer(),
    expiry: time(),
    /** Whether it goes on after that. */
    renews: flag().notNull().default(false),
    /** When Stripe was asked. What was asked for earlier and arrives later is dropped. */
    asked_at: time(),
    /** Whether the account's people were told that its last payment failed. */
    failure_told: flag().notNull().default(false),
  },
  (t) => [
    uniqueIndex("subscriptions_customer").on(t.customer),
    index("subscriptions_untold").on(t.member_id).where(sql`(status = 'past_due') <> failure_told`),
  ],
);
