import { sql } from "drizzle-orm";
import { isKept, type reviewEndings } from "../../../drizzle/schema";
import { deniedFriends, deniedSince, isDenied } from "../../ledger/rewards/review-holds";
import type { Db, Statement } from "../../lib/db";
import type { Recount } from "./recount";

export type Due = {
  id: number;
  member_id: number;
  campaign_id: number;
  referrer_id: number;
  participant_id: number;
  score: number;
  review_ending: (typeof reviewEndings)[number];
};

/**
 * The maximum number of accounts to check for work, far more than one database has, and the number that get their turn
 * in a run: those who waited longest.
 */
const [ACCOUNTS_MAX, ACCOUNTS_PER_RUN] = [10_000, 50];

/**
 * The IDs of due reviews, from an index of accounts and times. Accounts take turns, each with its oldest first, so
 * one account's flood does not block the others. `own` is the index's condition for an alias.
 */
const inTurn = (index: string, time: string, own: (alias: string) => string, now: Date, max: number) => {
  const due = (alias: string) => sql.raw(`${own(alias)} AND ${alias}.${time} <= ${now.getTime()}`);
  const [by, at] = [sql.raw(`INDEXED BY ${index}`), sql.raw(time)];
  return sql`WITH RECURSIVE accounts(id) AS (
      SELECT min(a.member_id) FROM reviews a ${by} WHERE ${sql.raw(own("a"))}
      UNION ALL SELECT (SELECT min(b.member_id) FROM reviews b ${by} WHERE b.member_id > accounts.id AND ${sql.raw(own("b"))})
        FROM accounts WHERE accounts.id IS NOT NULL LIMIT ${ACCOUNTS_MAX}),
    waiting AS (
      SELECT accounts.id, (SELECT min(d.${at}) FROM reviews d ${by} WHERE d.member_id = accounts.id AND ${due("d")}) AS since FROM accounts
      WHERE since IS NOT NULL ORDER BY since LIMIT ${ACCOUNTS_PER_RUN}),
    listed AS (
      SELECT e.id, e.${at} AS at, row_number() OVER (PARTITION BY e.member_id ORDER BY e.${at}, e.id) AS turn
      FROM waiting CROSS JOIN reviews e ON e.id IN (
        SELECT g.id FROM reviews g ${by} WHERE g.member_id = waiting.id AND ${due("g")} ORDER BY g.${at}, g.id LIMIT ${max}))
    SELECT id FROM listed ORDER BY turn, at LIMIT ${max}`;
};

/** Open reviews that nobody decided in time, with accounts taking turns. */
export const dueReviews = (db: Db, now: Date, max: number) => {
  const own = (alias: string) => `${alias}.state = 'open' AND ${alias}.decides_at IS NOT NULL`;
  return db.all<Due>(sql`SELECT v.id, v.member_id, v.campaign_id, v.referrer_id, v.participant_id, v.score, c.review_ending
    FROM reviews v CROSS JOIN campaigns c ON c.id = v.campaign_id
    WHERE v.id IN (${inTurn("reviews_due_in_turn", "decides_at", own, now, max)}) AND ${isKept(sql`v.campaign_id`)}`);
};

export type Settling = {
  id: number;
  member_id: number;
  campaign_id: number;
  referrer_id: number;
  participant_id: number;
  by: string | null;
};

/** Decided reviews that can no longer be undone, with accounts taking turns. */
export const settlingReviews = (db: Db, now: Date, max: number) =>
  db.all<Settling>(sql`SELECT v.id, v.member_id, v.by, v.campaign_id, v.referrer_id, v.participant_id FROM reviews v
    WHERE v.id IN (${inTurn("reviews_settling_in_turn", "settles_at", (alias) => `${alias}.settles_at IS NOT NULL`, now, max)})`);

/** Reviews with a decision that was undone before this time, which no ledger has applied yet. */
export const recounting = (db: Db, until: Date, max: number) =>
  db.all<Recount>(sql`SELECT v.id, v.campaign_id, v.referrer_id FROM reviews v INDEXED BY reviews_recounting
    WHERE v.recounts_at IS NOT NULL AND v.recounts_at <= ${until.getTime()} ORDER BY v.recounts_at LIMIT ${max}`);

export const recounted = (db: Db, ids: number[], until: Date): Statement =>
  db.run(
    sql`UPDATE reviews SET recounts_at = NULL WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND recounts_at <= ${until.getTime()}`,
  );

export const settled = (db: Db, ids: number[], now: Date): Statement =>
  db.run(
    sql`UPDATE reviews SET settles_at = NULL WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND settles_at <= ${now.getTime()}`,
  );

