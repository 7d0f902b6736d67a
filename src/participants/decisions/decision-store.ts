import { type SQL, sql } from "drizzle-orm";
import { isRewardOf, ownCampaign, RULE_REWARDS } from "../../../drizzle/schema";
import { momentOfEvent } from "../../lib/crypto";
import type { Db } from "../../lib/db";
import { EVENT, FROM_EVENTS, KEYS, VISIT, VISITED } from "./decision-key";
import type { Subject } from "./decision-schema";

/** The maximum number of a participant's friends, visits, and rewards that one request examines. */
const LOOKED_MAX = 10_000;
/** The maximum number of events for one campaign, and for each campaign if all are listed. */
const [EVENTS_MAX, EVENTS_OF_EACH_MAX] = [1_000, 200];
/** The maximum number of a campaign's conversions to search for a code, and of rewards to count for a cap. */
const SEARCHED_MAX = 1_000;

/**
 * A participant's events are found through the rows that belong to them, because events have no index by participant.
 * D1 allows five SELECTs in a UNION.
 */
const eventsOf = (participant: number, campaign: SQL) => {
  const circle = sql`SELECT ${participant} AS id UNION ALL SELECT id FROM (
    SELECT f.id FROM participants f WHERE f.invited_by = ${participant} ORDER BY f.id DESC LIMIT ${LOOKED_MAX})`;
  const sales = sql`SELECT k.id, k.event, k.event_name, k.external_id FROM (${circle}) x CROSS JOIN conversions k ON k.participant_id = x.id
    UNION SELECT k.id, k.event, k.event_name, k.external_id FROM (SELECT * FROM conversions WHERE campaign_id = ${campaign} ORDER BY id DESC LIMIT ${SEARCHED_MAX}) k
      WHERE k.participant_id IS NULL AND k.referrer_id = ${participant}`;
  const entries = sql`SELECT c.* FROM credits c WHERE c.participant_id = ${participant} ORDER BY c.reward_id DESC LIMIT ${LOOKED_MAX}`;
  const own = sql`SELECT w.* FROM rewards w WHERE ${sql.raw(isRewardOf("w.id", String(participant)))} ORDER BY w.id DESC LIMIT ${LOOKED_MAX}`;
  const recorded = sql`SELECT DISTINCT j.value AS id FROM (${circle}) x CROSS JOIN participants f ON f.id = x.id
      CROSS JOIN json_each(json_array(f.signup_event, f.invite_event, f.credit_event)) j WHERE j.value IS NOT NULL
    UNION SELECT event FROM (${sales})
    UNION SELECT r.event FROM (${sales}) k CROSS JOIN refunds r ON r.campaign_id = ${campaign} AND r.event_name = k.event_name AND r.external_id = k.external_id`;
  const earned = sql`SELECT event FROM (${entries}) UNION SELECT earn_event FROM (${own}) WHERE terms IS NOT NULL
    UNION SELECT substr(event, 1, length(event) - 2) FROM (${entries}) WHERE reason = 'released'
    UNION SELECT x.id FROM (${own}) w CROSS JOIN events x ON x.campaign_id = w.campaign_id AND x.id > w.earn_event || '_r' AND x.id < w.earn_event || '_s'
      WHERE x.reward_id = w.id`;
  return sql`SELECT id FROM (${recorded}) UNION SELECT * FROM (${earned})`;
};

/**
 * How to walk a list: newest first, or oldest first after the key `after`. Newest first, it can start before the key
 * `before` and end at the key `since`. `looked` is the number of a campaign's events that one page examines.
 */
export type Walk = {
  after?: string | undefined;
  before?: string | undefined;
  since?: string | undefined;
  looked?: number | undefined;
};

/** Whether a key is in the range of the list that the page covers. */
function behind(column: string, { after, before, since }: Walk) {
  const key = sql.raw(column);
  if (after !== undefined) return sql`${key} > ${after}`;
  return sql`${before === undefined ? sql`1` : sql`${key} < ${before}`} AND ${since === undefined ? sql`1` : sql`${key} >= ${since}`}`;
}
const way = ({ after }: Walk) => sql.raw(after === undefined ? "DESC" : "ASC");

export type Scope = { campaign_id?: number | undefined; participant_id?: number | undefined };

