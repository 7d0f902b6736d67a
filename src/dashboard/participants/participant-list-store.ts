import { and, desc, eq, ne, type SQL, sql } from "drizzle-orm";
import {
  campaignStats,
  campaigns,
  conversions,
  isKept,
  isRewardOf,
  mails,
  ownCampaign,
  type ParticipantRow,
  participantColumns,
  participants,
} from "../../../drizzle/schema";
import { ruleNumber } from "../../ledger/grant";
import { type Raw, readColumns } from "../../lib/columns";
import type { Db } from "../../lib/db";
import type { PeopleQuery } from "./participant-forms";

const listedColumns = { ...participantColumns, campaign_name: campaigns.name };
export type Listed = ParticipantRow & { campaign_name: string };

export const readListed = (row: Raw) => readColumns(listedColumns, row) as Listed;

/** The most participants that one page walks past, however few match its filter. A search by name reads only names. */
export const lookedMax = ({ name }: PeopleQuery) => (name === undefined ? 2_000 : 10_000);
/** Sorts after any character of an email. */
const LAST = "\u{10FFFF}";

const COLUMNS = sql.raw(["member_id", ...Object.keys(participantColumns)].map((name) => `p.${name}`).join(", "));

/** A column of the participant that the page before ended with. */
const last = (memberId: number, id: number, column: string) =>
  sql`(SELECT ${sql.raw(column)} FROM participants WHERE id = ${id} AND member_id = ${memberId})`;

/** The member's campaigns, newest first, or one of them, each with its participants in the order of an index. */
function byCampaign(memberId: number, query: PeopleQuery, index: string, people: SQL, order: SQL) {
  const { campaign_id, after } = query;
  return sql`SELECT ${COLUMNS} FROM campaigns c INDEXED BY campaigns_of_member
    CROSS JOIN participants p INDEXED BY ${sql.raw(index)} ON p.campaign_id = c.id AND ${people}
    WHERE c.member_id = ${memberId} ${campaign_id === undefined ? sql`` : sql`AND c.id = ${campaign_id}`}
      ${after === undefined ? sql`` : sql`AND c.id <= ${last(memberId, after, "campaign_id")}`}
    ORDER BY c.id DESC, ${order} LIMIT ${lookedMax(query)}`;
}

/**
 * The ranking from the top, or after a participant: first those with the same score and a higher ID, then the lower
 * scores.
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

/**
 * Walks participants along the narrowest index for the query, so that the hundredth page costs no more than the first.
 */
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

/** Tests a participant of the walk, apart from the name. */
function matches(memberId: number, query: PeopleQuery) {
  const { campaign_id, status, invited_by, rewarded } = query;
  const conditions = [
    sql`member_id = ${memberId}`,
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

/** What a search by name looks at. Participants who do not match the rest of the query have no name here. */
export const namesLooked = (db: Db, memberId: number, query: PeopleQuery) =>
  db.all<{ id: number; name: string | null }>(
    sql`SELECT id, iif(${matches(memberId, query)}, name, NULL) AS name FROM (${walk(memberId, query)}) looked`,
  );

/** The participants with these IDs, in the order of the IDs. */
export const listedIn = (db: Db, memberId: number, ids: number[]) =>
  db.all<Raw>(sql`SELECT ${COLUMNS}, k.name AS campaign_name FROM json_each(${JSON.stringify(ids)}) j
    CROSS JOIN participants p ON p.id = j.value CROSS JOIN campaigns k ON k.id = p.campaign_id
    WHERE p.member_id = ${memberId} AND p.status <> 'erased' ORDER BY j.key`);

/** A walk that stopped at a known participant, or at none. */
export const knownStop = (db: Db, id: number | undefined) =>
  db.all<{ id: number }>(sql`SELECT ${id ?? null} AS id WHERE ${id !== undefined}`);

/** The matching participants, in the order of the walk. */
export const listed = (db: Db, memberId: number, query: PeopleQuery, limit: number) =>
  db.all<Raw>(sql`SELECT f.*, k.name AS campaign_name FROM (${found(memberId, query, limit)}) f
    CROSS JOIN campaigns k ON k.id = f.campaign_id`);

/** Where the walk stopped, if it did before the page was full. */
export const stoppedAt = (db: Db, memberId: number, query: PeopleQuery, limit: number) =>
  db.all<{ id: number }>(sql`SELECT id FROM (${walk(memberId, query)})
    LIMIT (SELECT count(*) < ${limit} FROM (${found(memberId, query, limit)})) OFFSET ${lookedMax(query) - 1}`);

const CAMPAIGNS_SHOWN = 500;

/** The member's campaigns, or one of them, with their participant counts. */
export const campaignTotals = (db: Db, memberId: number, campaignId: number | undefined) =>
  db
    .select({
      id: sql<number>`${campaigns.id}`.as("id"),
      name: sql<string>`${campaigns.name}`.as("name"),
      total: sql<number>`${campaignStats.total_participants}`.as("total"),
      pending: sql<number>`${campaignStats.pending_participants}`.as("pending"),
      blocked: sql<number>`${campaignStats.blocked_participants}`.as("blocked"),
    })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(campaigns.member_id, memberId), campaignId === undefined ? undefined : eq(campaigns.id, campaignId)))
    .orderBy(desc(campaigns.id))
    .limit(CAMPAIGNS_SHOWN);

