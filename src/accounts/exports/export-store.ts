import { and, asc, eq, gt, ne, sql } from "drizzle-orm";
import { campaigns, coupons, isKept, participants, rewards } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** A slice of what comes after a row, in the order of an index: however long the list, a slice costs what it shows. */
export const campaignsAfter = (db: Db, memberId: number, after: number, limit: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.member_id, memberId), gt(campaigns.id, after)))
    .orderBy(asc(campaigns.id))
    .limit(limit);

export const participantsAfter = (db: Db, memberId: number, after: number, limit: number) =>
  db
    .select({
      id: participants.id,
      campaign_id: participants.campaign_id,
      email: participants.email,
      name: participants.name,
      status: participants.status,
      date_signedup: participants.date_signedup,
      invited_by: participants.invited_by,
      invited_social: participants.invited_social,
      referral_url: participants.referral_url,
      external_id: participants.external_id,
      metadata: participants.metadata,
      language: participants.language,
      referral_count: participants.referral_count,
      click_count: participants.click_count,
      share_count: participants.share_count,
    })
    .from(participants)
    .where(
      and(
        eq(participants.member_id, memberId),
        gt(participants.id, after),
        isKept(participants.campaign_id),
        ne(participants.status, "erased"),
      ),
    )
    .orderBy(asc(participants.id))
    .limit(limit);

export const rewardsAfter = (db: Db, memberId: number, earned: Date, after: number, limit: number) =>
  db
    .select({
      id: sql<number>`${rewards.id}`.as("id"),
      campaign_id: sql<number>`${rewards.campaign_id}`.as("campaign_id"),
      participant_id: sql<number>`${rewards.participant_id}`.as("participant_id"),
      role: sql<string>`${rewards.role}`.as("role"),
      reward_type: sql<number>`${rewards.reward_type}`.as("reward_type"),
      status: sql<string>`${rewards.status}`.as("status"),
      coupon: sql<string | null>`${coupons.code}`.as("coupon"),
      redirect_url: sql<string | null>`${rewards.redirect_url}`.as("redirect_url"),
      custom_message: sql<string | null>`${rewards.custom_message}`.as("custom_message"),
      cash_cents: sql<number | null>`${rewards.cash_cents}`.as("cash_cents"),
      token_symbol: sql<string | null>`${rewards.token_symbol}`.as("token_symbol"),
      token_amount: sql<string | null>`${rewards.token_amount}`.as("token_amount"),
      token_transaction: sql<string | null>`${rewards.token_transaction}`.as("token_transaction"),
      note: sql<string | null>`${rewards.note}`.as("note"),
      date_earned: sql`${rewards.date_earned}`.mapWith(rewards.date_earned).as("date_earned"),
      date_fulfilled: sql<Date | null>`${rewards.date_fulfilled}`.mapWith(rewards.date_fulfilled).as("date_fulfilled"),
    })
    .from(rewards)
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .where(
      and(
        eq(rewards.member_id, memberId),
        isKept(rewards.campaign_id),
        sql`(${rewards.date_earned}, ${rewards.id}) > (${earned.getTime()}, ${after})`,
      ),
    )
    .orderBy(asc(rewards.date_earned), asc(rewards.id))
    .limit(limit);

/** Campaign by campaign. The joined id is compared within its campaign alone, so that SQLite goes on where the last slice ended. */
export const couponsAfter = (db: Db, memberId: number, campaignId: number, after: number, limit: number) =>
  db.all<{ id: number; campaign_id: number; code: string; reward_id: number | null; date_assigned: number | null }>(
    sql`SELECT o.id, o.campaign_id, o.code, o.reward_id, o.date_assigned
      FROM campaigns c CROSS JOIN coupons o ON o.campaign_id = c.id AND o.id > iif(c.id = ${campaignId}, ${after}, 0)
      WHERE c.member_id = ${memberId} AND c.id >= ${campaignId} ORDER BY c.id, o.id LIMIT ${limit}`,
  );
