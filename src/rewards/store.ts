import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { campaignStats, campaigns, coupons, participants, rewards } from "../../drizzle/schema";
import type { Db } from "../lib/db";
import { COUNT_LIMIT, offset } from "../lib/page";
import type { RewardRow } from "./earned";
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

/** For a change of several. */
export const rewardsById = (db: Db, memberId: number, ids: number[]) =>
  withCoupon(db).where(and(inArray(rewards.id, ids), eq(rewards.member_id, memberId)));

/** A reward beside who earned it and where, for people to read. */
const listed = (db: Db) =>
  db
    .select({
      ...selectReward,
      note: as<string | null>(rewards.note, "note"),
      campaign_name: as<string | null>(campaigns.name, "campaign_name"),
      name: as<string | null>(participants.name, "name"),
      email: as<string | null>(participants.email, "email"),
    })
    .from(rewards)
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .leftJoin(participants, eq(participants.id, rewards.participant_id))
    .leftJoin(campaigns, eq(campaigns.id, rewards.campaign_id));

const newestFirst = [desc(rewards.date_earned), desc(rewards.id)];

/** One page of a list. Only what is shown is joined, however far down it is. */
export const listedRewards = (db: Db, memberId: number, query: RewardQuery) =>
  listed(db)
    .where(
      and(
        // The plus keeps SQLite to the ids, away from the index of all that is the member's.
        sql`+${rewards.member_id} = ${memberId}`,
        sql`${rewards.id} IN ${isPendingOnly(query) ? pendingPage(memberId, query) : idsPage(db, memberId, query)}`,
      ),
    )
    .orderBy(...newestFirst);

const idsPage = (db: Db, memberId: number, query: RewardQuery) =>
  db
    .select({ id: rewards.id })
    .from(rewards)
    .where(conditions(memberId, query))
    .orderBy(...newestFirst)
    .limit(query.limit)
    .offset(offset(query));

const isPendingOnly = ({ status, participant_id }: RewardQuery) => status === "pending" && participant_id === undefined;

/** The member's campaigns in which something is pending, times the types that are asked for: so the index of pending rewards is entered. */
const pendingPlaces = (memberId: number, { campaign_id, reward_type }: RewardQuery) => {
  const types = JSON.stringify(reward_type === undefined ? [1, 2, 3, 4, 5] : [reward_type]);
  return sql`(SELECT c.id AS campaign_id, t.value AS reward_type FROM campaigns c
    JOIN campaign_stats s ON s.campaign_id = c.id AND s.rewards_pending > 0 CROSS JOIN json_each(${types}) t
    WHERE c.member_id = ${memberId} AND ${campaign_id === undefined ? sql`1` : sql`c.id = ${campaign_id}`})`;
};

/** Of each place no more is read than the page could show. */
const pendingPage = (memberId: number, query: RewardQuery) =>
  sql`(SELECT r.id FROM ${pendingPlaces(memberId, query)} o CROSS JOIN rewards r ON r.id IN (
      SELECT p.id FROM rewards p WHERE p.campaign_id = o.campaign_id AND p.reward_type = o.reward_type AND p.status = 'pending'
      ORDER BY p.date_earned DESC, p.id DESC LIMIT ${offset(query) + query.limit})
    ORDER BY r.date_earned DESC, r.id DESC LIMIT ${query.limit} OFFSET ${offset(query)})`;

/** How many pending ones of a type there are, counted up to `COUNT_LIMIT`. */
const pendingCount = (db: Db, memberId: number, query: RewardQuery) =>
  db.all<{ total: number }>(sql`SELECT count(*) AS total FROM (SELECT 1 FROM ${pendingPlaces(memberId, query)} o
    CROSS JOIN rewards p ON p.campaign_id = o.campaign_id AND p.reward_type = o.reward_type AND p.status = 'pending'
    LIMIT ${COUNT_LIMIT})`);

/** How many a filter by more than campaign and status finds. */
export const listedCount = (db: Db, memberId: number, query: RewardQuery) =>
  isPendingOnly(query) ? pendingCount(db, memberId, query) : filteredCount(db, memberId, query);

/** How many there are of each status in the campaign or the account, from the kept totals. */
export const keptTotals = (db: Db, memberId: number, campaignId: number | undefined) =>
  db
    .select({
      pending: sql<number>`coalesce(sum(${campaignStats.rewards_pending}), 0)`.as("pending"),
      fulfilled: sql<number>`coalesce(sum(${campaignStats.rewards_fulfilled}), 0)`.as("fulfilled"),
      revoked: sql<number>`coalesce(sum(${campaignStats.rewards_revoked}), 0)`.as("revoked"),
    })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(campaigns.member_id, memberId), campaignId === undefined ? undefined : eq(campaigns.id, campaignId)));

/** The slice of a filter's rewards that follows this one, newest first. */
export const rewardsAfter = (
  db: Db,
  memberId: number,
  query: RewardQuery,
  last: Pick<RewardRow, "date_earned" | "id"> | undefined,
  max: number,
) =>
  listed(db)
    .where(
      and(
        conditions(memberId, query),
        last && sql`(${rewards.date_earned}, ${rewards.id}) < (${last.date_earned.getTime()}, ${last.id})`,
      ),
    )
    .orderBy(...newestFirst)
    .limit(max);
