import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { campaigns } from "./campaigns";
import { time } from "./columns";

export const eventTypes = [
  "participant.signup",
  "participant.share",
  "reward.pending",
  "reward.fulfilled",
  "coupons.low",
  "coupons.exhausted",
  "contest.ended",
  "webhook.test",
] as const;
export type EventType = (typeof eventTypes)[number];

export const webhookStatuses = ["active", "disabled"] as const;
/** `gone`: it answered 410; `failing`: for days there was nothing but failures; `member`: its owner did it. */
export const disabledReasons = ["gone", "failing", "member"] as const;
export const deliveryStatuses = ["pending", "delivered", "failed"] as const;

/** What an endpoint answered, as far as it is kept: `body` is its beginning, and null where that is no text. */
export type Answer = { content_type: string | null; location: string | null; body: string | null; is_cut: boolean };

/** One attempt at a delivery: `status_code` is null and `error` says why when no answer came. */
export type Attempt = {
  at: string;
  status_code: number | null;
  error: string | null;
  duration_ms: number;
  answer?: Answer;
};

export const webhooks = sqliteTable(
  "webhooks",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    /** Null: every campaign of the account. */
    campaign_id: integer().references(() => campaigns.id, { onDelete: "cascade" }),
    link: text().notNull(),
    message: text(),
    events: text({ mode: "json" }).$type<EventType[]>().notNull(),
    status: text({ enum: webhookStatuses }).notNull().default("active"),
    disabled_reason: text({ enum: disabledReasons }),
    /** Sealed (see lib/crypto). */
    secret: text().notNull(),
    /** Signs too until `previous_secret_expires`, so that a receiver can change over. */
    previous_secret: text(),
    previous_secret_expires: time(),
    /** The first failure since the last success. */
    failing_since: time(),
    date_added: time().notNull(),
  },
  (t) => [
    index("webhooks_of_member").on(t.member_id),
    index("webhooks_of_campaign").on(t.campaign_id).where(sql`campaign_id IS NOT NULL`),
  ],
);

/**
 * What happened, written in the transaction that made it so. WITHOUT ROWID. Ids sort by time; `campaign_id` is 0 for events of
 * the account. Types of our own (`participant.attributed`) have no deliveries. People are named by id only: a person who is
 * erased is erased here too.
 */
export const events = sqliteTable(
  "events",
  {
    campaign_id: integer().notNull(),
    id: text().notNull(),
    type: text().notNull(),
    participant_id: integer(),
    reward_id: integer(),
    data: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    date: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.id] })],
);

/** The outbox: one row per event and matching endpoint, born with the event. D1 is the truth; queue messages are hints. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    id: integer().primaryKey(),
    /** No foreign key, as with participants. */
    webhook_id: integer().notNull(),
    campaign_id: integer().notNull(),
    event_id: text().notNull(),
    type: text({ enum: eventTypes }).notNull(),
    status: text({ enum: deliveryStatuses }).notNull().default("pending"),
    attempts: text({ mode: "json" }).$type<Attempt[]>().notNull().default([]),
    /** Attempts since the schedule last began; a manual retry begins it again. */
    attempt_count: integer().notNull().default(0),
    next_attempt_at: time(),
    /** A queue message is believed to be under way until then; the sweep leaves the row alone. */
    hinted_until: time(),
    /** A consumer is at work on it until then, and only the holder of `lease` may record its outcome. */
    leased_until: time(),
    lease: text(),
    /** Of whom the answers that are kept may tell: they go with him when he is erased. */
    answers_of: integer(),
  },
  (t) => [
    index("deliveries_answers").on(t.answers_of).where(sql`answers_of IS NOT NULL`),
    uniqueIndex("deliveries_once").on(t.webhook_id, t.event_id),
    index("deliveries_due").on(t.next_attempt_at).where(sql`status = 'pending'`),
    index("deliveries_failed").on(t.webhook_id, t.event_id).where(sql`status = 'failed'`),
  ],
);
