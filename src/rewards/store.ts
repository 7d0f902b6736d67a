import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { campaignStats, campaigns, coupons, rewards } from "../../drizzle/schema";
import type { Db } from "../lib/db";
import { COUNT_LIMIT, offset } from "../lib/page";
import type { RewardQuery } from "./schema";

const as = <T>(column: SQL | { getSQL(): SQL }, name: string) => sql<T>`${column}`.as(name);

/** A reward with its coupon's code, every column under its own name. */
export const selectReward = {
  id: as<number>(rewards.id, "id"),
  campaign_id: as<number>(rewards.campaign_id, "campaign_id"),
  participant_id: as<number>(rewards.participant_id, "participant_id"),
  role: as<"referrer" | "invited">(rewards.role, "role"),
  reward_type: as<number>(rewards.reward_type, "reward_type"),
  status: as<"pending" | "fulfilled" | "revoked">(rewards.status, "status"),
  coupon: as<string | null>(coupons.code, "coupon"),
  redirect_url: as<string | null>(rewards.redirect_url, "redirect_url"),
  custom_message: as<string | null>(rewards.custom_message, "custom_message"),
  cash_cents: as<number | null>(rewards.cash_cents, "cash_cents"),
  token_symbol: as<string | null>(rewards.token_symbol, "token_symbol"),
  token_address: as<string | null>(rewards.token_address, "token_address"),
  token_amount: as<string | null>(rewards.token_amount, "token_amount"),
  token_transaction: as<string | null>(rewards.token_transaction, "token_transaction"),
  date_earned: sql`${rewards.date_earned}`.mapWith(rewards.date_earned).as("date_earned"),
  date_fulfilled: sql<Date | null>`${rewards.date_fulfilled}`.mapWith(rewards.date_fulfilled).as("date_fulfilled"),
};

const withCoupon = (db: Db) =>
  db.select(selectReward).from(rewards).leftJoin(coupons, eq(coupons.reward_id, rewards.id));

/** A participant's rewards: their ids are his own times 64, and the rule's slot. */
const ofParticipant = (participantId: number) =>
  sql`${rewards.id} BETWEEN ${participantId * 64} AND ${participantId * 64 + 63}`;

export const rewardsOfParticipant = (db: Db, participantId: number) =>
  withCoupon(db).where(ofParticipant(participantId));

/** The conditions of a list, written so that SQLite enters by the narrowest index. */
function conditions(memberId: number, query: RewardQuery) {
  const isMembers = sql`+${rewards.member_id} = ${memberId}`;
  const others = and(
    query.status && eq(rewards.status, query.status),
    query.reward_type === undefined ? undefined : eq(rewards.reward_type, query.reward_type),
  );
  if (query.participant_id !== undefined) {
    const inCampaign =
      query.campaign_id === undefined ? undefined : sql`+${rewards.campaign_id} = ${query.campaign_id}`;
    return and(ofParticipant(query.participant_id), isMembers, inCampaign, others);
  }
  if (query.campaign_id !== undefined) return and(eq(rewards.campaign_id, query.campaign_id), isMembers, others);
  return and(eq(rewards.member_id, memberId), others);
}

export const rewardsPage = (db: Db, memberId: number, query: RewardQuery) =>
  withCoupon(db)
    .where(conditions(memberId, query))
    .orderBy(desc(rewards.date_earned), desc(rewards.id))
    .limit(query.limit)
    .offset(offset(query));

/** How many a filter finds, counted up to `COUNT_LIMIT`. */
export const filteredCount = (db: Db, memberId: number, query: RewardQuery) =>
  db.select({ total: sql<number>`count(*)`.as("total") }).from(
    db
      .select({ one: sql`1`.as("one") })
      .from(rewards)
      .where(conditions(memberId, query))
      .limit(COUNT_LIMIT)
      .as("found"),
  );

/** How many there are in the campaign or the account, from the kept totals. */
export const keptCount = (db: Db, memberId: number, query: RewardQuery) => {
  const column = {
    pending: campaignStats.rewards_pending,
    fulfilled: campaignStats.rewards_fulfilled,
    revoked: campaignStats.rewards_revoked,
  };
  const all = sql`${column.pending} + ${column.fulfilled} + ${column.revoked}`;
  return db
    .select({ total: sql<number>`coalesce(sum(${query.status ? column[query.status] : all}), 0)`.as("total") })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(
      and(
        eq(campaigns.member_id, memberId),
        query.campaign_id === undefined ? undefined : eq(campaigns.id, query.campaign_id),
      ),
    );
};

export const rewardById = (db: Db, memberId: number, id: number) =>
  withCoupon(db).where(and(eq(rewards.id, id), eq(rewards.member_id, memberId)));
