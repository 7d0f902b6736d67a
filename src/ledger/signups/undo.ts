import { isRewardOf } from "../../../drizzle/schema/rewards";
import { type Group, statement } from "../batch/statement";
import { keepCohorts, MERGED_COHORT } from "../counts/cohorts";
import { countDays, dayOf } from "../counts/day-tally";
import { moveScores } from "../counts/score";
import { REFERRER_SLOT } from "../rewards/grant";
import { ADDED, bucketOf, dropBuckets, moveUp } from "./waitlist";

/** Removes an import's signups. The IDs of their events begin with `key`. */
export type UndoItem = {
  kind: "undo";
  id: string;
  key: string;
  /** When the import started, in milliseconds since the epoch. */
  since: number;
  participant_ids: number[];
};

const value = (field: keyof UndoItem) => `json_extract(?1, '$[0].${field}')`;

/** Whether an event belongs to the import. IDs continue with hexadecimal digits, so none sorts after `g`. */
const isOfImport = (id: string) => `${id} >= ${value("key")} AND ${id} < ${value("key")} || 'g'`;
/** A reward from the campaign's own goal that the signup of `p` earned and that was not given yet. */
const isUndoable = (w: string) =>
  `(${w}.status = 'pending' AND ${w}.earn_event = p.signup_event AND ${w}.rule_id IS NULL)`;

/** The participants with any activity in the campaign since the import. */
const TOUCHED = `SELECT e.participant_id FROM events e WHERE e.campaign_id = ?2 AND e.id >= substr(${value("key")}, 1, 16) AND e.id < ${value("key")} AND e.participant_id IS NOT NULL
    UNION ALL
    SELECT e.participant_id FROM events e WHERE e.campaign_id = ?2 AND e.id >= ${value("key")} || 'g' AND e.participant_id IS NOT NULL`;

/**
 * The participants `p` without any activity after the import. A participant with friends is removed after those
 * friends.
 */
const UNTOUCHED = `p.campaign_id = ?2 AND p.status IN ('active', 'pending') AND ${isOfImport("p.signup_event")}
  AND p.status_event IS NULL AND p.confirmation IS NULL AND p.referral_count = 0 AND p.click_count = 0 AND p.visit_count = 0 AND p.share_count = 0
  AND p.id NOT IN (${TOUCHED})
  AND NOT EXISTS (SELECT 1 FROM participants f WHERE f.invited_by = p.id)
  AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.participant_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM conversions k WHERE k.participant_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM mails m WHERE m.participant_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM rewards w WHERE ${isRewardOf("w.id", "p.id")} AND NOT ${isUndoable("w")})
  AND NOT EXISTS (SELECT 1 FROM rewards w WHERE w.id = p.invited_by * 64 + ${REFERRER_SLOT} AND p.credit_event IS NOT NULL
    AND w.date_earned >= ${value("since")} AND NOT ${isUndoable("w")})
  AND NOT EXISTS (SELECT 1 FROM rewards w WHERE ${isRewardOf("w.id", "p.invited_by")} AND w.rule_id IS NOT NULL AND p.credit_event IS NOT NULL
    AND w.date_earned >= ${value("since")})
  AND NOT EXISTS (SELECT 1 FROM rule_counts k CROSS JOIN campaign_rules r ON r.id = k.rule_id AND r."trigger" = 'signup'
    WHERE k.participant_id = p.invited_by AND p.credit_event IS NOT NULL)`;

const MARKED = `json_each(?1, '$[0].participant_ids') j CROSS JOIN participants p ON p.id = j.value AND p.campaign_id = ?2 AND p.status_event = ${value("id")}`;

/** The rewards that are removed with them: their own and their referrers'. */
const REWARDS = `SELECT w.id, w.status FROM ${MARKED} CROSS JOIN rewards w
  ON w.id IN (p.id * 64 + ${REFERRER_SLOT}, p.id * 64 + 1, p.invited_by * 64 + ${REFERRER_SLOT}) AND ${isUndoable("w")}`;

