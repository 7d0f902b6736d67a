import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { flag, time } from "./columns";

/**
 * An account's subscription, as last reported by Stripe. It set the account's own `plan_id` and `expiry` to these: if those
 * differ, the operator has granted a plan by hand.
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
    /** In Stripe's terms. */
    status: text(),
    plan_id: integer(),
    expiry: time(),
    /** Whether it renews after that. */
    renews: flag().notNull().default(false),
    /** When Stripe was queried. Responses to earlier queries that arrive later are dropped. */
    asked_at: time(),
    /** Whether the account's people were notified that its last payment failed. */
    failure_told: flag().notNull().default(false),
  },
  (t) => [
    uniqueIndex("subscriptions_customer").on(t.customer),
    index("subscriptions_untold").on(t.member_id).where(sql`(status = 'past_due') <> failure_told`),
  ],
);
