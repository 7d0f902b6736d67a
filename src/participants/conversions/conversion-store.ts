import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import {
  type ConversionRow,
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

/** The rewards of a conversion, by the ids in its decisions. */
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

/** The conversion's refunds, by their ids. */
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

/** How many conversions of a campaign or participant are searched for an event name. */
const LOOKED_MAX = 10_000;

/** Newest first, or oldest first behind the conversion `after`. */
const wayOf = ({ after }: ConversionQuery) => (after === undefined ? sql`DESC` : sql`ASC`);
const behind = ({ after }: ConversionQuery, id: SQL) => (after === undefined ? sql`` : sql`AND ${id} > ${after}`);

/** The conversions of a participant, a campaign, or the account. Of each campaign, at most `max` are read. */
function placeOf(memberId: number, query: ConversionQuery, max: number) {
  const { campaign_id, participant_id } = query;
  if (participant_id !== undefined)
    return sql`conversions k WHERE k.participant_id = ${participant_id} AND +k.member_id = ${memberId} AND ${isKept(sql`k.campaign_id`)}
      ${campaign_id === undefined ? sql`` : sql`AND +k.campaign_id = ${campaign_id}`} ${behind(query, sql`k.id`)}`;
  if (campaign_id !== undefined)
    return sql`conversions k WHERE k.campaign_id = ${campaign_id} AND +k.member_id = ${memberId} ${behind(query, sql`k.id`)}`;
  return sql`campaigns c JOIN campaign_stats s ON s.campaign_id = c.id AND s.total_conversions > 0 CROSS JOIN conversions k
    ON k.id IN (SELECT x.id FROM conversions x WHERE x.campaign_id = c.id ${behind(query, sql`x.id`)} ORDER BY x.id ${wayOf(query)} LIMIT ${max})
    WHERE c.member_id = ${memberId}`;
}

/** The conversions that a page looks at, in its order. */
const looked = (memberId: number, query: ConversionQuery, max: number) =>
  sql`SELECT k.id, k.event_name FROM ${placeOf(memberId, query, max)} ORDER BY k.id ${wayOf(query)}`;

/** The IDs that match, in the page's order. */
function walk(memberId: number, query: ConversionQuery, max: number) {
  const all = looked(memberId, query, max);
  if (query.event_name === undefined) return all;
  return sql`SELECT id FROM (${all} LIMIT ${LOOKED_MAX}) WHERE event_name = ${query.event_name}`;
}

export function conversionsPage(db: Db, memberId: number, query: ConversionQuery) {
  const max = query.event_name === undefined ? offset(query) + query.limit : LOOKED_MAX;
  return db
    .select(selectConversion)
    .from(conversions)
    .where(
      sql`${conversions.id} IN (SELECT id FROM (${walk(memberId, query, max)}) LIMIT ${query.limit} OFFSET ${offset(query)})`,
    )
    .orderBy(query.after === undefined ? desc(conversions.id) : asc(conversions.id));
}

/** The last ID that a page filtered by event name could look at. None if it could look at all that are left. */
export const lastLooked = (db: Db, memberId: number, query: ConversionQuery) =>
  db.all<{ id: number }>(
    sql`SELECT id FROM (${looked(memberId, query, LOOKED_MAX)}) WHERE ${query.after !== undefined && query.event_name !== undefined} LIMIT 1 OFFSET ${LOOKED_MAX - 1}`,
  );

/** How many match, counted up to `max`. */
export const conversionCount = (db: Db, memberId: number, query: ConversionQuery, max: number) =>
  db.all<{ total: number }>(
    sql`SELECT count(*) AS total FROM (SELECT 1 FROM (${walk(memberId, { ...query, after: undefined }, max)}) LIMIT ${max})`,
  );
