import { and, asc, eq, gt, ne, sql } from "drizzle-orm";
import {
  campaigns,
  coupons,
  isKept,
  participantColumns,
  participants,
  type RewardRow,
  rewardColumns,
  rewards,
  savedViews,
} from "../../../drizzle/schema";
import { type Fields, field, fields } from "../../lib/columns";
import type { Db } from "../../lib/db";

/** The rows after a given one, in index order, so a slice costs the same at any position. */
export const campaignsAfter = (db: Db, memberId: number, after: number, limit: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.member_id, memberId), gt(campaigns.id, after)))
    .orderBy(asc(campaigns.id))
    .limit(limit);

export const participantsAfter = (db: Db, memberId: number, after: number, limit: number) =>
  db
    .select({
      ...participantColumns,
      language: participants.language,
      aliases: sql<string[]>`(SELECT json_group_array(a.code) FROM aliases a WHERE a.participant_id = participants.id)`
        .mapWith(JSON.parse)
        .as("aliases"),
    })
    .from(participants)
    .where(
      and(
        eq(participants.member_id, memberId),
        gt(participants.id, after),
        isKept(participants.campaign_id),
        ne(participants.status, "erased"),
      ),
    )
    .orderBy(asc(participants.id))
    .limit(limit);

export const rewardsAfter = (db: Db, memberId: number, earned: Date, after: number, limit: number) =>
  db
    .select({ ...(fields(rewardColumns) as Fields<RewardRow>), note: field(rewards.note, "note") })
    .from(rewards)
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .where(
      and(
        eq(rewards.member_id, memberId),
        isKept(rewards.campaign_id),
        sql`(${rewards.date_earned}, ${rewards.id}) > (${earned.getTime()}, ${after})`,
      ),
    )
    .orderBy(asc(rewards.date_earned), asc(rewards.id))
    .limit(limit);

/** The saved views of an account that a person can see. There are only a few per list. */
export const viewsOf = (db: Db, memberId: number, personId: number) =>
  db
    .select({
      id: savedViews.id,
      list: savedViews.list,
      name: savedViews.name,
      query: savedViews.query,
      is_shared: savedViews.is_shared,
      date_added: savedViews.date_added,
    })
    .from(savedViews)
    .where(
      and(
        eq(savedViews.account_id, memberId),
        sql`(${savedViews.is_shared} = 1 OR ${savedViews.person_id} = ${personId})`,
      ),
    )
    .orderBy(asc(savedViews.id));

/**
 * Reads campaign by campaign. The coupon ID is compared only within the last campaign, so SQLite continues where the
 * previous slice ended.
 */
export const couponsAfter = (db: Db, memberId: number, campaignId: number, after: number, limit: number) =>
  db.all<{
    id: number;
    campaign_id: number;
    code: string;
    reward_id: number | null;
    date_assigned: number | null;
    valid_until: number | null;
  }>(
    sql`SELECT o.id, o.campaign_id, o.code, o.reward_id, o.date_assigned, o.valid_until
      FROM campaigns c CROSS JOIN coupons o ON o.campaign_id = c.id AND o.id > iif(c.id = ${campaignId}, ${after}, 0)
      WHERE c.member_id = ${memberId} AND c.id >= ${campaignId} ORDER BY c.id, o.id LIMIT ${limit}`,
  );
