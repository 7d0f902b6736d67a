import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import {
  brands,
  campaignStats,
  campaigns,
  coupons,
  HELD,
  isKept,
  isSeen,
  isSeenCampaign,
  participants,
  type RewardRow,
  rewards,
  type Seen,
} from "../../../drizzle/schema";
import { kindIds } from "../../ledger/records/reward-kinds";
import type { RewardQuery } from "../../ledger/records/reward-schema";
import { field, ifAny } from "../../lib/columns";
import type { Db } from "../../lib/db";
import { offset } from "../../lib/page";
import { ofParticipant, selectReward, withCoupon } from "./reward-store";

/** A query, the sort order of a page without `after`, and the brands whose rewards it may include. */
export type Query = RewardQuery & { sort?: "newest" | "oldest" | "largest" | "smallest" | undefined; seen?: Seen };

/** A page of a list, by `offset` or after the reward `last`. */
type Part = {
  limit: number;
  offset?: number;
  last?: Pick<RewardRow, "date_earned" | "id"> | undefined;
  isOldestFirst: boolean;
  /** Oldest first, after the reward with this ID. */
  after?: number | undefined;
};

const isOldestFirst = ({ after, sort }: Query) => after !== undefined || sort === "oldest";
const partOf = (query: Query): Part => ({
  limit: query.limit,
  offset: offset(query),
  isOldestFirst: isOldestFirst(query),
  after: query.after,
});

/** One row if the walk starts, or the reward to continue after exists. */
export const cursor = (db: Db, memberId: number, { after = 0 }: RewardQuery) =>
  db.all<{ id: number }>(
    sql`SELECT ${after} AS id WHERE ${after} = 0 OR EXISTS (SELECT 1 FROM rewards a WHERE a.id = ${after} AND a.member_id = ${memberId})`,
  );

const beyond = (memberId: number, { last, after, isOldestFirst }: Part) => {
  if (after !== undefined)
    return sql`AND (p.date_earned, p.id) >
      (coalesce((SELECT a.date_earned FROM rewards a WHERE a.id = ${after} AND a.member_id = ${memberId}), 0), ${after})`;
  if (last === undefined) return sql``;
  return sql`AND (p.date_earned, p.id) ${sql.raw(isOldestFirst ? ">" : "<")} (${last.date_earned.getTime()}, ${last.id})`;
};

const inOrder = (alias: string, { isOldestFirst }: Part) => {
  const way = isOldestFirst ? "ASC" : "DESC";
  return sql.raw(`${alias}.date_earned ${way}, ${alias}.id ${way}`);
};

/** Literals, because SQLite only uses a partial index if the status is one. */
const OF_STATUS = {
  held: sql.raw(`AND p.status = 'pending' AND ${HELD.yes("p")}`),
  pending: sql.raw(`AND p.status = 'pending' AND ${HELD.no("p")}`),
  fulfilled: sql`AND p.status = 'fulfilled' AND p.date_expired IS NULL`,
  revoked: sql`AND p.status = 'revoked' AND p.date_expired IS NULL`,
  expired: sql`AND p.date_expired IS NOT NULL`,
};
export const ofStatus = ({ status }: RewardQuery) => (status === undefined ? sql`` : OF_STATUS[status]);

/** Whether to walk the list by the participant's IDs or the member's dates, because few rows would be skipped. */
const isWalked = ({ participant_id, campaign_id, brand_id, reward_type, status }: RewardQuery) =>
  participant_id !== undefined ||
  (campaign_id === undefined &&
    brand_id === undefined &&
    reward_type === undefined &&
    (status === undefined || status === "fulfilled"));

const earnedBetween = ({ earned_after, earned_before }: RewardQuery) => sql`
  ${earned_after === undefined ? sql`` : sql`AND p.date_earned >= ${earned_after.getTime()}`}
  ${earned_before === undefined ? sql`` : sql`AND p.date_earned < ${earned_before.getTime()}`}`;

