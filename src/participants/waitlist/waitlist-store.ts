import { and, count, desc, eq, sql } from "drizzle-orm";
import { campaigns, ownCampaign, releases } from "../../../drizzle/schema";
import { bucketOf, firstOfBucket } from "../../ledger/signups/waitlist";
import type { Db } from "../../lib/db";
import { COUNT_LIMIT, offset, type PageQuery } from "../../lib/page";
import type { Conditions } from "./release-schema";

export type Place = {
  ticket: number;
  admitted_at: number | null;
  places_per_friend: number;
  position: number | null;
  total: number;
};

/**
 * A participant's place: those in earlier buckets, plus those ahead in their own bucket. No row if the campaign has no
 * waitlist. The caller must have authorized access to the participant.
 */
export const placeOf = (db: Db, participantId: number) =>
  db.all<Place>(sql`SELECT p.waitlist_ticket AS ticket, p.admitted_at, c.waitlist_places_per_friend AS places_per_friend,
      iif(p.waitlist_key IS NULL, NULL, (SELECT coalesce(sum(b.waiting), 0) FROM waitlist_buckets b
        WHERE b.campaign_id = p.campaign_id AND b.bucket < ${sql.raw(bucketOf("p.waitlist_key"))})
      + (SELECT count(*) FROM participants o INDEXED BY participants_waiting WHERE o.campaign_id = p.campaign_id AND o.waitlist_key IS NOT NULL
        AND o.waitlist_key >= ${sql.raw(firstOfBucket("p.waitlist_key"))} AND o.waitlist_key <= p.waitlist_key
        AND (o.waitlist_key < p.waitlist_key OR o.waitlist_ticket >= p.waitlist_ticket))) AS position,
      (SELECT coalesce(sum(b.waiting), 0) FROM waitlist_buckets b WHERE b.campaign_id = p.campaign_id) AS total
    FROM participants p CROSS JOIN campaigns c ON c.id = p.campaign_id AND c.waitlist_enabled
    WHERE p.id = ${participantId} AND p.waitlist_ticket IS NOT NULL`);

/** Whether the campaign has a waitlist, and how many are waiting. No row for another member's campaign. */
export const lineOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      waitlist_enabled: campaigns.waitlist_enabled,
      waiting:
        sql<number>`(SELECT coalesce(sum(waiting), 0) FROM waitlist_buckets WHERE campaign_id = ${campaignId})`.as(
          "waiting",
        ),
    })
    .from(campaigns)
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));

/** The waiting participants who match, in line order. */
const matching = (
  memberId: number,
  campaignId: number,
  { min_referrals, signed_up_before, participant_ids }: Conditions,
) =>
  sql`FROM participants p INDEXED BY participants_waiting WHERE p.campaign_id = ${ownCampaign(memberId, campaignId)} AND p.waitlist_key IS NOT NULL
    AND p.referral_count >= ${min_referrals ?? 0} AND (${signed_up_before?.getTime() ?? null} IS NULL OR p.date_signedup < ${signed_up_before?.getTime() ?? null})
    AND (${participant_ids ? 1 : 0} = 0 OR p.id IN (SELECT value FROM json_each(${JSON.stringify(participant_ids ?? [])})))`;

export type Waiting = { id: number; name: string | null; email: string; referral_count: number };

export const firstMatching = (db: Db, memberId: number, campaignId: number, conditions: Conditions, max: number) =>
  db.all<Waiting>(sql`SELECT p.id, p.name, p.email, p.referral_count ${matching(memberId, campaignId, conditions)}
    ORDER BY p.waitlist_key, p.waitlist_ticket DESC LIMIT ${max}`);

export const matchingCount = (db: Db, memberId: number, campaignId: number, conditions: Conditions, max: number) =>
  db.all<{ total: number }>(
    sql`SELECT count(*) AS total FROM (SELECT 1 ${matching(memberId, campaignId, conditions)} LIMIT ${max})`,
  );

type NewRelease = Conditions & { key: string; quota: number | null; origin: string; now: Date };

/** Inserts nothing for another member's campaign, a campaign without a waitlist, or a repeated request. */
export const insertRelease = (db: Db, memberId: number, campaignId: number, release: NewRelease) => {
  const { key, quota, min_referrals, signed_up_before, participant_ids, origin, now } = release;
  return db.run(sql`INSERT INTO releases (campaign_id, key, quota, min_referrals, signed_up_before, participant_ids, origin, date_added)
    SELECT id, ${key}, ${quota}, ${min_referrals ?? null}, ${signed_up_before?.getTime() ?? null},
      ${participant_ids ? JSON.stringify(participant_ids) : null}, ${origin}, ${now.getTime()}
    FROM campaigns WHERE id = ${campaignId} AND member_id = ${memberId} AND waitlist_enabled ON CONFLICT (campaign_id, key) DO NOTHING`);
};

export const releaseByKey = (db: Db, memberId: number, campaignId: number, key: string) =>
  db
    .select()
    .from(releases)
    .where(and(eq(releases.campaign_id, ownCampaign(memberId, campaignId)), eq(releases.key, key)));

export const releasesPage = (db: Db, memberId: number, campaignId: number, page: PageQuery) =>
  db
    .select()
    .from(releases)
    .where(eq(releases.campaign_id, ownCampaign(memberId, campaignId)))
    .orderBy(desc(releases.key))
    .limit(page.limit)
    .offset(offset(page));

export const releaseCount = (db: Db, memberId: number, campaignId: number) =>
  db.select({ total: count().as("total") }).from(
    db
      .select({ id: releases.id })
      .from(releases)
      .where(eq(releases.campaign_id, ownCampaign(memberId, campaignId)))
      .limit(COUNT_LIMIT)
      .as("counted"),
  );

export type OpenRelease = { id: number; campaign_id: number; member_id: number; origin: string };

/** Unfinished releases, for the cron: each account's oldest, then each account's second, and so on. */
export const openReleases = (db: Db, max: number) =>
  db.all<OpenRelease>(sql`SELECT id, campaign_id, member_id, origin FROM (
      SELECT r.id, r.campaign_id, c.member_id, r.origin, row_number() OVER (PARTITION BY c.member_id ORDER BY r.id) AS turn
      FROM releases r INDEXED BY releases_open CROSS JOIN campaigns c ON c.id = r.campaign_id WHERE r.date_finished IS NULL
    ) ORDER BY turn, id LIMIT ${max}`);
