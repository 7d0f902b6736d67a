import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { campaigns } from "./campaigns";
import { counter, flag, time } from "./columns";

export const inputKinds = ["stripe", "shopify", "paddle", "lemonsqueezy"] as const;
export type InputKind = (typeof inputKinds)[number];
export const inputStatuses = ["active", "disabled"] as const;
export const inputEventStatuses = ["pending", "done", "ignored", "failed"] as const;
export const inputActs = ["sale", "refund", "link"] as const;

/** A payment provider that sends a campaign its events. */
export const inputs = sqliteTable(
  "inputs",
  {
    /** Ids are not reused, because events of a deleted input stay until they are old. */
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer().notNull(),
    campaign_id: integer()
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    kind: text({ enum: inputKinds }).notNull(),
    /** The random part of its URL. */
    key: text().notNull().unique(),
    /** The provider's signing secret, encrypted (see lib/crypto). Null until the owner sends it. */
    secret: text(),
    /** The event name of the conversions that it records. */
    event_name: text().notNull(),
    /** Whether the provider's test events count, too. */
    test_mode: flag().notNull(),
    /** Whether it sends events that only link the ids of one payment. Then no halves are guessed. */
    has_links: flag(),
    status: text({ enum: inputStatuses }).notNull(),
    date_added: time().notNull(),
  },
  (t) => [index("inputs_of_campaign").on(t.campaign_id)],
);

/**
 * The inbox of inputs, and an outbox of its own: one row per event of a provider, which names no buyer. `command` is what to do, and is
 * deleted once it is done.
 */
export const inputEvents = sqliteTable(
  "input_events",
  {
    id: integer().primaryKey(),
    /** No foreign keys, for the same reason as in `participants`. */
    input_id: integer().notNull(),
    campaign_id: integer().notNull(),
    member_id: integer().notNull(),
    /** The provider's id of the event. */
    key: text().notNull(),
    /** The provider's name for its type. */
    type: text().notNull(),
    is_test: flag().notNull(),
    status: text({ enum: inputEventStatuses }).notNull(),
    /** Why it was ignored or failed: one of the codes of the guide. */
    reason: text(),
    act: text({ enum: inputActs }),
    event_name: text().notNull(),
    /** The provider's id of the payment, and the amount paid or refunded, in minor units. */
    sale_id: text(),
    amount: integer(),
    currency: text(),
    command: text({ mode: "json" }).$type<Record<string, unknown>>(),
    attempts: counter(),
    next_attempt_at: time(),
    hinted_until: time(),
    leased_until: time(),
    lease: text(),
    /** One of two events of a payment that share no id: which one, with a hash of their common data; and when it happened. */
    half: text(),
    half_at: time(),
    /** The `sale_id` of the other event, once it is found. */
    other_half: text(),
    date_added: time().notNull(),
  },
  (t) => [
    index("input_events_halves").on(t.input_id, t.half).where(sql`half IS NOT NULL`),
    uniqueIndex("input_events_once").on(t.input_id, t.key),
    index("input_events_of_campaign").on(t.campaign_id, t.input_id),
    index("input_events_due").on(t.next_attempt_at).where(sql`status = 'pending'`),
    index("input_events_waiting").on(t.input_id).where(sql`status = 'pending'`),
  ],
);

/**
 * The ids that a provider has for a payment with several, itself included: those with the same `sale_id` are one payment. Any of its
 * events may name it by one of these, also through an input that was created after the payment.
 */
export const inputAliases = sqliteTable(
  "input_aliases",
  {
    campaign_id: integer().notNull(),
    alias: text().notNull(),
    sale_id: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.alias] }), index("input_aliases_of").on(t.campaign_id, t.sale_id)],
);