function walked(memberId: number, query: Query) {
  const { participant_id, campaign_id, brand_id, reward_type } = query;
  if (participant_id === undefined)
    return sql`rewards p INDEXED BY rewards_of_member WHERE p.member_id = ${memberId} AND ${isKept(sql`p.campaign_id`)}
      AND ${isSeenCampaign(sql`p.campaign_id`, query.seen)} ${ofStatus(query)} ${earnedBetween(query)}`;
  return sql`rewards p WHERE ${ofParticipant("p", participant_id)} AND +p.member_id = ${memberId}
    AND ${isKept(sql`p.campaign_id`)} AND ${isSeenCampaign(sql`p.campaign_id`, query.seen)}
    ${campaign_id === undefined ? sql`` : sql`AND p.campaign_id = ${campaign_id}`}
    ${brand_id === undefined ? sql`` : sql`AND p.campaign_id IN (SELECT id FROM campaigns WHERE brand_id = ${brand_id})`}
    ${reward_type === undefined ? sql`` : sql`AND p.reward_type = ${reward_type}`} ${ofStatus(query)} ${earnedBetween(query)}`;
}

/** The stored totals per status, in `campaign_stats`. */
const COUNTS = {
  held: "campaign_stats.rewards_held",
  pending: "campaign_stats.rewards_pending - campaign_stats.rewards_held",
  fulfilled: "campaign_stats.rewards_fulfilled - campaign_stats.credit_expired",
  revoked: "campaign_stats.rewards_revoked - campaign_stats.rewards_expired",
  expired: "campaign_stats.rewards_expired + campaign_stats.credit_expired",
};
const ALL = "campaign_stats.rewards_pending + campaign_stats.rewards_fulfilled + campaign_stats.rewards_revoked";
const countsOf = ({ status }: RewardQuery) => (status === undefined ? ALL : COUNTS[status]);

/**
 * The member's campaigns with such rewards, combined with the requested types. For each pair, an index has the rewards
 * in order.
 */
const placesOf = (memberId: number, query: Query) => {
  const { campaign_id, brand_id, reward_type } = query;
  const types = JSON.stringify(reward_type === undefined ? kindIds : [reward_type]);
  return sql`(SELECT c.id AS campaign_id, t.value AS reward_type FROM campaigns c
    JOIN campaign_stats ON campaign_stats.campaign_id = c.id AND ${sql.raw(countsOf(query))} > 0 CROSS JOIN json_each(${types}) t
    WHERE c.member_id = ${memberId} AND ${campaign_id === undefined ? sql`1` : sql`c.id = ${campaign_id}`}
    AND ${brand_id === undefined ? sql`1` : sql`c.brand_id = ${brand_id}`} AND ${isSeen(sql`c.brand_id`, query.seen) ?? sql`1`})`;
};

const inPlace = (query: RewardQuery) => {
  const index = {
    held: "pending",
    pending: "pending",
    revoked: "revoked",
    expired: "expired",
    fulfilled: "of_campaign",
  }[query.status ?? "fulfilled"];
  return sql`rewards p INDEXED BY ${sql.raw(`rewards_${index}`)}
    WHERE p.campaign_id = o.campaign_id AND p.reward_type = o.reward_type ${ofStatus(query)} ${earnedBetween(query)}`;
};

/** The IDs of a page, in order. For each pair, reads at most as many rows as fit on the page. */
export function idsOf(memberId: number, query: Query, part: Part) {
  const { limit, offset = 0 } = part;
  if (isWalked(query))
    return sql`(SELECT p.id FROM ${walked(memberId, query)} ${beyond(memberId, part)}
      ORDER BY ${inOrder("p", part)} LIMIT ${limit} OFFSET ${offset})`;
  return sql`(SELECT r.id FROM ${placesOf(memberId, query)} o CROSS JOIN rewards r ON r.id IN (
      SELECT p.id FROM ${inPlace(query)} ${beyond(memberId, part)}
      ORDER BY ${inOrder("p", part)} LIMIT ${offset + limit})
    ORDER BY ${inOrder("r", part)} LIMIT ${limit} OFFSET ${offset})`;
}

const inPart = (memberId: number, query: Query, part: Part) =>
  // The plus makes SQLite use the IDs instead of the index of all the member's rewards.
  and(sql`+${rewards.member_id} = ${memberId}`, sql`${rewards.id} IN ${idsOf(memberId, query, part)}`);

const orderOf = (query: Query) =>
  isOldestFirst(query) ? [asc(rewards.date_earned), asc(rewards.id)] : [desc(rewards.date_earned), desc(rewards.id)];