/** One of the member's campaigns, or all. */
const campaignsOf = (memberId: number, { campaign_id }: Scope) =>
  sql`SELECT id FROM campaigns WHERE member_id = ${memberId} ${campaign_id === undefined ? sql`` : sql`AND id = ${campaign_id}`}`;

/**
 * The first event at which a campaign reaches the limit of examined events, which ends the page. Null if all events are
 * examined.
 */
function lastOf(memberId: number, scope: Scope, walk: Walk) {
  const max = walk.looked ?? (scope.campaign_id === undefined ? EVENTS_OF_EACH_MAX : EVENTS_MAX);
  return sql`SELECT ${sql.raw(walk.after === undefined ? "max" : "min")}(last) AS last FROM (SELECT (
    SELECT x.id FROM events x WHERE x.campaign_id = c.id AND ${behind("x.id", walk)} ORDER BY x.id ${way(walk)} LIMIT 1 OFFSET ${max - 1}) AS last
    FROM (${campaignsOf(memberId, scope)}) c)`;
}

const inCampaigns = (memberId: number, scope: Scope, walk: Walk) =>
  sql`SELECT ${sql.raw(EVENT)} FROM (${lastOf(memberId, scope, walk)}) z CROSS JOIN (${campaignsOf(memberId, scope)}) c
    CROSS JOIN events e ON e.campaign_id = c.id AND ${behind("e.id", walk)}
      AND ${walk.after === undefined ? sql`e.id >= coalesce(z.last, '')` : sql`e.id <= coalesce(z.last, 'f')`} ${sql.raw(FROM_EVENTS)}
    WHERE subject IS NOT NULL`;

/** The campaign of the member's participant. Null, which has no events, for another member's. */
const campaignOf = (memberId: number, { campaign_id, participant_id }: Scope) =>
  sql`(SELECT y.campaign_id FROM participants y CROSS JOIN campaigns z ON z.id = y.campaign_id AND z.member_id = ${memberId}
        WHERE y.id = ${participant_id ?? 0} AND y.status <> 'erased' ${campaign_id === undefined ? sql`` : sql`AND z.id = ${campaign_id}`})`;

/** One row if the participant belongs to the member. */
export const ownParticipant = (db: Db, memberId: number, scope: Scope) =>
  db.all<{ id: number }>(sql`SELECT id FROM (SELECT ${campaignOf(memberId, scope)} AS id) WHERE id IS NOT NULL`);

const ofParticipant = (campaign: SQL, participant: number) =>
  sql`SELECT ${sql.raw(EVENT)} FROM (${eventsOf(participant, campaign)}) o
      CROSS JOIN events e ON e.campaign_id = ${campaign} AND e.id = o.id ${sql.raw(FROM_EVENTS)} WHERE subject IS NOT NULL AND subject <> 'visit'
    UNION ALL SELECT ${sql.raw(VISITED)} FROM (
      SELECT * FROM visits WHERE participant_id = ${participant} ORDER BY day DESC LIMIT ${LOOKED_MAX}) v
      CROSS JOIN participants p ON p.id = v.participant_id AND p.campaign_id = ${campaign}`;

/** The keys of a page, in order, plus one more. */
function pageOf(memberId: number, scope: Scope, walk: Walk, limit: number) {
  const found =
    scope.participant_id === undefined
      ? inCampaigns(memberId, scope, walk)
      : ofParticipant(campaignOf(memberId, scope), scope.participant_id);
  return sql`SELECT * FROM (${sql.raw(KEYS)} FROM (${found})) WHERE ${behind("key", walk)} GROUP BY key ORDER BY key ${way(walk)} LIMIT ${limit + 1}`;
}

export type Gain = { rule: number | null; reward: number };
/** A rule for signups or visits that applies to the beneficiary, and how many rewards it gave them before. */
export type Standing = {
  rule: number | null;
  had: number;
  had_in_month: number;
  once: 0 | 1;
  threshold: number;
  max: number | null;
  max_in_month: number | null;
  is_spent: 0 | 1;
};

