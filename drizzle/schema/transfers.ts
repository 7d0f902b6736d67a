import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { counter, time } from "./columns";

/** `signing`: approved, and handed to the wallet, which signs it or has. */
export const transferStates = ["pending", "signing", "sent", "confirmed", "failed", "cancelled"] as const;
export type TransferState = (typeof transferStates)[number];

/**
 * Transfers of token rewards, and an outbox of its own: one row per reward, with the reward's id. The wallet's object is authoritative about
 * signatures (`participants/wallet`); rows here follow it.
 */
export const transfers = sqliteTable(
  "transfers",
  {
    id: integer().primaryKey(),
    /** No foreign keys, for the same reason as in `participants`. */
    member_id: integer().notNull(),
    campaign_id: integer().notNull(),
    participant_id: integer().notNull(),
    /** Its key in the wallet: the id, and when the participant signed up, because ids may be reused. */
    order_key: text().notNull(),
    chain_id: integer(),
    token: text(),
    symbol: text(),
    amount: text(),
    state: text({ enum: transferStates }).notNull(),
    /** Why it waits or failed: one of the codes of docs/tokens.md. */
    reason: text(),
    /** How often it was begun. Each attempt failed or was canceled for good before the next. */
    tries: integer().notNull().default(1),
    /** The addresses in the request to the wallet: the participant's, and the wallet's. */
    address: text(),
    wallet: text(),
    units: text(),
    /** The person who approved it. */
    approved_by: integer(),
    date_approved: time(),
    hash: text(),
    block: integer(),
    status: text({ enum: ["pending", "done"] }).notNull(),
    attempts: counter(),
    next_attempt_at: time(),
    hinted_until: time(),
    leased_until: time(),
    lease: text(),
    date_added: time().notNull(),
    date_settled: time(),
  },
  (t) => [
    index("transfers_due").on(t.next_attempt_at).where(sql`status = 'pending'`),
    index("transfers_of_member").on(t.member_id, t.date_added),
    index("transfers_of_member_in").on(t.member_id, t.state, t.date_added),
    index("transfers_of_campaign").on(t.campaign_id, t.date_added),
    index("transfers_of_campaign_in").on(t.campaign_id, t.state, t.date_added),
    index("transfers_to_approve").on(t.member_id, t.date_added).where(sql`reason = 'approval'`),
    index("transfers_stopped").on(t.reason).where(sql`state IN ('signing', 'sent') AND reason IS NOT NULL`),
    index("transfers_failed").on(t.date_settled).where(sql`state = 'failed'`),
  ],
);

/** Whether the token of reward `alias` is on its way, as SQL. Until it arrives, nobody else may decide about the reward. */
export const isOnItsWay = (alias: string) =>
  `(${alias}.reward_type = 4 AND EXISTS (SELECT 1 FROM transfers t WHERE t.id = ${alias}.id AND t.state IN ('signing', 'sent')))`;

/** Token rewards for which no transfer was begun, as SQL. */
export const HAS_NO_TRANSFER =
  "reward_type = 4 AND status = 'pending' AND token_state IS NULL AND held_until IS NULL AND needs_approval IS NULL";
