import { and, asc, desc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import {
  brands,
  campaignStats,
  campaigns,
  invitations,
  isKept,
  members,
  ownCampaign,
  type ParticipantRow,
  participantColumns,
  participants,
  plans,
  scores,
  shares,
} from "../../drizzle/schema";
import { placesInUse } from "../campaigns/used-places-store";
import { destinationColumns } from "../ledger/records/landing";
import type { ParticipantQuery } from "../ledger/records/participant-schema";
import { goalColumns } from "../ledger/signups/outcome";
import { type Fields, field, fields } from "../lib/columns";
import type { Db, Statement } from "../lib/db";
import { COUNT_LIMIT, offset } from "../lib/page";

/** The participant, with the campaign's columns that determine where their links lead. */
const row = {
  ...(fields(participantColumns) as Fields<ParticipantRow>),
  confirmation: field(participants.confirmation, "confirmation"),
  signup_event: field(participants.signup_event, "signup_event"),
  email_since: field(participants.email_since, "email_since"),
  ...fields(destinationColumns),
  ...fields(goalColumns),
  allow_email: field(campaigns.allow_email, "allow_email"),
};

export const withCampaign = (db: Db) =>
  db
    .select(row)
    .from(participants)
    .innerJoin(campaigns, eq(campaigns.id, participants.campaign_id))
    .innerJoin(brands, eq(brands.id, campaigns.brand_id));

/** Erased rows stay, because others' counts include them. */
export const alive = ne(participants.status, "erased");

export const participantById = (db: Db, memberId: number, id: number) =>
  withCampaign(db).where(and(eq(participants.id, id), eq(participants.member_id, memberId), alive));

/** For a participant who is authorized by their own token. */
export const ownParticipant = (db: Db, campaignId: number, id: number) =>
  withCampaign(db).where(
    and(eq(participants.id, id), eq(participants.campaign_id, campaignId), alive, eq(campaigns.is_suspended, false)),
  );

/**
 * A list's conditions, written so that SQLite uses the narrowest index: email, external ID, and checkout code per
 * campaign, a referrer by the referrer index, and everything else in the campaign's or member's newest-first index.
 */
export function conditions(memberId: number, query: ParticipantQuery) {
  const ofMember = sql`+${participants.member_id} = ${memberId} AND ${isKept(participants.campaign_id)}`;
  const campaignIds = query.campaign_id
    ? sql`${participants.campaign_id} = ${query.campaign_id}`
    : sql`${participants.campaign_id} IN (SELECT id FROM campaigns WHERE member_id = ${memberId})`;
  const byStatus = query.status ? eq(participants.status, query.status) : alive;
  const email = query.email === undefined ? undefined : eq(participants.email, query.email);
  const external = query.external_id === undefined ? undefined : eq(participants.external_id, query.external_id);
  const inviter = query.invited_by === undefined ? undefined : eq(participants.invited_by, query.invited_by);
  const code = query.checkout_code === undefined ? undefined : eq(participants.checkout_key, query.checkout_code ?? "");
  if (email || external || code)
    return and(ofMember, campaignIds, email, external, code, inviter && sql`+${inviter}`, byStatus);
  if (inviter)
    return and(
      ofMember,
      inviter,
      query.campaign_id ? sql`+${participants.campaign_id} = ${query.campaign_id}` : undefined,
      byStatus,
    );
  if (query.campaign_id) return and(ofMember, campaignIds, byStatus);
  return and(eq(participants.member_id, memberId), isKept(participants.campaign_id), byStatus);
}

export const participantsPage = (db: Db, memberId: number, query: ParticipantQuery) =>
  withCampaign(db)
    .where(and(conditions(memberId, query), query.after === undefined ? undefined : gt(participants.id, query.after)))
    .orderBy(query.after === undefined ? desc(participants.id) : asc(participants.id))
    .limit(query.limit)
    .offset(offset(query));

/** The number of matches, counted up to `COUNT_LIMIT`. */
export const filteredCount = (db: Db, memberId: number, query: ParticipantQuery) =>
  db.select({ total: sql<number>`count(*)`.as("total") }).from(
    db
      .select({ one: sql`1`.as("one") })
      .from(participants)
      .where(conditions(memberId, query))
      .limit(COUNT_LIMIT)
      .as("found"),
  );

/** The total of the campaign or the account, from stored totals. */
export const keptCount = (db: Db, memberId: number, campaignId: number | undefined) =>
  db
    .select({ total: sql<number>`coalesce(sum(${campaignStats.total_participants}), 0)`.as("total") })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(campaigns.member_id, memberId), campaignId === undefined ? undefined : eq(campaigns.id, campaignId)));