export type Decided = {
  key: string;
  campaign_id: number;
  subject: Subject;
  type: string;
  at: number;
  participant_id: number | null;
  name: string | null;
  email: string | null;
  /** The status of the participant who signed up, or whose link was opened. */
  status: string | null;
  confirmation: string | null;
  invited_by: number | null;
  inviter_status: string | null;
  is_credited: 0 | 1;
  is_credited_later: 0 | 1;
  /** Whether the friend now has another referrer than in the event, or none. */
  is_moved: 0 | 1;
  reward_id: number | null;
  rule_id: number | null;
  asks: 0 | 1;
  is_reviewed: 0 | 1;
  is_asked: 0 | 1;
  /** Whether the campaign's endpoint refused the reward. */
  is_vetoed: 0 | 1 | null;
  conversion_id: number | null;
  order_id: string | null;
  outcome: "credited" | "not_credited" | "capped" | null;
  attributed_by: string | null;
  /** JSON. */
  decisions: string | null;
  gained: string;
  lost: string;
  standings: string;
};

const GAINS = (
  event: string,
  ids: string,
) => `(SELECT json_group_array(json_object('rule', g.rule_id, 'reward', g.id)) FROM (
    SELECT w.id, w.rule_id FROM rewards w WHERE w.id IN (${ids}) AND w.earn_event = ${event}
    UNION ALL SELECT w.id, w.rule_id FROM rewards w INDEXED BY rewards_of_rules WHERE w.earn_event = ${event} AND w.rule_id IS NOT NULL AND w.conversion_id IS NULL) g)`;

/** The rewards that a refund reduced or restored. */
const LOST = `(SELECT json_group_array(json_object('rule', g.rule_id, 'reward', g.id, 'is_back', c.reason = 'given_back')) FROM json_each(k.decisions) d
    CROSS JOIN rewards g ON g.id = d.value ->> 'reward' CROSS JOIN credits c ON c.participant_id = g.participant_id AND c.reward_id = g.id AND c.event = f.event)`;

/** Times as in event IDs, because a visit's row only has its day. */
const MOMENT = "iif(f.subject = 'visit', substr(f.event, 5, 12), printf('%012x', f.date))";

/** The beneficiary's rewards from the campaign's own goal and from each rule at the time of the event. */
const STANDINGS = `(SELECT json_group_array(json_object('rule', r.rule, 'had', coalesce(h.n, 0), 'had_in_month', coalesce(h.in_month, 0), 'once', r.once,
      'threshold', r.threshold, 'max', r.max_per_participant, 'max_in_month', r.max_per_month, 'is_spent', r.is_spent)) FROM (
    SELECT NULL AS rule, 1 AS once, 0 AS threshold, NULL AS max_per_participant, NULL AS max_per_month, 0 AS is_spent
      FROM campaigns c WHERE c.id = f.campaign_id AND c.goal_type = f.subject
    UNION ALL SELECT r.id, r.repeat = 'once', r.threshold, r.max_per_participant, r.max_per_month,
      coalesce(coalesce(s.rule_spent ->> ('$."' || r.id || '"'), 0) + coalesce(r.amount, 0) > r.budget, 0)
      FROM campaign_stats s CROSS JOIN campaign_rules r ON r.campaign_id = s.campaign_id WHERE s.campaign_id = f.campaign_id AND r.role = 'referrer'
        AND r."trigger" = f.subject AND printf('%012x', r.date_added) <= ${MOMENT} AND (r.date_removed IS NULL OR printf('%012x', r.date_removed) > ${MOMENT})) r
  LEFT JOIN (SELECT rule_id, count(*) AS n, sum(strftime('%Y-%m', date_earned / 1000, 'unixepoch') = strftime('%Y-%m', f.date / 1000, 'unixepoch')) AS in_month
    FROM (SELECT w.rule_id, w.date_earned FROM rewards w WHERE ${isRewardOf("w.id", "f.beneficiary")} AND w.earn_event < f.event AND w.role = 'referrer' AND (w.rule_id IS NOT NULL OR w.id < ${RULE_REWARDS.FROM}) LIMIT ${SEARCHED_MAX}) GROUP BY rule_id) h ON h.rule_id IS r.rule)`;

