import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { conversions, participants } from "../../../drizzle/schema";
import { field, ifAny } from "../../lib/columns";
import type { Db } from "../../lib/db";
import type { ConversionFilter } from "./conversion-forms";

/**
 * How many conversions one page reads at most, even if few match its filter. Sorted by amount, a list has the newest of them:
 * an index would be one more row written for each sale.
 */
const LOOKED_MAX = 2_000;
const EVENTS_SHOWN = 50;

const [buyers, referrers] = [alias(participants, "buyer"), alias(participants, "referrer")];

/** The names of a campaign's events, found with one index step each. */
const eventNames = (campaignId: number) => sql`events AS (
  SELECT min(event_name) AS name FROM conversions WHERE campaign_id = ${campaignId}
  UNION ALL
  SELECT (SELECT min(k.event_name) FROM conversions k WHERE k.campaign_id = ${campaignId} AND k.event_name > e.name)
  FROM events e WHERE e.name IS NOT NULL LIMIT ${EVENTS_SHOWN})`;

/** The events that a campaign has conversions for. The caller checks who owns the campaign. */
export const eventsOf = (db: Db, memberId: number, campaignId: number) =>
  db.all<{ name: string }>(sql`WITH RECURSIVE ${eventNames(campaignId)} SELECT name FROM events
    WHERE name IS NOT NULL AND EXISTS (SELECT 1 FROM campaigns c WHERE c.id = ${campaignId} AND c.member_id = ${memberId})`);

/** The sort key of each order. Amounts are compared within a currency. */
const KEYS = {
  newest: ["-id"],
  largest: ["currency", "-amount", "-id"],
  smallest: ["currency", "amount", "id"],
} as const;

const keyOf = ({ sort = "newest" }: ConversionFilter, alias: string) =>
  sql.raw(KEYS[sort].map((key) => key.replace(/\w+/, `${alias}.$&`)).join(", "));

export const isByAmount = ({ sort }: ConversionFilter) => sort === "largest" || sort === "smallest";

/** Walks conversions along the narrowest index for the filter, newest first. By amount, each page walks the same ones. */
function walk(memberId: number, campaignId: number, filter: ConversionFilter) {
  const { q, participant_id, after } = filter;
  const before = (!isByAmount(filter) && after) || Number.MAX_SAFE_INTEGER;
  const own = sql`+k.member_id = ${memberId} AND k.id < ${before}`;
  if (q !== undefined)
    return sql`WITH RECURSIVE ${eventNames(campaignId)} SELECT k.* FROM events e CROSS JOIN conversions k
      ON k.campaign_id = ${campaignId} AND k.event_name = e.name AND k.external_id = ${q} WHERE ${own}`;
  if (participant_id !== undefined)
    return sql`SELECT k.* FROM conversions k WHERE k.participant_id = ${participant_id} AND +k.campaign_id = ${campaignId} AND ${own}
      ORDER BY k.id DESC LIMIT ${LOOKED_MAX}`;
  return sql`SELECT k.* FROM conversions k WHERE k.campaign_id = ${campaignId} AND ${own} ORDER BY k.id DESC LIMIT ${LOOKED_MAX}`;
}

const found = (memberId: number, campaignId: number, filter: ConversionFilter, limit: number) => {
  const { event_name, outcome, participant_id, after } = filter;
  const behind = sql`AND (${keyOf(filter, "f")}) > (SELECT ${keyOf(filter, "a")} FROM conversions a
    WHERE a.id = ${after} AND a.campaign_id = ${campaignId} AND a.member_id = ${memberId})`;
  return sql`SELECT id FROM (${walk(memberId, campaignId, filter)}) f WHERE 1
    ${after !== undefined && isByAmount(filter) ? behind : sql``}
    ${event_name === undefined ? sql`` : sql`AND event_name = ${event_name}`}
    ${outcome === undefined ? sql`` : sql`AND outcome = ${outcome}`}
    ${participant_id === undefined ? sql`` : sql`AND participant_id = ${participant_id}`}
    ORDER BY ${keyOf(filter, "f")} LIMIT ${limit}`;
};

/** The matching conversions of a campaign in their order, with their buyers and referrers. */
export const listed = (db: Db, memberId: number, campaignId: number, filter: ConversionFilter, limit: number) =>
  db
    .select({
      id: field(conversions.id, "id"),
      campaign_id: field(conversions.campaign_id, "campaign_id"),
      event_name: field(conversions.event_name, "event_name"),
      external_id: field(conversions.external_id, "external_id"),
      amount: field(conversions.amount, "amount"),
      currency: field(conversions.currency, "currency"),
      refunded: field(conversions.refunded, "refunded"),
      outcome: field(conversions.outcome, "outcome"),
      occurred_at: field(conversions.occurred_at, "occurred_at"),
      date_added: field(conversions.date_added, "date_added"),
      ...peopleColumns,
    })
    .from(conversions)
    .leftJoin(buyers, eq(buyers.id, conversions.participant_id))
    .leftJoin(referrers, eq(referrers.id, conversions.referrer_id))
    .where(sql`${conversions.id} IN (${found(memberId, campaignId, filter, limit)})`)
    .orderBy(keyOf(filter, "conversions"));

const peopleColumns = {
  participant_id: field(conversions.participant_id, "participant_id"),
  referrer_id: field(conversions.referrer_id, "referrer_id"),
  buyer_name: ifAny(buyers.name, "buyer_name"),
  buyer_email: ifAny(buyers.email, "buyer_email"),
  referrer_name: ifAny(referrers.name, "referrer_name"),
  referrer_email: ifAny(referrers.email, "referrer_email"),
};

/** The buyer and the referrer of a conversion. */
export const peopleOf = (db: Db, memberId: number, id: number) =>
  db
    .select(peopleColumns)
    .from(conversions)
    .leftJoin(buyers, eq(buyers.id, conversions.participant_id))
    .leftJoin(referrers, eq(referrers.id, conversions.referrer_id))
    .where(and(eq(conversions.id, id), eq(conversions.member_id, memberId)));

/** Where the walk stopped, if that was before the page was full, or the page is sorted by amount. */
export const stoppedAt = (db: Db, memberId: number, campaignId: number, filter: ConversionFilter, limit: number) =>
  db.all<{ id: number }>(sql`SELECT id FROM (${walk(memberId, campaignId, filter)})
    LIMIT (SELECT ${isByAmount(filter) ? 1 : 0} OR count(*) < ${limit} FROM (${found(memberId, campaignId, filter, limit)})) OFFSET ${LOOKED_MAX - 1}`);
