import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import {
  type ConversionRow,
  campaignStats,
  campaigns,
  conversionColumns,
  conversions,
  coupons,
  isKept,
  type RefundRow,
  type RewardRow,
  refundColumns,
  refunds,
  rewardColumns,
  rewards,
} from "../../../drizzle/schema";
import { type Fields, fields } from "../../lib/columns";
import type { Db } from "../../lib/db";
import { offset } from "../../lib/page";
import type { ConversionQuery } from "./conversion-schema";

const selectConversion = fields(conversionColumns) as Fields<ConversionRow>;

export const conversionById = (db: Db, memberId: number, id: number) =>
  db
    .select(selectConversion)
    .from(conversions)
    .where(and(eq(conversions.id, id), eq(conversions.member_id, memberId), isKept(conversions.campaign_id)));

/** A conversion's rewards, found by the IDs in its decisions. */
export const rewardsOfConversion = (db: Db, memberId: number, id: number) =>
  db
    .select(fields(rewardColumns) as Fields<RewardRow>)
    .from(rewards)
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .where(
      and(
        sql`${rewards.id} IN (SELECT d.value ->> 'reward' FROM conversions k, json_each(k.decisions) d WHERE k.id = ${id})`,
        sql`+${rewards.member_id} = ${memberId}`,
      ),
    );

const REFUNDS_SHOWN_MAX = 100;

/** The conversion's refunds, by ID. */
export const refundsOf = (db: Db, memberId: number, id: number) =>
  db
    .select(fields(refundColumns) as Fields<RefundRow>)
    .from(conversions)
    .innerJoin(
      refunds,
      and(
        eq(refunds.campaign_id, conversions.campaign_id),
        eq(refunds.event_name, conversions.event_name),
        eq(refunds.external_id, conversions.external_id),
      ),
    )
    .where(and(eq(conversions.id, id), eq(conversions.member_id, memberId)))
    .orderBy(refunds.refund_id)
    .limit(REFUNDS_SHOWN_MAX);

/** How many conversions a search by event name examines. In a whole account, each campaign gets an equal share. */
const LOOKED_MAX = 10_000;

/** The account's campaigns with conversions. */
const sellingOf = (memberId: number) =>
  sql`campaigns c JOIN campaign_stats s ON s.campaign_id = c.id AND s.total_conversions > 0 AND c.member_id = ${memberId}`;
const partOf = (memberId: number) =>
  sql`(SELECT CAST(max(1, ${LOOKED_MAX} / max(1, count(*))) AS INTEGER) FROM ${sellingOf(memberId)})`;

const isOfAccount = ({ campaign_id, participant_id }: ConversionQuery) =>
  campaign_id === undefined && participant_id === undefined;

/** The ID up to which a walk has examined all of an account's campaigns, and must pause. Null if it reached the end. */
const pauseOf = (memberId: number, query: ConversionQuery) =>
  sql`(SELECT min(last) FROM (SELECT (SELECT x.id FROM conversions x WHERE x.campaign_id = c.id ${behind(query, sql`x.id`)}
    ORDER BY x.id LIMIT 1 OFFSET ${partOf(memberId)} - 1) AS last FROM ${sellingOf(memberId)}))`;

/** Newest first, or oldest first after the conversion `after`. */
const wayOf = ({ after }: ConversionQuery) => (after === undefined ? sql`DESC` : sql`ASC`);
const behind = ({ after }: ConversionQuery, id: SQL) => (after === undefined ? sql`` : sql`AND ${id} > ${after}`);

/**
 * The conversions of a participant, a campaign, or the account. Reads up to `max` from each of the account's campaigns.
 */