export type Facts = {
  campaign_name: string;
  goal_type: "signup" | "visit";
  num_signups: number;
  num_visits: number | null;
  confirmation: "waiting" | "confirmed" | null;
  date_invited: number | null;
  status_changed: number | null;
  rank: number | null;
  inviter_id: number | null;
  inviter_name: string | null;
  inviter_email: string | null;
  first_id: number | null;
  first_name: string | null;
  first_email: string | null;
};

/** What the API does not return about a participant: their rank, their referrer, and the referrer's referrer. */
export const factsOf = (db: Db, memberId: number, id: number) =>
  db.all<Facts>(sql`SELECT c.name AS campaign_name, c.goal_type, c.num_signups, c.num_visits, p.confirmation, p.date_invited,
      (SELECT e.date FROM events e WHERE e.campaign_id = p.campaign_id AND e.id = p.status_event) AS status_changed,
      iif(p.status = 'active' AND (p.referral_count > 0 OR p.click_count > 0), 1 + (SELECT coalesce(sum(s.participants), 0) FROM scores s
        WHERE s.campaign_id = p.campaign_id AND (s.referral_count, s.click_count) > (p.referral_count, p.click_count)), NULL) AS rank,
      r.id AS inviter_id, r.name AS inviter_name, r.email AS inviter_email,
      f.id AS first_id, f.name AS first_name, f.email AS first_email
    FROM participants p JOIN campaigns c ON c.id = p.campaign_id
    LEFT JOIN participants r ON r.id = p.invited_by LEFT JOIN participants f ON f.id = r.invited_by
    WHERE p.id = ${id} AND p.member_id = ${memberId}`);

/** The friends that a participant referred, newest first. */
export const broughtBy = (db: Db, memberId: number, id: number, limit: number) =>
  db
    .select({
      id: participants.id,
      name: participants.name,
      email: participants.email,
      status: participants.status,
      referral_count: participants.referral_count,
      date_signedup: participants.date_signedup,
      date_invited: participants.date_invited,
    })
    .from(participants)
    .where(
      and(
        eq(participants.invited_by, id),
        sql`+${participants.member_id} = ${memberId}`,
        ne(participants.status, "erased"),
      ),
    )
    .orderBy(desc(participants.id))
    .limit(limit);

/** Friends whose conversions are looked at for the latest one. */
const FRIENDS_LOOKED = 20;

/** The newest conversion of a participant or of one of their newest friends. */
export const latestConversion = (db: Db, memberId: number, id: number) =>
  db
    .select({
      id: conversions.id,
      campaign_id: conversions.campaign_id,
      participant_id: conversions.participant_id,
      outcome: conversions.outcome,
      decisions: conversions.decisions,
    })
    .from(conversions)
    .where(
      and(
        sql`${conversions.id} = (SELECT max((SELECT max(k.id) FROM conversions k WHERE k.participant_id = x.id)) FROM (
          SELECT ${id} AS id UNION ALL SELECT id FROM (
            SELECT f.id FROM participants f WHERE f.invited_by = ${id} ORDER BY f.id DESC LIMIT ${FRIENDS_LOOKED})) x)`,
        eq(conversions.member_id, memberId),
      ),
    );

export const mailsTo = (db: Db, memberId: number, id: number, limit: number) =>
  db
    .select({
      kind: mails.kind,
      status: mails.status,
      error: mails.error,
      held_for: mails.held_for,
      date_added: mails.date_added,
      date_sent: mails.date_sent,
    })
    .from(mails)
    .where(and(eq(mails.participant_id, id), sql`+${mails.member_id} = ${memberId}`))
    .orderBy(desc(mails.id))
    .limit(limit);

type Sent = { id: number; type: string; status: "pending" | "delivered" | "failed"; webhook_id: number; link: string };

const NUMBER = sql.raw(ruleNumber("w"));

/**
 * Deliveries about a participant's signup and rewards. Events have no index by participant, but the IDs of these events
 * are known.
 */
export const deliveriesAbout = (db: Db, memberId: number, id: number, limit: number) =>
  db.all<Sent>(sql`SELECT d.id, d.type, d.status, d.webhook_id, w.link FROM webhooks w INDEXED BY webhooks_of_member
    CROSS JOIN (SELECT signup_event AS event FROM participants WHERE id = ${id} AND member_id = ${memberId}
      UNION ALL SELECT v.id FROM rewards w CROSS JOIN events v ON v.campaign_id = w.campaign_id AND v.reward_id = w.id
        AND v.id IN (w.earn_event || '_r' || ${NUMBER}, w.earn_event || '_r' || ${NUMBER} || '_' || w.participant_id)
        WHERE ${sql.raw(isRewardOf("w.id", String(id)))}) e
    CROSS JOIN deliveries d ON d.webhook_id = w.id AND d.event_id = e.event
    WHERE w.member_id = ${memberId} LIMIT ${limit}`);
