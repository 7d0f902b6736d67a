import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import {
  brands,
  campaignStats,
  campaigns,
  isKept,
  isRewardOf,
  isSeen,
  isSeenCampaign,
  ownCampaign,
  type ParticipantRow,
  participantColumns,
  type Seen,
} from "../../../drizzle/schema";
import { brandName } from "../../campaigns/brand-kit-store";
import { type Raw, readColumns } from "../../lib/columns";
import type { Db } from "../../lib/db";
import type { PeopleQuery as Filters } from "./participant-forms";

/** A query, and the brands whose participants it may find. */
export type PeopleQuery = Filters & { seen?: Seen };

const listedColumns = { ...participantColumns, campaign_name: campaigns.name, brand_name: brands.name };
export type Listed = ParticipantRow & { campaign_name: string; brand_name: string };

export const readListed = (row: Raw) => readColumns(listedColumns, row) as Listed;

/** How many participants one page reads at most, even if few match its filter. A search by name reads only names. */
export const lookedMax = ({ name }: PeopleQuery) => (name === undefined ? 2_000 : 10_000);
/** Sorts after any character of an email. */
const LAST = "\u{10FFFF}";

const COLUMNS = sql.raw(["member_id", ...Object.keys(participantColumns)].map((name) => `p.${name}`).join(", "));

/** A column of the last participant on the previous page. */
const last = (memberId: number, id: number, column: string) =>
  sql`(SELECT ${sql.raw(column)} FROM participants WHERE id = ${id} AND member_id = ${memberId})`;

/** The member's campaigns, newest first, or one of them, each with its participants in index order. */
function byCampaign(memberId: number, query: PeopleQuery, index: string, people: SQL, order: SQL) {
  const { campaign_id, after } = query;
  return sql`SELECT ${COLUMNS} FROM campaigns c INDEXED BY campaigns_of_member
    CROSS JOIN participants p INDEXED BY ${sql.raw(index)} ON p.campaign_id = c.id AND ${people}
    WHERE c.member_id = ${memberId} ${campaign_id === undefined ? sql`` : sql`AND c.id = ${campaign_id}`}
      ${after === undefined ? sql`` : sql`AND c.id <= ${last(memberId, after, "campaign_id")}`}
    ORDER BY c.id DESC, ${order} LIMIT ${lookedMax(query)}`;
}

/**
 * The ranking from the top or after a participant: first those with the same score and a higher ID, then lower scores.
 */
function byRank(memberId: number, campaignId: number, after: number | undefined, max: number) {
  const part = (
    condition: SQL,
  ) => sql`SELECT * FROM (SELECT ${COLUMNS} FROM participants p INDEXED BY participants_ranking
    WHERE p.campaign_id = ${ownCampaign(memberId, campaignId)} AND status = 'active' AND (referral_count > 0 OR click_count > 0) ${condition}
    ORDER BY referral_count DESC, click_count DESC, id LIMIT ${max})`;
  if (after === undefined) return part(sql``);
  const score = sql`(${last(memberId, after, "referral_count")}, ${last(memberId, after, "click_count")})`;
  return sql`${part(sql`AND (referral_count, click_count) = ${score} AND id > ${after}`)}
    UNION ALL ${part(sql`AND (referral_count, click_count) < ${score}`)} LIMIT ${max}`;
}

/** Walks participants along the narrowest index for the query, so page 100 costs no more than page 1. */
function walk(memberId: number, query: PeopleQuery): SQL {
  const { q, campaign_id, status, invited_by, after } = query;
  const below = after ?? Number.MAX_SAFE_INTEGER;
  if (q !== undefined) {
    const from =
      after === undefined
        ? sql`${q}`
        : sql`iif(c.id = ${last(memberId, after, "campaign_id")}, ${last(memberId, after, "email")} || char(1), ${q})`;
    return byCampaign(
      memberId,
      query,
      "participants_email",
      sql`p.email >= ${from} AND p.email < ${q + LAST}`,
      sql`p.email`,
    );
  }
  if (invited_by !== undefined)
    return sql`SELECT ${COLUMNS} FROM participants p INDEXED BY participants_invited
      WHERE p.invited_by = ${invited_by} AND p.id < ${below} AND ${isKept(sql`p.campaign_id`)} ORDER BY p.id DESC LIMIT ${lookedMax(query)}`;
  if (status === "pending" || status === "blocked") {
    const from =
      after === undefined
        ? below
        : sql`iif(c.id = ${last(memberId, after, "campaign_id")}, ${after}, ${Number.MAX_SAFE_INTEGER})`;
    const unusual = sql`p.status <> 'active' AND p.status = ${status} AND p.id < ${from}`;
    return byCampaign(memberId, query, "participants_unusual", unusual, sql`p.id DESC`);
  }
  if (campaign_id !== undefined && query.sort === "referrals")
    return byRank(memberId, campaign_id, after, lookedMax(query));
  if (campaign_id !== undefined)
    return sql`SELECT ${COLUMNS} FROM participants p INDEXED BY participants_of_campaign
      WHERE p.campaign_id = ${ownCampaign(memberId, campaign_id)} AND p.id < ${below} ORDER BY p.id DESC LIMIT ${lookedMax(query)}`;
  return sql`SELECT ${COLUMNS} FROM participants p INDEXED BY participants_of_member
    WHERE p.member_id = ${memberId} AND p.id < ${below} AND ${isKept(sql`p.campaign_id`)} ORDER BY p.id DESC LIMIT ${lookedMax(query)}`;
}