function placeOf(memberId: number, query: ConversionQuery, max: SQL | number) {
  const { campaign_id, participant_id } = query;
  if (participant_id !== undefined)
    return sql`conversions k WHERE k.participant_id = ${participant_id} AND +k.member_id = ${memberId} AND ${isKept(sql`k.campaign_id`)}
      ${campaign_id === undefined ? sql`` : sql`AND +k.campaign_id = ${campaign_id}`} ${behind(query, sql`k.id`)}`;
  if (campaign_id !== undefined)
    return sql`conversions k WHERE k.campaign_id = ${campaign_id} AND +k.member_id = ${memberId} ${behind(query, sql`k.id`)}`;
  return sql`${sellingOf(memberId)} CROSS JOIN conversions k
    ON k.id IN (SELECT x.id FROM conversions x WHERE x.campaign_id = c.id ${behind(query, sql`x.id`)} ORDER BY x.id ${wayOf(query)} LIMIT ${max})
    WHERE 1`;
}

/** The conversions that a page examines, in its order. */
const looked = (memberId: number, query: ConversionQuery, max: SQL | number) =>
  sql`SELECT k.id, k.event_name FROM ${placeOf(memberId, query, max)} ORDER BY k.id ${wayOf(query)}`;

/** The matching IDs, in the page's order. */
function walk(memberId: number, query: ConversionQuery) {
  if (query.event_name === undefined) return looked(memberId, query, offset(query) + query.limit);
  const all = sql`(${looked(memberId, query, partOf(memberId))} LIMIT ${LOOKED_MAX})`;
  const toPause =
    isOfAccount(query) && query.after !== undefined
      ? sql`AND id <= coalesce(${pauseOf(memberId, query)}, ${Number.MAX_SAFE_INTEGER})`
      : sql``;
  return sql`SELECT id FROM ${all} WHERE event_name = ${query.event_name} ${toPause}`;
}

export function conversionsPage(db: Db, memberId: number, query: ConversionQuery) {
  return db
    .select(selectConversion)
    .from(conversions)
    .where(
      sql`${conversions.id} IN (SELECT id FROM (${walk(memberId, query)}) LIMIT ${query.limit} OFFSET ${offset(query)})`,
    )
    .orderBy(query.after === undefined ? desc(conversions.id) : asc(conversions.id));
}

/** The conversions on a page of `updated_since`. */
export const updatedConversions = (db: Db, memberId: number, query: ConversionQuery, rows: SQL) =>
  db
    .select(selectConversion)
    .from(conversions)
    .innerJoin(sql`${rows} f`, sql`f.id = ${conversions.id} AND f.counts`)
    .where(
      and(
        sql`+${conversions.member_id} = ${memberId}`,
        isKept(conversions.campaign_id),
        query.campaign_id === undefined ? undefined : sql`+${conversions.campaign_id} = ${query.campaign_id}`,
        query.event_name === undefined ? undefined : sql`+${conversions.event_name} = ${query.event_name}`,
      ),
    )
    .orderBy(sql`f.stream, f.at, f.id`)
    .limit(query.limit);

/** The last ID that a page filtered by event name could examine. Undefined if it reached the end. */
export function lastLooked(db: Db, memberId: number, query: ConversionQuery) {
  if (query.after === undefined || query.event_name === undefined)
    return db.all<{ id: number | null }>(sql`SELECT NULL AS id`);
  if (isOfAccount(query)) return db.all<{ id: number | null }>(sql`SELECT ${pauseOf(memberId, query)} AS id`);
  return db.all<{ id: number | null }>(
    sql`SELECT id FROM (${looked(memberId, query, LOOKED_MAX)}) LIMIT 1 OFFSET ${LOOKED_MAX - 1}`,
  );
}

/** The total of the campaign or the account, from stored totals. */
export const keptCount = (db: Db, memberId: number, { campaign_id }: ConversionQuery) =>
  db
    .select({ total: sql<number>`coalesce(sum(${campaignStats.total_conversions}), 0)`.as("total") })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(
      and(eq(campaigns.member_id, memberId), campaign_id === undefined ? undefined : eq(campaigns.id, campaign_id)),
    );

/** The number of matches, counted up to `max`. */
export const conversionCount = (db: Db, memberId: number, query: ConversionQuery, max: number) =>
  db.all<{ total: number }>(
    sql`SELECT count(*) AS total FROM (SELECT 1 FROM (${walk(memberId, { ...query, after: undefined })}) LIMIT ${max})`,
  );
