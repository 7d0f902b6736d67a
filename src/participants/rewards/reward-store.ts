import { and, eq, ne, sql } from "drizzle-orm";
import {
  coupons,
  creditEntries,
  isKept,
  isRewardOf,
  participants,
  type RewardRow,
  rewardColumns,
  rewards,
} from "../../../drizzle/schema";
import { HAS_BUDGET } from "../../campaigns/rules/promised-rule-store";
import { IS_ASKED, idOfReview } from "../../ledger/records/review-id";
import { type Fields, fields } from "../../lib/columns";
import type { Db } from "../../lib/db";

/** The fields of a reward. */
export const selectReward = fields(rewardColumns) as Fields<RewardRow>;

/** Rewards, each with its coupon code. */
export const withCoupon = (db: Db) =>
  db.select(selectReward).from(rewards).leftJoin(coupons, eq(coupons.reward_id, rewards.id));

/** The campaign of a participant. */
export const campaignOf = (db: Db, memberId: number, id: number) =>
  db
    .select({ campaign_id: participants.campaign_id })
    .from(participants)
    .where(
      and(
        eq(participants.id, id),
        eq(participants.member_id, memberId),
        ne(participants.status, "erased"),
        isKept(participants.campaign_id),
      ),
    );

/** Whether an alias is a reward of the participant. */
export const ofParticipant = (alias: string, participantId: number) =>
  sql.raw(isRewardOf(`${alias}.id`, String(participantId)));

/** Only the newest ones, because conversions can earn a participant any number of rewards. */
const SHOWN_MAX = 100;

export const rewardsOfParticipant = (db: Db, participantId: number) =>
  withCoupon(db)
    .where(
      sql`${rewards.id} IN (SELECT w.id FROM rewards w WHERE ${ofParticipant("w", participantId)} ORDER BY w.id DESC LIMIT ${SHOWN_MAX})`,
    )
    .orderBy(rewards.id);

/** The rewards that a review holds or revoked, and whether the friend was asked for proof. */
export const reviewedRewards = (db: Db, participantId: number) =>
  db.all<{ id: number; is_asked: 0 | 1 }>(sql`SELECT id, role = 'invited' AND EXISTS (
      SELECT 1 FROM reviews v WHERE v.id = ${sql.raw(idOfReview("participant_id"))} AND ${sql.raw(IS_ASKED)}) AS is_asked
    FROM rewards INDEXED BY rewards_in_review
    WHERE participant_id = ${participantId} AND in_review = 1 ORDER BY id DESC LIMIT ${SHOWN_MAX}`);

export type Limits = { total: number | null; month: number | null; budget: number | null };

/**
 * Whether participant `p` has something that counts for rule `r` and no reward for it. A friend's own signup is
 * rewarded immediately.
 */
const COUNTS_FOR = `(r.repeat = 'every' OR coalesce(t.granted, 0) = 0) AND (t.reached > 0 OR r.role = 'referrer' AND r.repeat = 'once'
  AND CASE r."trigger" WHEN 'signup' THEN p.referral_count > 0 WHEN 'visit' THEN p.visit_count > 0 END)`;

/**
 * Whether a rule's limit stops rewards for the participant: in `total`, in the `month` (YYYY-MM), or because its
 * `budget` is spent. The budget of a hidden rule stays private.
 */
export const limitOf = (db: Db, participantId: number, month: string) =>
  db.all<Limits>(
    sql`SELECT max(r.max_per_participant <= t.granted) AS total, max(r.max_per_month <= t.month_granted AND t.month = ${month}) AS month,
        max(r.visible AND NOT ${sql.raw(HAS_BUDGET)} AND ${sql.raw(COUNTS_FOR)}) AS budget
      FROM participants p CROSS JOIN campaign_rules r ON r.campaign_id = p.campaign_id AND r.date_removed IS NULL
      LEFT JOIN rule_counts t ON t.participant_id = p.id AND t.rule_id = r.id WHERE p.id = ${participantId}`,
  );

/** A participant's number of rewards, counted up to `max`. */
export const rewardCountOf = (db: Db, participantId: number, max: number) =>
  db.all<{ total: number }>(
    sql`SELECT count(*) AS total FROM (SELECT 1 FROM rewards w WHERE ${ofParticipant("w", participantId)} LIMIT ${max})`,
  );

export const rewardById = (db: Db, memberId: number, id: number) =>
  withCoupon(db).where(and(eq(rewards.id, id), eq(rewards.member_id, memberId), isKept(rewards.campaign_id)));

/** The IDs are a single parameter, because D1 allows only a hundred. */
export const rewardsById = (db: Db, memberId: number, ids: number[]) =>
  withCoupon(db).where(
    and(
      sql`${rewards.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
      sql`+${rewards.member_id} = ${memberId}`,
      isKept(rewards.campaign_id),
    ),
  );

const ENTRIES_MAX = 100;

/** A reward's rows in the credit ledger, in order. */
export const entriesOf = (db: Db, memberId: number, id: number) =>
  db
    .select({
      at: creditEntries.date,
      to: creditEntries.status,
      amount: creditEntries.amount,
      reason: creditEntries.reason,
      by: creditEntries.by,
    })
    .from(creditEntries)
    .where(
      and(
        sql`${creditEntries.participant_id} = (SELECT w.participant_id FROM rewards w WHERE w.id = ${id} AND w.member_id = ${memberId})`,
        eq(creditEntries.reward_id, id),
      ),
    )
    .orderBy(sql`${creditEntries.reason} <> 'earned'`, creditEntries.date, creditEntries.event)
    .limit(ENTRIES_MAX);

/** Held rewards whose hold is over. Searches all accounts, for the cron. */
export const dueRewards = (db: Db, now: Date, max: number) =>
  db.all<{ id: number; campaign_id: number }>(sql`SELECT p.id, p.campaign_id FROM rewards p INDEXED BY rewards_held
    WHERE p.held_until <= ${now.getTime()} AND p.held_until IS NOT NULL AND p.needs_approval IS NOT 1 AND ${isKept(sql`p.campaign_id`)}
    ORDER BY p.held_until LIMIT ${max}`);