export const rewardsPage = (db: Db, memberId: number, query: RewardQuery) =>
  withCoupon(db)
    .where(inPart(memberId, query, partOf(query)))
    .orderBy(...orderOf(query));

/** The rewards on a page of `updated_since`. */
export const updatedRewards = (db: Db, memberId: number, query: RewardQuery, rows: SQL) =>
  withCoupon(db)
    .innerJoin(sql`${rows} f`, sql`f.id = ${rewards.id} AND f.counts`)
    .innerJoin(sql`rewards p`, sql`p.id = ${rewards.id}`)
    .where(
      sql`+rewards.member_id = ${memberId} AND ${isKept(rewards.campaign_id)} ${ofStatus(query)}
        ${query.campaign_id === undefined ? sql`` : sql`AND +rewards.campaign_id = ${query.campaign_id}`}
        ${query.reward_type === undefined ? sql`` : sql`AND +rewards.reward_type = ${query.reward_type}`}`,
    )
    .orderBy(sql`f.stream, f.at, f.id`)
    .limit(query.limit);

/** The number of matches, counted up to `max`. */
export const filteredCount = (db: Db, memberId: number, query: Query, max: number) =>
  db.all<{ total: number }>(
    sql`SELECT count(*) AS total FROM (SELECT 1 FROM ${
      isWalked(query) ? walked(memberId, query) : sql`${placesOf(memberId, query)} o CROSS JOIN ${inPlace(query)}`
    } LIMIT ${max})`,
  );

const totalOf = (counts: string) => sql<number>`coalesce(sum(${sql.raw(counts)}), 0)`;

/** The total of the campaign or the account, from stored totals. */
export const keptCount = (db: Db, memberId: number, query: RewardQuery) =>
  db
    .select({ total: totalOf(countsOf(query)).as("total") })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(
      and(
        eq(campaigns.member_id, memberId),
        query.campaign_id === undefined ? undefined : eq(campaigns.id, query.campaign_id),
      ),
    );

/** A reward with its participant and campaign. */
export const listed = (db: Db) =>
  db
    .select({
      ...selectReward,
      note: field(rewards.note, "note"),
      campaign_name: ifAny(campaigns.name, "campaign_name"),
      brand_name: sql<string | null>`coalesce(${brands.name}, ${brands.domain})`.as("brand_name"),
      name: ifAny(participants.name, "name"),
      email: ifAny(participants.email, "email"),
    })
    .from(rewards)
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .leftJoin(participants, eq(participants.id, rewards.participant_id))
    .leftJoin(campaigns, eq(campaigns.id, rewards.campaign_id))
    .leftJoin(brands, eq(brands.id, campaigns.brand_id));

export const listedReward = (db: Db, memberId: number, id: number) =>
  listed(db).where(and(eq(rewards.id, id), eq(rewards.member_id, memberId), isKept(rewards.campaign_id)));

/** A page of a list. The IDs are selected first, so only the rows shown are joined, however far back the page is. */
const listedPart = (db: Db, memberId: number, query: Query, part: Part) =>
  listed(db)
    .where(inPart(memberId, query, part))
    .orderBy(...orderOf(query));

export const listedRewards = (db: Db, memberId: number, query: Query) => listedPart(db, memberId, query, partOf(query));

export const rewardsAfter = (db: Db, memberId: number, query: Query, last: Part["last"], limit: number) =>
  listedPart(db, memberId, query, { limit, last, isOldestFirst: isOldestFirst(query) });

type Totalled = Pick<Query, "campaign_id" | "brand_id" | "seen">;

/** The number of rewards per status in the campaign, brand, or account, from stored totals. */
export const keptTotals = (db: Db, memberId: number, { campaign_id, brand_id, seen }: Totalled) =>
  db
    .select({
      held: totalOf(COUNTS.held).as("held"),
      pending: totalOf(COUNTS.pending).as("pending"),
      fulfilled: totalOf(COUNTS.fulfilled).as("fulfilled"),
      revoked: totalOf(COUNTS.revoked).as("revoked"),
      expired: totalOf(COUNTS.expired).as("expired"),
    })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(
      and(
        eq(campaigns.member_id, memberId),
        campaign_id === undefined ? undefined : eq(campaigns.id, campaign_id),
        brand_id === undefined ? undefined : eq(campaigns.brand_id, brand_id),
        isSeen(campaigns.brand_id, seen),
      ),
    );
