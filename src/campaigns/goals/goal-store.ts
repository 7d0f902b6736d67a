import { sql } from "drizzle-orm";
import { REFERRER_SLOT } from "../../ledger/rewards/grant";
import { wasDenied } from "../../ledger/rewards/review-holds";
import type { Db, Statement } from "../../lib/db";
import type { GoalChange, Look } from "./goal";

/**
 * Records that this change lowers the goal, and returns a row if it does. A change of the goal's type counts too,
 * because participants may have already reached it. Must run before the change, in the same transaction.
 */
export const noteFall = (
  db: Db,
  memberId: number,
  id: number,
  { goal_type, num_signups, num_visits }: GoalChange,
  { mark, origin }: { mark: string; origin: string },
) =>
  db.all<{ campaign_id: number }>(sql`INSERT INTO goal_falls (campaign_id, mark, origin)
    SELECT id, ${mark}, ${origin} FROM (
      SELECT id, goal_type, iif(goal_type = 'visit', num_visits, num_signups) AS goal, coalesce(${goal_type ?? null}, goal_type) AS new_type,
        coalesce(${num_signups ?? null}, num_signups) AS new_signups, coalesce(${num_visits ?? null}, num_visits) AS new_visits
      FROM campaigns WHERE id = ${id} AND member_id = ${memberId})
    WHERE new_type <> goal_type OR iif(new_type = 'visit', new_visits, new_signups) < goal
    ON CONFLICT (campaign_id) DO UPDATE SET mark = excluded.mark, origin = excluded.origin, looked_up_to = 0
    RETURNING campaign_id`);

/** Records that the campaign has a new or lower tier, if `isDue`. */
export const noteRung = (
  db: Db,
  memberId: number,
  id: number,
  { mark, origin, isDue }: { mark: string; origin: string; isDue: boolean },
) =>
  db.all<{ campaign_id: number }>(sql`INSERT INTO goal_falls (campaign_id, mark, origin)
    SELECT id, ${mark}, ${origin} FROM campaigns WHERE id = ${id} AND member_id = ${memberId} AND ${isDue ? 1 : 0}
    ON CONFLICT (campaign_id) DO UPDATE SET mark = excluded.mark, origin = excluded.origin, looked_up_to = 0
    RETURNING campaign_id`);

/** Whether participant `p` has reached a tier of the campaign's rules without getting its reward. */
const RUNG_DUE =
  sql.raw(`EXISTS (SELECT 1 FROM campaign_rules r WHERE r.campaign_id = p.campaign_id AND r.date_removed IS NULL
      AND r.role = 'referrer' AND r.repeat = 'once' AND r.trigger <> 'conversion'
      AND iif(r.trigger = 'visit', p.visit_count, p.referral_count) >= r.threshold
      AND NOT EXISTS (SELECT 1 FROM rule_counts t WHERE t.participant_id = p.id AND t.rule_id = r.id AND t.granted > 0))`);

/** Searches all accounts, for the cron. */
export const openFalls = (db: Db, max: number) =>
  db.all<{ campaign_id: number }>(sql`SELECT campaign_id FROM goal_falls ORDER BY campaign_id LIMIT ${max}`);

/**
 * The next participants of a campaign whose goal or tiers were lowered, and which of them reached one without a reward.
 * No row if the goal was not lowered, or all participants were checked.
 */
export const look = (db: Db, campaignId: number, max: number) =>
  db.all<Look>(sql`WITH fall AS (
      SELECT f.*, c.goal_type, iif(c.goal_type = 'visit', c.num_visits, c.num_signups) AS goal
      FROM goal_falls f CROSS JOIN campaigns c ON c.id = f.campaign_id WHERE f.campaign_id = ${campaignId}),
    people AS (
      SELECT p.id, p.status = 'active' AND (iif(f.goal_type = 'visit', p.visit_count, p.referral_count) >= f.goal
        AND NOT EXISTS (SELECT 1 FROM rewards w WHERE w.id = p.id * 64 + ${REFERRER_SLOT} AND NOT ${sql.raw(wasDenied("w"))}) OR ${RUNG_DUE}) AS is_due
      FROM fall f CROSS JOIN participants p INDEXED BY participants_of_campaign ON p.campaign_id = f.campaign_id AND p.id > f.looked_up_to
      ORDER BY p.id LIMIT ${max})
    SELECT campaign_id, mark, origin, looked_up_to AS first, (SELECT coalesce(max(id), 0) FROM people) AS last,
      (SELECT count(*) FROM people) AS people, (SELECT json_group_array(id) FROM people WHERE is_due) AS due FROM fall`);

/** Matches only if, since the read, the goal was not lowered again and no other run has made progress. */
const still = ({ campaign_id, mark, first }: Look) =>
  sql`campaign_id = ${campaign_id} AND mark = ${mark} AND looked_up_to = ${first}`;

export const moveOn = (db: Db, look: Look): Statement =>
  db.run(sql`UPDATE goal_falls SET looked_up_to = ${look.last} WHERE ${still(look)}`);

export const endFall = (db: Db, look: Look): Statement => db.run(sql`DELETE FROM goal_falls WHERE ${still(look)}`);
