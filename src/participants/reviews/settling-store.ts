import { sql } from "drizzle-orm";
import { isKept, type reviewEndings } from "../../../drizzle/schema";
import { deniedFriends } from "../../ledger/review-holds";
import type { Db, Statement } from "../../lib/db";

export type Due = {
  id: number;
  member_id: number;
  campaign_id: number;
  referrer_id: number;
  participant_id: number;
  score: number;
  review_ending: (typeof reviewEndings)[number];
};

/** Open reviews that nobody decided in time, of all accounts. */
export const dueReviews = (db: Db, now: Date, max: number) =>
  db.all<Due>(sql`SELECT v.id, v.member_id, v.campaign_id, v.referrer_id, v.participant_id, v.score, c.review_ending
    FROM reviews v INDEXED BY reviews_due CROSS JOIN campaigns c ON c.id = v.campaign_id
    WHERE v.state = 'open' AND v.decides_at IS NOT NULL AND v.decides_at <= ${now.getTime()} AND ${isKept(sql`v.campaign_id`)} ORDER BY v.decides_at LIMIT ${max}`);

/** Decided reviews that can no longer be undone, of all accounts. */
export const settlingReviews = (db: Db, now: Date, max: number) =>
  db.all<{
    id: number;
    member_id: number;
    campaign_id: number;
    referrer_id: number;
    participant_id: number;
    by: string | null;
  }>(sql`SELECT v.id, v.member_id, v.by, v.campaign_id, v.referrer_id, v.participant_id
    FROM reviews v INDEXED BY reviews_settling WHERE v.settles_at IS NOT NULL AND v.settles_at <= ${now.getTime()} ORDER BY v.settles_at LIMIT ${max}`);

export const settled = (db: Db, ids: number[], now: Date): Statement =>
  db.run(
    sql`UPDATE reviews SET settles_at = NULL WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND settles_at <= ${now.getTime()}`,
  );

/** Reviews of erased people go once nobody waits for them. */
export const dropErased = (db: Db, ids: number[], now: Date): Statement =>
  db.run(sql`DELETE FROM reviews WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND settles_at <= ${now.getTime()}
    AND EXISTS (SELECT 1 FROM participants p WHERE p.id = reviews.participant_id AND p.status = 'erased')`);

/** The state of a friend's review, and of a referrer's sales. */
const ofFriend = "SELECT v.state FROM reviews v WHERE v.id =";

/** Whether a decision that concerns reward `w` can still be undone: then nothing is carried out, whatever else is settled. */
const mayBeUndone = (
  now: Date,
) => sql`(EXISTS (SELECT 1 FROM reviews v INDEXED BY reviews_of_referrer WHERE v.referrer_id = w.participant_id AND v.settles_at > ${now.getTime()})
  OR (w.role = 'invited' AND EXISTS (SELECT 1 FROM reviews v WHERE v.id = w.participant_id * 2 AND v.settles_at > ${now.getTime()})))`;

/**
 * Rewards that are held for reviews, of these participants, and what the decisions make of each: `denied` if the friend who earned
 * it is, or too few friends are left for it. What waits for another review is left out, so that it keeps nothing else from its turn.
 */
export const heldRewards = (db: Db, participantIds: number[], max: number, now: Date) =>
  db.all<{ id: number; campaign_id: number; verdict: "denied" | "free" }>(sql`SELECT * FROM (
    SELECT w.id, w.campaign_id, CASE
      WHEN ${mayBeUndone(now)} THEN 'open'
      WHEN w.role = 'invited' AND w.conversion_id IS NULL AND (${sql.raw(ofFriend)} w.participant_id * 2) = 'denied' THEN 'denied'
      WHEN w.conversion_id IS NOT NULL AND ((w.role = 'referrer' AND (${sql.raw(ofFriend)} w.participant_id * 2 + 1) = 'denied') OR (${sql.raw(ofFriend)} (
        SELECT k.participant_id FROM conversions k WHERE k.id = w.conversion_id) * 2) = 'denied') THEN 'denied'
      WHEN w.role = 'referrer' AND w.conversion_id IS NULL AND EXISTS (SELECT 1 FROM reviews v INDEXED BY reviews_of_referrer CROSS JOIN participants f ON f.id = v.participant_id
        WHERE v.referrer_id = w.participant_id AND v.state = 'denied' AND v.id % 2 = 0 AND f.credit_event = w.earn_event) THEN 'denied'
      WHEN EXISTS (SELECT 1 FROM reviews v INDEXED BY reviews_of_referrer WHERE v.referrer_id = w.participant_id AND v.state = 'open' AND v.is_holding)
        OR (w.role = 'invited' AND (${sql.raw(ofFriend)} w.participant_id * 2 AND v.is_holding) = 'open') THEN 'open'
      WHEN w.role = 'referrer' AND w.conversion_id IS NULL AND coalesce(r.repeat, 'once') = 'once' AND coalesce(r."trigger", c.goal_type) = 'signup'
        AND p.referral_count - ${sql.raw(deniedFriends("w.participant_id"))}
          < coalesce(r.threshold, c.num_signups) THEN 'denied'
      ELSE 'free' END AS verdict
    FROM rewards w INDEXED BY rewards_in_review CROSS JOIN campaigns c ON c.id = w.campaign_id CROSS JOIN participants p ON p.id = w.participant_id
    LEFT JOIN campaign_rules r ON r.id = w.rule_id
    WHERE w.participant_id IN (SELECT value FROM json_each(${JSON.stringify(participantIds)})) AND w.in_review = 1 AND w.status = 'pending'
      AND w.needs_approval = 1 AND ${isKept(sql`w.campaign_id`)} ORDER BY w.id) WHERE verdict <> 'open' LIMIT ${max}`);
