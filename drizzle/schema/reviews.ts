import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, time } from "./columns";

/** `watch` opens reviews and holds nothing. */
export const fraudModes = ["off", "watch", "hold", "strict"] as const;
/** How a review ends that nobody decided in time. `by_score`: it is denied at or above a high score. */
export const reviewEndings = ["by_score", "approve", "deny", "never"] as const;
export const reviewStates = ["open", "approved", "denied"] as const;
/** `asked`: we emailed the friend, who may prove that the mailbox is theirs. `given`: they did. */
export const reviewProofs = ["asked", "given"] as const;

/**
 * A reason of a review: its code, its weight in thousandths, the earlier friends or sales that it also concerns, and the factor
 * from people's verdicts, if any.
 */
export type ReviewReason = { code: string; weight: number; with: number[]; factor?: number };

/**
 * A friend whose credit is in question, or a referrer's sales. The ID is the participant's times two, plus one for sales, so each is
 * reviewed once. While a review is open, the rewards of the referrer and the friend are held.
 */
export const reviews = sqliteTable(
  "reviews",
  {
    id: integer().primaryKey(),
    member_id: integer().notNull(),
    campaign_id: integer().notNull(),
    referrer_id: integer().notNull(),
    participant_id: integer().notNull(),
    state: text({ enum: reviewStates }).notNull().default("open"),
    /** In thousandths. */
    score: integer().notNull(),
    reasons: text({ mode: "json" }).$type<ReviewReason[]>().notNull(),
    /** The version of the engine that has these weights. */
    version: integer().notNull(),
    /** Whether rewards are held for it. */
    is_holding: flag().notNull(),
    /** Null if no proof would resolve it. */
    proof: text({ enum: reviewProofs }),
    /** The request that opened it. */
    event: text().notNull(),
    date_opened: time().notNull(),
    /** When it is decided automatically. Null: never. */
    decides_at: time(),
    date_decided: time(),
    /** Who or what decided. */
    by: text(),
    note: text(),
    /** Until then, the decision can be undone. Null once it is applied to the rewards. */
    settles_at: time(),
    /** When it was opened with a signup, or its decision undone. Null once the ledger has held the waiting rewards. */
    recounts_at: time(),
  },
  (t) => [
    index("reviews_of_member").on(t.member_id, t.state, t.id),
    index("reviews_of_campaign").on(t.campaign_id, t.state, t.id),
    index("reviews_of_referrer").on(t.referrer_id, t.state),
    index("reviews_due").on(t.decides_at).where(sql`state = 'open' AND decides_at IS NOT NULL`),
    index("reviews_settling").on(t.settles_at).where(sql`settles_at IS NOT NULL`),
    index("reviews_due_in_turn").on(t.member_id, t.decides_at).where(sql`state = 'open' AND decides_at IS NOT NULL`),
    index("reviews_settling_in_turn").on(t.member_id, t.settles_at).where(sql`settles_at IS NOT NULL`),
    index("reviews_recounting").on(t.recounts_at).where(sql`recounts_at IS NOT NULL`),
  ],
);
export type ReviewRow = typeof reviews.$inferSelect;

export const entryKinds = ["email", "domain", "network", "asn", "country", "referrer"] as const;
export const entryActions = ["allow", "block"] as const;

/** An account's block and allow lists. */
export const fraudEntries = sqliteTable(
  "fraud_entries",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer().notNull(),
    kind: text({ enum: entryKinds }).notNull(),
    /** In the normal form for comparisons. */
    value: text().notNull(),
    action: text({ enum: entryActions }).notNull(),
    note: text(),
    expires_at: time(),
    date_added: time().notNull(),
  },
  (t) => [uniqueIndex("fraud_entries_value").on(t.member_id, t.kind, t.value)],
);