/** Tests a participant of the walk, except for the name. */
function matches(memberId: number, query: PeopleQuery) {
  const { campaign_id, status, invited_by, rewarded } = query;
  const conditions = [
    sql`member_id = ${memberId}`,
    query.seen && isSeenCampaign(sql`looked.campaign_id`, query.seen),
    status ? sql`status = ${status}` : sql`status <> 'erased'`,
    campaign_id !== undefined && sql`campaign_id = ${campaign_id}`,
    invited_by !== undefined && sql`invited_by = ${invited_by}`,
    rewarded &&
      sql`EXISTS (SELECT 1 FROM rewards w WHERE ${sql.raw(isRewardOf("w.id", "looked.id"))} AND w.status <> 'revoked')`,
  ].filter((condition) => condition !== undefined && condition !== false);
  return sql.join(conditions, sql` AND `);
}

/** The participants of the walk that match the query. */
const found = (memberId: number, query: PeopleQuery, limit: number) =>
  sql`SELECT * FROM (${walk(memberId, query)}) looked WHERE ${matches(memberId, query)} LIMIT ${limit}`;

/** What a search by name reads. Participants who do not match the rest of the query have no name here. */
export const namesLooked = (db: Db, memberId: number, query: PeopleQuery) =>
  db.all<{ id: number; name: string | null }>(
    sql`SELECT id, iif(${matches(memberId, query)}, name, NULL) AS name FROM (${walk(memberId, query)}) looked`,
  );

/** The participants with these IDs, in the same order. */
export const listedIn = (db: Db, memberId: number, ids: number[]) =>
  db.all<Raw>(sql`SELECT ${COLUMNS}, k.name AS campaign_name, coalesce(b.name, b.domain) AS brand_name FROM json_each(${JSON.stringify(ids)}) j
    CROSS JOIN participants p ON p.id = j.value CROSS JOIN campaigns k ON k.id = p.campaign_id CROSS JOIN brands b ON b.id = k.brand_id
    WHERE p.member_id = ${memberId} AND p.status <> 'erased' ORDER BY j.key`);

/** A walk that stopped at a known participant, or at none. */
export const knownStop = (db: Db, id: number | undefined) =>
  db.all<{ id: number }>(sql`SELECT ${id ?? null} AS id WHERE ${id !== undefined}`);

/** The matching participants, in walk order. */
export const listed = (db: Db, memberId: number, query: PeopleQuery, limit: number) =>
  db.all<Raw>(sql`SELECT f.*, k.name AS campaign_name, coalesce(b.name, b.domain) AS brand_name FROM (${found(memberId, query, limit)}) f
    CROSS JOIN campaigns k ON k.id = f.campaign_id CROSS JOIN brands b ON b.id = k.brand_id`);

/** Where the walk stopped, if that was before the page was full. */
export const stoppedAt = (db: Db, memberId: number, query: PeopleQuery, limit: number) =>
  db.all<{ id: number }>(sql`SELECT id FROM (${walk(memberId, query)})
    LIMIT (SELECT count(*) < ${limit} FROM (${found(memberId, query, limit)})) OFFSET ${lookedMax(query) - 1}`);

const CAMPAIGNS_SHOWN = 500;

/** The member's campaigns, or one of them, with their participant counts. */
export const campaignTotals = (db: Db, memberId: number, campaignId: number | undefined, seen?: Seen) =>
  db
    .select({
      id: sql<number>`${campaigns.id}`.as("id"),
      name: sql<string>`${campaigns.name}`.as("name"),
      brand_name: brandName(),
      total: sql<number>`${campaignStats.total_participants}`.as("total"),
      pending: sql<number>`${campaignStats.pending_participants}`.as("pending"),
      blocked: sql<number>`${campaignStats.blocked_participants}`.as("blocked"),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(
      and(
        eq(campaigns.member_id, memberId),
        campaignId === undefined ? undefined : eq(campaigns.id, campaignId),
        isSeen(campaigns.brand_id, seen),
      ),
    )
    .orderBy(desc(campaigns.id))
    .limit(CAMPAIGNS_SHOWN);
