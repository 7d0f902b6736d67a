import { and, desc, eq, sql } from "drizzle-orm";
import { redemptions } from "../../../drizzle/schema";
import { currencyOf, worthOf } from "../../ledger/rewards/cash";
import { creditOf, LEFT } from "../../ledger/rewards/credit";
import type { Db } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";

export type Credit = { currency: string; granted: number; expired: number; earned: number; redeemed: number };

/** A participant's given, lost, and redeemed credit, per currency. `earned` excludes what they lost. */
export const balancesOf = (db: Db, id: number) =>
  db.all<Credit>(sql`SELECT currency, sum(granted) AS granted, sum(expired) AS expired, sum(earned) AS earned, sum(redeemed) AS redeemed FROM (
      SELECT ${sql.raw(currencyOf("w"))} AS currency, ${sql.raw(worthOf("w"))} AS granted, coalesce(w.expired_amount, 0) AS expired,
        ${sql.raw(LEFT)} AS earned, 0 AS redeemed FROM ${sql.raw(creditOf(String(id)))}
      UNION ALL SELECT d.currency, 0, 0, 0, d.amount FROM redemptions d WHERE d.participant_id = ${id})
    GROUP BY currency ORDER BY currency`);

/** A participant's expired store credit that the cron has not processed yet. */
export const expiringCredit = (db: Db, id: number, now: Date) =>
  db.all<{ id: number; campaign_id: number }>(
    sql`SELECT w.id, w.campaign_id FROM ${sql.raw(creditOf(String(id)))} AND w.expires_at <= ${now.getTime()}`,
  );

const ofParticipant = (memberId: number, id: number) =>
  and(
    eq(redemptions.participant_id, id),
    sql`EXISTS (SELECT 1 FROM participants p WHERE p.id = ${id} AND p.member_id = ${memberId})`,
  );

/** A page of a participant's redemptions, newest first. */
export const redemptionsPage = (db: Db, memberId: number, id: number, query: PageQuery) =>
  db
    .select()
    .from(redemptions)
    .where(ofParticipant(memberId, id))
    .orderBy(desc(redemptions.date_added), redemptions.redemption_id)
    .limit(query.limit)
    .offset(offset(query));

/** The number of redemptions, counted up to `max`. */
export const redemptionCount = (db: Db, memberId: number, id: number, max: number) =>
  db.select({ total: sql<number>`count(*)`.as("total") }).from(
    db
      .select({ one: sql`1`.as("one") })
      .from(redemptions)
      .where(ofParticipant(memberId, id))
      .limit(max)
      .as("few"),
  );
