import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { counter, flag, time } from "./columns";

/** How to treat a reward if the endpoint does not decide. `hold`: a person decides. */
export const vetoEndings = ["hold", "give", "refuse"] as const;
export const vetoStates = ["waiting", "given", "refused", "unanswered", "cancelled"] as const;

/** A member's endpoint that is asked before a reward of the campaign is given. */
export const vetoes = sqliteTable("vetoes", {
  campaign_id: integer().primaryKey(),
  member_id: integer().notNull(),
  link: text().notNull(),
  is_on: flag().notNull(),
  ending: text({ enum: vetoEndings }).notNull(),
  /** No response has been a 2xx yet, so nothing shows that the endpoint wants our questions. */
  is_unproven: flag().notNull(),
  /** Encrypted (see lib/crypto). */
  secret: text().notNull(),
  /** Also signs until `previous_secret_expires`, so receivers have time to switch. */
  previous_secret: text(),
  previous_secret_expires: time(),
  date_added: time().notNull(),
});

/**
 * The questions, and an outbox of their own: one row per reward, with the reward's id. A trigger inserts it with the reward
 * (`rewards.in_veto`), so it is asked once, whatever earned it.
 */
export const vetoCalls = sqliteTable(
  "veto_calls",
  {
    id: integer().primaryKey(),
    /** No foreign keys, for the same reason as in `participants`. */
    member_id: integer().notNull(),
    campaign_id: integer().notNull(),
    state: text({ enum: vetoStates }).notNull(),
    /** Why the endpoint refused, in its own words. */
    code: text(),
    /** The result of the latest attempt, unless it was an answer. */
    error: text(),
    status: text({ enum: ["pending", "done"] }).notNull(),
    attempts: counter(),
    /** When it was first due: once the reward's hold days are over. */
    asked_at: time().notNull(),
    next_attempt_at: time(),
    hinted_until: time(),
    leased_until: time(),
    lease: text(),
    date_added: time().notNull(),
  },
  (t) => [
    index("veto_calls_due").on(t.next_attempt_at).where(sql`status = 'pending'`),
    index("veto_calls_of_campaign").on(t.campaign_id, t.status, t.id),
  ],
);
