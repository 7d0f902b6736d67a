import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { campaigns } from "./campaigns";
import { flag, stamp, time } from "./columns";

export const eventTypes = [
  "participant.signup",
  "participant.attributed",
  "participant.confirmed",
  "participant.admitted",
  "participant.pending",
  "participant.blocked",
  "participant.updated",
  "participant.erased",
  "participant.share",
  "conversion.created",
  "conversion.refunded",
  "conversion.refund_reversed",
  "reward.held",
  "reward.pending",
  "reward.fulfilled",
  "reward.revoked",
  "reward.expired",
  "credit.redeemed",
  "review.opened",
  "review.decided",
  "coupons.low",
  "coupons.exhausted",
  "contest.ended",
  "webhook.test",
] as const;
export type EventType = (typeof eventTypes)[number];

export const webhookStatuses = ["active", "disabled"] as const;
/** `gone`: the endpoint replied with 410. `failing`: every attempt failed for days. `member`: its owner disabled it. */
export const disabledReasons = ["gone", "failing", "member"] as const;
export const deliveryStatuses = ["pending", "delivered", "failed"] as const;

/** The part of an endpoint's response that we store. `body` is its beginning, or null if it is not text. */
export type Answer = { content_type: string | null; location: string | null; body: string | null; is_cut: boolean };

/** One attempt at a delivery. If there was no response, `status_code` is null and `error` says why. */
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
    /** Null for all campaigns of the account. */
    campaign_id: integer().references(() => campaigns.id, { onDelete: "cascade" }),
    link: text().notNull(),
    /**
     * The URL as we request it, whatever its spelling in `link`. Null for webhooks from before this column. Unique per
     * member, scope, and events: an index on expressions, written by hand in the migration.
     */
    target: text(),
    /** No response has been a 2xx yet, so nothing shows that the endpoint wants our events. */
    is_unproven: flag().notNull().default(false),
    message: text(),
    /** Null for all public types, including ones that are added later. */
    events: text({ mode: "json" }).$type<EventType[]>(),
    status: text({ enum: webhookStatuses }).notNull().default("active"),
    disabled_reason: text({ enum: disabledReasons }),
    /** Encrypted (see lib/crypto). */
    secret: text().notNull(),
    /** Also signs until `previous_secret_expires`, so receivers have time to switch. */
    previous_secret: text(),
    previous_secret_expires: time(),
    /** The first failure since the last success. */
    failing_since: time(),
    /** The last `failing_since` that the account's people were notified of. */
    failing_told: time(),
    date_added: time().notNull(),
  },
  (t) => [
    index("webhooks_untold").on(t.failing_since).where(sql`failing_since IS NOT failing_told`),
    index("webhooks_of_member").on(t.member_id),
    index("webhooks_of_campaign").on(t.campaign_id).where(sql`campaign_id IS NOT NULL`),
  ],
);

/**
 * The numbers of events are in the order of their commits, across all campaigns of an account. Participants' ids are the
 * clock: they never go down, and every signup moves them on. So a signup's event needs no number of its own. It is
 * `participant_id * TICK`, which the index of an account's participants already has in order. Every other event gets the
 * next block of numbers above both the last participant's and the account's last. A conversion has the first number of a block, and the rewards
 * that it earned have the next ones. Only the first numbers are in the log's index, so a reward's event costs no row there.
 *
 * Triggers keep the clock from standing still or going back: they add an erased participant, of no campaign, when the last
 * participant or a number of this tick is deleted, and when an account has used half of a tick.
 */
export const TICK = 2 ** 20;
/** The size of a block. A conversion earns fewer rewards. */
export const BLOCK = 64;
/** Whether a number is the first of its block, as the index has it. */
export const isFirst = (e: string) => `${e}sequence & ${BLOCK - 1} = 0`;

/** The number of event `e`, as SQL. 0 for events from before events had numbers. */
export const sequenceOf = (e: string) =>
  `coalesce(iif(${e}.type = 'participant.signup', ${e}.participant_id * ${TICK}, ${e}.sequence), 0)`;

/** The first number of the account's last block, as SQL. */
export const lastSequence = (memberId: string) =>
  `max((SELECT coalesce(max(id), 0) FROM participants) * ${TICK}, coalesce((SELECT max(x.sequence) FROM events x INDEXED BY events_log
    WHERE x.member_id = ${memberId} AND ${isFirst("x.")}), 0))`;

/**
 * Events, each inserted in the transaction that caused it. Ids sort by time; `campaign_id` is 0 for events of the
 * account. Types outside of `eventTypes` have no deliveries. People are referred to by id only, so erasing
 * a person erases them here, too. `member_id` and `sequence` are null for signups. WITHOUT ROWID.
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
    member_id: integer(),
    sequence: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.campaign_id, t.id] }),
    index("events_log")
      .on(t.member_id, t.sequence)
      .where(sql.raw(isFirst(""))),
  ],
);

/** The clock of events when a day began, so the log finds the day's first event. */
export const eventDays = sqliteTable("event_days", {
  day: text().primaryKey(),
  participant_id: integer().notNull(),
});

/**
 * The outbox of webhooks: one row per event and matching endpoint, inserted with the event. The row in D1 decides;
 * queue messages are only hints.
 */
export const deliveries = sqliteTable(
  "deliveries",
  {
    id: integer().primaryKey(),
    /** No foreign key, for the same reason as in `participants`. */
    webhook_id: integer().notNull(),
    campaign_id: integer().notNull(),
    event_id: text().notNull(),
    type: text({ enum: eventTypes }).notNull(),
    status: text({ enum: deliveryStatuses }).notNull().default("pending"),
    attempts: text({ mode: "json" }).$type<Attempt[]>().notNull().default([]),
    /** Attempts since the schedule began. A manual retry restarts the schedule. */
    attempt_count: integer().notNull().default(0),
    next_attempt_at: time(),
    /** Until then, a queue message is probably on its way, and the sweep skips the row. */
    hinted_until: time(),
    /** Until then, a consumer is delivering it. Only the holder of `lease` may record the result. */
    leased_until: time(),
    lease: text(),
    /** The participant in the stored responses, which are deleted when the participant is erased. */
    answers_of: integer(),
    /** Null for deliveries from before this column. */
    updated_at: stamp(),
  },
  (t) => [
    index("deliveries_answers").on(t.answers_of).where(sql`answers_of IS NOT NULL`),
    index("deliveries_updated").on(t.webhook_id, t.updated_at).where(sql`updated_at IS NOT NULL`),
    index("deliveries_unstamped").on(t.webhook_id).where(sql`updated_at IS NULL`),
    uniqueIndex("deliveries_once").on(t.webhook_id, t.event_id),
    index("deliveries_due").on(t.next_attempt_at).where(sql`status = 'pending'`),
    index("deliveries_failed").on(t.webhook_id, t.event_id).where(sql`status = 'failed'`),
  ],
);