/** Deletes reviews of erased people after nobody waits for them anymore. */
export const dropErased = (db: Db, ids: number[], now: Date): Statement =>
  db.run(sql`DELETE FROM reviews WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND settles_at <= ${now.getTime()}
    AND EXISTS (SELECT 1 FROM participants p WHERE p.id = reviews.participant_id AND p.status = 'erased')`);

/** The state of a friend's review, and of their referrer's sales. */
const ofFriend = "SELECT v.state FROM reviews v WHERE v.id =";

/**
 * Whether a decision about reward `w` can still be undone. If so, nothing is applied, even if other reviews are
 * settled.
 */
const mayBeUndone = (
  now: Date,
) => sql`(EXISTS (SELECT 1 FROM reviews v INDEXED BY reviews_of_referrer WHERE v.referrer_id = w.participant_id AND v.settles_at > ${now.getTime()})
  OR (w.role = 'invited' AND EXISTS (SELECT 1 FROM reviews v WHERE v.id = w.participant_id * 2 AND v.settles_at > ${now.getTime()})))`;

/** Whether the friend who completed reward `w` is denied. */
const COMPLETED_BY_DENIED = `EXISTS (SELECT 1 FROM participants f INDEXED BY participants_denied WHERE f.invited_by = w.participant_id AND f.is_denied = 1 AND f.credit_event = w.earn_event)`;
/** The rule of reward `w` if it rewards a number of friends, once or repeatedly. Null for any other reward. */
const FOR_FRIENDS = `iif(w.role = 'referrer' AND w.conversion_id IS NULL AND coalesce(r."trigger", c.goal_type) = 'signup', coalesce(r.repeat, 'once'), NULL)`;
/** The number of groups of friends that rule `r` rewarded but that are not complete without denied friends. */
const TOO_MANY = `(SELECT t.reached / r.threshold - t.behind - (t.reached - ${deniedSince("w.participant_id", "printf('evt_%012x', r.date_added)")}) / r.threshold
    FROM rule_counts t WHERE t.participant_id = w.participant_id AND t.rule_id = w.rule_id)`;
/** The order for revoking excess rewards. */
const TURN = `row_number() OVER (PARTITION BY w.participant_id, w.rule_id ORDER BY ${COMPLETED_BY_DENIED} DESC, w.id DESC)`;

/**
 * Rewards of these participants that are held for reviews, with the effect of the decisions: `denied` if the friend who
 * earned it was denied, or too few friends are left. Rewards that wait for another review are left out, so they do not
 * block others.
 */
export const heldRewards = (db: Db, participantIds: number[], max: number, now: Date) =>
  db.all<{ id: number; campaign_id: number; verdict: "denied" | "free" }>(sql`SELECT * FROM (
    SELECT w.id, w.campaign_id, CASE
      WHEN ${mayBeUndone(now)} THEN 'open'
      WHEN w.role = 'invited' AND w.conversion_id IS NULL AND (${sql.raw(ofFriend)} w.participant_id * 2) = 'denied' THEN 'denied'
      WHEN w.conversion_id IS NOT NULL AND ((w.role = 'referrer' AND (${sql.raw(ofFriend)} w.participant_id * 2 + 1) = 'denied') OR EXISTS (
        SELECT 1 FROM conversions k CROSS JOIN participants f ON f.id = k.participant_id WHERE k.id = w.conversion_id AND ${sql.raw(isDenied("f"))})) THEN 'denied'
      WHEN ${sql.raw(FOR_FRIENDS)} = 'every' AND ${sql.raw(TURN)} <= ${sql.raw(TOO_MANY)} THEN 'denied'
      WHEN ${sql.raw(FOR_FRIENDS)} = 'once' AND p.referral_count - ${sql.raw(deniedFriends("w.participant_id"))} < coalesce(r.threshold, c.num_signups) THEN 'denied'
      WHEN EXISTS (SELECT 1 FROM reviews v INDEXED BY reviews_of_referrer WHERE v.referrer_id = w.participant_id AND v.state = 'open' AND v.is_holding)
        OR (w.role = 'invited' AND (${sql.raw(ofFriend)} w.participant_id * 2 AND v.is_holding) = 'open') THEN 'open'
      ELSE 'free' END AS verdict
    FROM rewards w INDEXED BY rewards_in_review CROSS JOIN campaigns c ON c.id = w.campaign_id CROSS JOIN participants p ON p.id = w.participant_id
    LEFT JOIN campaign_rules r ON r.id = w.rule_id
    WHERE w.participant_id IN (SELECT value FROM json_each(${JSON.stringify(participantIds)})) AND w.in_review = 1 AND w.status = 'pending'
      AND w.needs_approval = 1 AND ${isKept(sql`w.campaign_id`)} ORDER BY w.id) WHERE verdict <> 'open' LIMIT ${max}`);