export const sharesOf = (db: Db, participantId: number) =>
  db.select().from(shares).where(eq(shares.participant_id, participantId));

export const invitationsOf = (db: Db, participantId: number) =>
  db
    .select({ email: invitations.email })
    .from(invitations)
    .where(eq(invitations.participant_id, participantId))
    .limit(1000);

/** Only participants with a score are in the ranking. */
const ranked = sql`status = 'active' AND (referral_count > 0 OR click_count > 0)`;
const entry = {
  id: participants.id,
  name: participants.name,
  referral_count: participants.referral_count,
  click_count: participants.click_count,
};

export const rankedPage = (db: Db, campaignId: number, limit: number, from: number) =>
  db
    .select(entry)
    .from(participants)
    .where(and(eq(participants.campaign_id, campaignId), ranked))
    .orderBy(sql`referral_count DESC`, sql`click_count DESC`, participants.id)
    .limit(limit)
    .offset(from);

type Entry = { id: number; name: string | null; referral_count: number; click_count: number };

/** How many ranked participants to read for the leaders, and how many with denied friends for a rank. */
const [LEADERS_READ, DENIED_READ] = [200, 500];

/**
 * The top of the ranking, without counting friends denied by a review. Everyone further down has at most as many
 * counted friends as the last row that is read. Someone could only be missing if most of these have denied friends.
 */
export const leaders = (db: Db, campaignId: number, limit: number) =>
  db.all<Entry>(sql`SELECT id, name, referral_count - denied_friends AS referral_count, click_count FROM (
      SELECT id, name, referral_count, click_count, denied_friends FROM participants INDEXED BY participants_ranking
      WHERE campaign_id = ${campaignId} AND ${ranked} ORDER BY referral_count DESC, click_count DESC, id
      LIMIT iif(EXISTS (SELECT 1 FROM participants x INDEXED BY participants_with_denied WHERE x.campaign_id = ${campaignId} AND x.denied_friends > 0),
        ${LEADERS_READ}, ${limit}))
    WHERE referral_count > denied_friends OR click_count > 0
    ORDER BY 3 DESC, click_count DESC, id LIMIT ${limit}`);

/** The number of participants ahead, by the histogram, minus those who are only ahead because of denied friends. */
export const leadersBefore = (db: Db, campaignId: number, id: number) =>
  db.all<{ better: number }>(sql`SELECT (SELECT coalesce(sum(s.participants), 0) FROM scores s
      WHERE s.campaign_id = ${campaignId} AND (s.referral_count, s.click_count) > (p.referral_count - p.denied_friends, p.click_count))
    - (SELECT count(*) FROM (
        SELECT x.referral_count, x.click_count, x.denied_friends, x.status FROM participants x INDEXED BY participants_with_denied
        WHERE x.campaign_id = ${campaignId} AND x.denied_friends > 0 LIMIT ${DENIED_READ}) d
      WHERE d.status = 'active' AND (d.referral_count, d.click_count) > (p.referral_count - p.denied_friends, p.click_count)
        AND (d.referral_count - d.denied_friends, d.click_count) <= (p.referral_count - p.denied_friends, p.click_count)) AS better
    FROM participants p WHERE p.id = ${id} AND p.campaign_id = ${campaignId}`);