/** Marks the participants to remove first, with the item's ID, so all statements select the same ones. */
export const undoGroup: Group = {
  mark: statement(`UPDATE participants AS p SET status_event = ${value("id")}
WHERE p.id IN (SELECT j.value FROM json_each(?1, '$[0].participant_ids') j) AND ${UNTOUCHED}`),
  totals:
    statement(`UPDATE campaign_stats SET total_participants = total_participants - m.n, pending_participants = pending_participants - m.parked,
  total_referrals = total_referrals - m.credited, rewards_pending = rewards_pending - w.n
FROM (SELECT count(*) AS n, coalesce(sum(p.status = 'pending'), 0) AS parked, count(p.credit_event) AS credited FROM ${MARKED}) m,
  (SELECT count(DISTINCT id) AS n FROM (${REWARDS})) w
WHERE campaign_id = ?2 AND m.n > 0`),
  days: statement(
    countDays(
      `facts AS (
  SELECT ${dayOf("e.date")} AS day, e.date AS at, p.invited_social AS social, p.source, -1 AS gone, -(p.credit_event IS NOT NULL) AS uncredited
  FROM ${MARKED} CROSS JOIN events e ON e.campaign_id = ?2 AND e.id = p.signup_event
)`,
      { signups: "gone", referrals: "uncredited" },
    ),
  ),
  leaveCohorts: statement(`INSERT INTO campaign_days (campaign_id, day, cohort)
SELECT ?2, day, json_group_object(key, -n) FROM (
  SELECT ${dayOf("p.date_signedup")} AS day, 'stage' || p.stage AS key, count(*) AS n FROM ${MARKED} WHERE p.stage > 0 GROUP BY day, key) GROUP BY day
ON CONFLICT (campaign_id, day) DO UPDATE SET cohort = ${MERGED_COHORT}`),
  rewards: statement(`DELETE FROM rewards WHERE id IN (SELECT id FROM (${REWARDS}))`),
  ...moveScores(
    `moved AS (SELECT p.invited_by AS id, -count(*) AS referrals, 0 AS clicks FROM ${MARKED} WHERE p.credit_event IS NOT NULL GROUP BY p.invited_by)`,
  ),
  ...moveUp(
    `moved AS (SELECT p.invited_by AS id, -count(*) AS referrals FROM ${MARKED} WHERE p.credit_event IS NOT NULL GROUP BY p.invited_by)`,
  ),
  ...keepCohorts(
    `brought AS (SELECT p.invited_by AS id, p.date_signedup AS at FROM ${MARKED} WHERE p.credit_event IS NOT NULL), touched AS (SELECT * FROM brought)`,
    -1,
  ),
  leaveWaitlist: statement(`INSERT INTO waitlist_buckets (campaign_id, bucket, waiting)
SELECT ?2, ${bucketOf("p.waitlist_key")} AS bucket, -count(*) FROM ${MARKED} WHERE p.waitlist_key IS NOT NULL GROUP BY bucket ${ADDED}`),
  dropLeft: dropBuckets(`SELECT ${bucketOf("p.waitlist_key")} FROM ${MARKED} WHERE p.waitlist_key IS NOT NULL`),
  events: statement(`DELETE FROM events WHERE campaign_id = ?2 AND id IN (
  SELECT e.id FROM ${MARKED} CROSS JOIN events e ON e.campaign_id = ?2 AND e.id >= p.signup_event AND e.id < p.signup_event || 'g')`),
  aliases: statement(`DELETE FROM aliases WHERE participant_id IN (SELECT p.id FROM ${MARKED})`),
  ruleCounts: statement(`DELETE FROM rule_counts WHERE participant_id IN (SELECT p.id FROM ${MARKED})`),
  remove: statement(`DELETE FROM participants WHERE id IN (SELECT p.id FROM ${MARKED})`),
};