/** The facts of decisions, for the keys in `found(key, event, campaign_id, subject, participant_id, date)`. */
const facts = (found: SQL) => sql`WITH found AS (
    SELECT x.*, p.name, p.email, p.status, p.confirmation, p.invited_by, p.credit_event, i.status AS inviter_status,
      iif(x.subject = 'visit', x.participant_id, p.invited_by) AS beneficiary
    FROM (${found}) x LEFT JOIN participants p ON p.id = x.participant_id LEFT JOIN participants i ON i.id = p.invited_by)
  SELECT f.key, f.campaign_id, f.subject, coalesce(e.type, 'visit') AS type, f.date AS at, f.participant_id, f.name, f.email, f.status, f.confirmation, f.invited_by, f.inviter_status,
    f.credit_event IS f.event AS is_credited, f.credit_event IS NOT NULL AND f.credit_event <> f.event AS is_credited_later,
    coalesce(f.subject = 'signup' AND e.data ->> 'invited_by' IS NOT NULL AND e.data ->> 'invited_by' IS NOT f.invited_by, 0) AS is_moved,
    e.reward_id, w.rule_id, coalesce(r.needs_approval, 0) AS asks, w.in_review IS NOT NULL AS is_reviewed, w.in_veto IS NOT NULL AS is_asked,
    e.type = 'reward.revoked' AND EXISTS (SELECT 1 FROM credits c WHERE c.participant_id = w.participant_id AND c.reward_id = w.id AND c.event = e.id AND c.by = 'veto') AS is_vetoed,
    k.id AS conversion_id, k.external_id AS order_id, iif(f.subject = 'conversion', k.outcome, NULL) AS outcome, k.attributed_by, k.decisions,
    iif(f.subject = 'signup', ${sql.raw(GAINS("f.event", "f.participant_id * 64, f.participant_id * 64 + 1, f.invited_by * 64"))},
      iif(f.subject = 'visit', ${sql.raw(GAINS("f.event", "f.participant_id * 64"))}, '[]')) AS gained,
    iif(f.subject = 'refund', ${sql.raw(LOST)}, '[]') AS lost,
    iif(f.subject = 'visit' OR (f.subject = 'signup' AND f.credit_event = f.event), ${sql.raw(STANDINGS)}, '[]') AS standings
  FROM found f LEFT JOIN events e ON e.campaign_id = f.campaign_id AND e.id = f.event LEFT JOIN rewards w ON w.id = e.reward_id
  LEFT JOIN campaign_rules r ON r.id = w.rule_id
  LEFT JOIN conversions k ON f.subject IN ('conversion', 'refund') AND k.campaign_id = f.campaign_id
    AND k.event_name = e.data ->> 'event_name' AND k.external_id = e.data ->> 'conversion_id'`;

/** A page of decisions, plus one more. */
export const decisionsPage = (db: Db, memberId: number, scope: Scope, walk: Walk, limit: number) =>
  db.all<Decided>(sql`${facts(pageOf(memberId, scope, walk, limit))} ORDER BY f.key ${way(walk)}`);

/** The last event that a page of campaigns could examine. Undefined if it reached the end. */
export const lastLooked = (db: Db, memberId: number, scope: Scope, walk: Walk) =>
  db.all<{ campaign_id: number; id: string }>(sql`SELECT e.campaign_id, e.id FROM (${lastOf(memberId, scope, walk)}) z
    CROSS JOIN (${campaignsOf(memberId, scope)}) c CROSS JOIN events e ON e.campaign_id = c.id AND e.id = z.last
    WHERE ${scope.participant_id === undefined} LIMIT 1`);

/** The decision with a key. */
export function decisionByKey(db: Db, memberId: number, campaignId: number, key: string) {
  const campaign = ownCampaign(memberId, campaignId);
  const [event = "", participant] = key.split(VISIT);
  const found =
    participant === undefined
      ? sql`SELECT ${sql.raw(EVENT)} FROM events e ${sql.raw(FROM_EVENTS)}
          WHERE e.campaign_id = ${campaign} AND e.id = ${event} AND subject IS NOT NULL AND subject <> 'visit'`
      : sql`SELECT ${sql.raw(VISITED)} FROM participants p
          CROSS JOIN visits v ON v.participant_id = p.id AND v.day = ${dayOf(event)} AND v.click_event = ${event}
          WHERE p.id = ${Number(participant)} AND p.campaign_id = ${campaign}`;
  return db.all<Decided>(facts(sql`${sql.raw(KEYS)} FROM (${found})`));
}

/** The UTC day of an event, by its ID. */
const dayOf = (event: string) => momentOfEvent(event)?.toISOString().slice(0, 10) ?? "";
