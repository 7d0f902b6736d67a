import { and, eq, type SQL, sql } from "drizzle-orm";
import { isKept, participants, payoutLines, payouts, rewards } from "../../../drizzle/schema";
import { currencyOf, isCash, isPayable } from "../../ledger/rewards/cash";
import { listed } from "../../lib/columns";
import type { Db } from "../../lib/db";
import { offset } from "../../lib/page";
import type { PayoutQuery } from "./payout-schema";

/** The payout of a request. A repeated request inserts it only once. */
export const insertPayout = (db: Db, payout: Omit<typeof payouts.$inferInsert, "id">) =>
  db.insert(payouts).values(payout).onConflictDoNothing();

export const payoutOfRequest = (db: Db, memberId: number, event: string) =>
  db
    .select({ id: payouts.id })
    .from(payouts)
    .where(and(eq(payouts.member_id, memberId), eq(payouts.event, event)));

/** Deletes a payout that paid nothing. */
export const dropEmpty = (db: Db, memberId: number, id: number) =>
  db
    .delete(payouts)
    .where(
      and(
        eq(payouts.id, id),
        eq(payouts.member_id, memberId),
        sql`NOT EXISTS (SELECT 1 FROM payout_lines l WHERE l.payout_id = ${payouts.id})`,
      ),
    );

/** One row per payout and currency. */
export type PayoutRow = {
  id: number;
  reference: string;
  by: string | null;
  date_added: number;
  currency: string;
  participants: number;
  rewards: number;
  netted: number;
  amount: number;
  date_undone: number | null;
};

/** Payouts with the totals of their lines, newest first. */
const withTotals = (db: Db, memberId: number, ids: SQL) =>
  db.all<PayoutRow>(sql`SELECT o.id, o.reference, o.by, o.date_added, l.currency, count(*) AS participants, sum(l.rewards) AS rewards,
      sum(l.netted) AS netted, sum(l.amount) AS amount, iif(count(l.date_undone) = count(*), max(l.date_undone), NULL) AS date_undone
    FROM payouts o CROSS JOIN payout_lines l ON l.payout_id = o.id AND ${isKept(sql`l.campaign_id`)}
    WHERE o.id IN (${ids}) AND o.member_id = ${memberId} GROUP BY o.event, l.currency ORDER BY o.event DESC, l.currency`);

export const payoutById = (db: Db, memberId: number, id: number) => withTotals(db, memberId, sql`${id}`);

const of = (column: string, value: number | string | undefined) =>
  value === undefined ? sql`` : sql`AND ${sql.raw(column)} = ${value}`;

const made = (memberId: number, { campaign_id, participant_id, currency }: PayoutQuery) =>
  sql`payouts o WHERE o.member_id = ${memberId} AND EXISTS (SELECT 1 FROM payout_lines l WHERE l.payout_id = o.id AND ${isKept(sql`l.campaign_id`)}
    ${of("l.campaign_id", campaign_id)} ${of("l.participant_id", participant_id)} ${of("l.currency", currency)})`;

/** A page of the payouts made, newest first. */
export const payoutsPage = (db: Db, memberId: number, query: PayoutQuery) =>
  withTotals(
    db,
    memberId,
    sql`SELECT o.id FROM ${made(memberId, query)} ORDER BY o.event DESC LIMIT ${query.limit} OFFSET ${offset(query)}`,
  );

/** The number of payouts, counted up to `max`. */
export const payoutCount = (db: Db, memberId: number, query: PayoutQuery, max: number) =>
  db.all<{ total: number }>(sql`SELECT count(*) AS total FROM (SELECT 1 FROM ${made(memberId, query)} LIMIT ${max})`);

/** The refunded part of paid rewards `w` of the participant in payout line `l`. */
const owedBack =
  sql.raw(`rewards w INDEXED BY rewards_owed_back WHERE w.campaign_id = l.campaign_id AND w.participant_id = l.participant_id
  AND w.owed_back IS NOT NULL AND ${isCash("w")} AND ${currencyOf("w")} = l.currency`);

export const campaignsOfPayout = (db: Db, memberId: number, id: number) =>
  db
    .selectDistinct({ campaign_id: payoutLines.campaign_id })
    .from(payouts)
    .innerJoin(payoutLines, eq(payoutLines.payout_id, payouts.id))
    .where(and(eq(payouts.id, id), eq(payouts.member_id, memberId), isKept(payoutLines.campaign_id)));

/**
 * One row if another payout deducted a refund of this one's rewards. Without this payout, that deduction would be too
 * large, and the difference would never be paid out.
 */
export const keptByOthers = (db: Db, memberId: number, id: number) =>
  db.all<{ payout_id: number }>(sql`SELECT l.payout_id FROM payouts o CROSS JOIN payout_lines l ON l.payout_id = o.id
    WHERE o.id = ${id} AND o.member_id = ${memberId} AND l.date_undone IS NULL
      AND EXISTS (SELECT 1 FROM ${owedBack} AND w.payout_id = l.payout_id)
      AND (SELECT coalesce(sum(w.owed_back), 0) FROM ${owedBack} AND w.payout_id IS NOT l.payout_id)
        < (SELECT coalesce(sum(k.netted), 0) FROM payout_lines k INDEXED BY payout_lines_netted WHERE k.campaign_id = l.campaign_id
          AND k.participant_id = l.participant_id AND k.netted <> 0 AND k.date_undone IS NULL AND k.currency = l.currency
          AND k.payout_id <> l.payout_id)
    LIMIT 1`);

/** Rewards by ID, and whether a payout may pay them. */
export const payableOf = (db: Db, memberId: number, ids: number[]) =>
  db
    .select({
      id: rewards.id,
      campaign_id: rewards.campaign_id,
      is_payable: sql<number>`${sql.raw(isPayable("rewards"))}`.as("is_payable"),
      is_active: sql<number>`coalesce(${participants.status} = 'active', 0)`.as("is_active"),
    })
    .from(rewards)
    .leftJoin(participants, eq(participants.id, rewards.participant_id))
    .where(and(sql`${rewards.id} IN ${listed(ids)}`, eq(rewards.member_id, memberId), isKept(rewards.campaign_id)));