/** Participants without a score, earliest first. `from` counts from the top of the entire ranking. */
export const unrankedPage = (db: Db, campaignId: number, limit: number, from: number) =>
  db.all<Entry>(sql`SELECT id, name, referral_count, click_count FROM participants
    WHERE campaign_id = ${campaignId} AND +status = 'active' AND referral_count = 0 AND click_count = 0 ORDER BY id
    LIMIT ${limit} OFFSET max(0, ${from} - (SELECT coalesce(sum(participants), 0) FROM scores WHERE campaign_id = ${campaignId}))`);

export const activeCount = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      active: sql<number>`total_participants - pending_participants - blocked_participants`.as("active"),
    })
    .from(campaignStats)
    .where(eq(campaignStats.campaign_id, ownCampaign(memberId, campaignId)));

/**
 * The number of participants with a better score, from the histogram, so the cost does not depend on the number of
 * participants.
 */
export const betterThan = (db: Db, campaignId: number, score: { referral_count: number; click_count: number }) =>
  db
    .select({ better: sql<number>`coalesce(sum(${scores.participants}), 0)`.as("better") })
    .from(scores)
    .where(
      and(
        eq(scores.campaign_id, campaignId),
        sql`(referral_count, click_count) > (${score.referral_count}, ${score.click_count})`,
      ),
    );

/**
 * How many more active participants the member's plan allows. Null if unlimited. An expired plan counts as the free
 * plan.
 */
export const roomOf = (db: Db, memberId: number, now: Date) =>
  db
    .select({
      room: sql<number | null>`iif(${plans.campaigns_participants} = 0, NULL, ${plans.campaigns_participants} - (
        SELECT coalesce(sum(s.total_participants - s.pending_participants - s.blocked_participants), 0)
        FROM campaigns c JOIN campaign_stats s ON s.campaign_id = c.id WHERE c.member_id = ${memberId}) - ${placesInUse(memberId, now)})`.as(
        "room",
      ),
    })
    .from(members)
    .innerJoin(
      plans,
      sql`${plans.id} = iif(${members.plan_expiry} IS NULL OR ${members.plan_expiry} > ${now.getTime()}, ${members.plan_id}, 1)`,
    )
    .where(eq(members.id, memberId));

/**
 * Participants parked by the plan's limit, earliest first. Excludes participants who are pending because of a status
 * change or an unconfirmed email.
 */
export const parkedOf = (db: Db, memberId: number, limit: number) =>
  db
    .select({ id: participants.id, campaign_id: participants.campaign_id })
    .from(participants)
    .where(
      and(
        inArray(participants.campaign_id, sql`(SELECT id FROM campaigns WHERE member_id = ${memberId})`),
        sql`status <> 'active'`,
        eq(participants.status, "pending"),
        sql`status_event IS NULL AND confirmation IS NOT 'waiting'`,
      ),
    )
    .orderBy(participants.id)
    .limit(limit);

type Caps = { perDay: number; perRecipient: number; since: number };

/** Inserts the invitations that the caps allow, except to emails that are already in the campaign. */
export const insertInvitations = (
  db: Db,
  by: { id: number; campaign_id: number },
  emails: string[],
  now: Date,
  caps: Caps,
): Statement =>
  db.run(sql`INSERT INTO invitations (campaign_id, participant_id, email, date_invited)
    SELECT c.id, ${by.id}, j.value, ${now.getTime()} FROM campaigns c CROSS JOIN json_each(${JSON.stringify(emails)}) j
    WHERE c.id = ${by.campaign_id} AND (SELECT count(*) FROM invitations i WHERE i.participant_id = ${by.id} AND i.date_invited > ${caps.since}) + j.key < ${caps.perDay}
      AND (SELECT count(*) FROM invitations i WHERE i.campaign_id = ${by.campaign_id} AND i.email = j.value) < ${caps.perRecipient}
      AND NOT EXISTS (SELECT 1 FROM participants p WHERE p.campaign_id = ${by.campaign_id} AND p.email = j.value)
    ON CONFLICT (participant_id, email) DO NOTHING`);
