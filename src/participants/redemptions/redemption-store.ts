import { and, desc, eq, sql } from "drizzle-orm";
import { isKept, participants, redemptions } from "../../../drizzle/schema";
import { currencyOf } from "../../ledger/cash";
import { creditOf, LEFT } from "../../ledger/credit";
import type { Db } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";

const owned = (memberId: number, id: number) =>
  and(
    eq(participants.id, id),
    eq(participants.member_id, memberId),
    sql`${participants.status} <> 'erased'`,
    isKept(participants.campaign_id),
  );

/** The campaign of a participant. */
export const campaignOf = (db: Db, memberId: number, id: number) =>
  db.select({ campaign_id: participants.campaign_id }).from(participants).where(owned(memberId, id));

/** What a participant was given and redeemed, per currency. */
export const balancesOf = (db: Db, id: number) =>
  db.all<{
    currency: string;
    earned: number;
    redeemed: number;
  }>(sql`SELECT currency, sum(earned) AS earned, sum(redeemed) AS redeemed FROM (
      SELECT ${sql.raw(currencyOf("w"))} AS currency, ${sql.raw(LEFT)} AS earned, 0 AS redeemed FROM ${sql.raw(creditOf(String(id)))}
      UNION ALL SELECT d.currency, 0, d.amount FROM redemptions d WHERE d.participant_id = ${id})
    GROUP BY currency ORDER BY currency`);

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

/** How many there are, counted up to `max`. */
export const redemptionCount = (db: Db, memberId: number, id: number, max: number) =>
  db.select({ total: sql<number>`count(*)`.as("total") }).from(
    db
      .select({ one: sql`1`.as("one") })
      .from(redemptions)
      .where(ofParticipant(memberId, id))
      .limit(max)
      .as("few"),
  );
