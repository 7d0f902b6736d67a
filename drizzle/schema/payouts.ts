import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { time } from "./columns";

/** Cash that a member paid to participants. Each participant's part is in `payout_lines`. A payout without lines never happened. */
export const payouts = sqliteTable(
  "payouts",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    reference: text().notNull(),
    /** Who did it, as in a reward's history. */
    by: text(),
    date_added: time().notNull(),
    /** The request that created it. */
    event: text().notNull(),
  },
  (t) => [uniqueIndex("payouts_of_member").on(t.member_id, t.event)],
);

/** A participant's part of a payout. Amounts are in minor units. */
export const payoutLines = sqliteTable(
  "payout_lines",
  {
    payout_id: integer().notNull(),
    /** No foreign key, for the same reason as in `participants`. */
    campaign_id: integer().notNull(),
    participant_id: integer().notNull(),
    currency: text().notNull(),
    /** The amount paid: the sum of the rewards less `netted`. */
    amount: integer().notNull(),
    /** The deduction for refunds of rewards that were paid earlier. Negative if too much was deducted. */
    netted: integer().notNull(),
    rewards: integer().notNull(),
    date_undone: time(),
  },
  (t) => [
    primaryKey({ columns: [t.payout_id, t.campaign_id, t.participant_id, t.currency] }),
    index("payout_lines_of_campaign").on(t.campaign_id),
    index("payout_lines_netted").on(t.campaign_id, t.participant_id).where(sql`netted <> 0 AND date_undone IS NULL`),
  ],
);
