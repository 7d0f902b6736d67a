import { type Group, statement } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { keepCohorts } from "../counts/cohorts";
import { countDays } from "../counts/day-tally";
import { moveScores } from "../counts/score";
import { outgoing } from "../events/outgoing";
import { alertExhausted, alertLow, noteAlerts } from "../events/publish";
import { statusAt } from "../records/lifecycle";
import {
  assignCoupons,
  type Earning,
  insertRewardEvents,
  insertRewards,
  KEEP_REWARD_TOTALS,
  REFERRER_SLOT,
  rewardTotals,
} from "../rewards/grant";
import { rewardByRules } from "../rewards/tally";

/** A person's click on a share link. `id` is the prefix of the IDs of the events it causes. */
export type ClickItem = {
  kind: "click";
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  participant_id: number;
  social: number;
  /** A keyed hash that is equal for the same visitor and participant. */
  visitor: string;
  /** The visitor's source: JSON text of a `Source`. */
  source?: string | null;
  origin: string;
};

const value = (field: keyof ClickItem) => `j.value ->> '${field}'`;

/** A group of clicks is identified by its first click. */
const GROUP = "json_extract(?1, '$[0].id')";

/** Clicks have no events of their own. `last_click_group` shows if the group has already been counted. */
const HITS = `hits AS (
  SELECT j.key AS n, ${value("id")} AS event, ${value("at")} AS at, strftime('%Y-%m-%d', ${value("at")} / 1000, 'unixepoch') AS day,
    ${value("social")} AS social, ${value("source")} AS source, ${value("visitor")} AS visitor, ${value("origin")} AS origin, p.id, p.visit_count, p.status
  FROM campaign_stats s CROSS JOIN json_each(?1) j CROSS JOIN participants p ON p.id = ${value("participant_id")} AND p.campaign_id = ?2
    AND p.status IN ('active', 'pending')
  WHERE s.campaign_id = ?2 AND s.last_click_group IS NOT ${GROUP}
)`;

/** Visits count toward a goal only while the campaign is live. Clicks always count. */
const insertVisits = statement(`WITH ${HITS}
INSERT INTO visits (participant_id, day, visitor, click_event)
SELECT h.id, h.day, h.visitor, h.event FROM campaigns c CROSS JOIN hits h WHERE c.id = ?2 AND ${statusAt("c", "h.at")} = 'live' AND (c.goal_type = 'visit'
  OR EXISTS (SELECT 1 FROM campaign_rules r WHERE r.campaign_id = ?2 AND r.date_removed IS NULL AND r.trigger = 'visit'))
ON CONFLICT (participant_id, day, visitor) DO NOTHING`);

/** Each visitor's first click of the day. */
const FIRSTS = `firsts AS (
  SELECT h.* FROM hits h CROSS JOIN visits v ON v.participant_id = h.id AND v.day = h.day AND v.visitor = h.visitor AND v.click_event = h.event
)`;

const earning: Earning = {
  goal: "visit",
  ctes: `${HITS}, ${FIRSTS},
earned AS (
  SELECT n, event, at, id AS participant_id, ${REFERRER_SLOT} AS slot, visit_count + row_number() OVER (PARTITION BY id ORDER BY n) AS reached
  FROM firsts WHERE status = 'active'
),
reach AS (SELECT event, origin, id, NULL AS inviter FROM hits)`,
};

/** Input for the campaign's rules beyond its own goal. */
const TALLIED = `${earning.ctes}, tallied AS (
  SELECT n, event, at, 'visit' AS "trigger", 'referrer' AS role, participant_id, reached, 1 AS is_new FROM earned
)`;

/** Channels with a click but without a reported share. */
const NEW_CHANNELS = `channels AS (
  SELECT h.id, h.social, h.day, h.at FROM hits h
  WHERE NOT EXISTS (SELECT 1 FROM shares x WHERE x.participant_id = h.id AND x.social_type = h.social)
  GROUP BY h.id, h.social
)`;

const MOVED = `${HITS}, ${FIRSTS}, ${NEW_CHANNELS},
moved AS (
  SELECT h.id, 0 AS referrals, count(*) AS clicks, (SELECT count(*) FROM firsts f WHERE f.id = h.id) AS visits,
    (SELECT count(*) FROM channels x WHERE x.id = h.id) AS channels
  FROM hits h GROUP BY h.id
)`;

/** The share that a click implies has no source: the source is the visitor's, not the sharer's. */
const keepDays = statement(
  countDays(
    `${HITS}, ${NEW_CHANNELS}, facts AS (
  SELECT day, at, social, source, 1 AS hit, 0 AS share FROM hits UNION ALL SELECT day, at, social, NULL, 0, 1 FROM channels
)`,
    { clicks: "hit", shares: "share" },
  ),
);

/** Updates the totals, before the rows of new channels exist. `countGroup` runs after those rows. */
const keepTotals =
  statement(`UPDATE campaign_stats SET total_clicks = total_clicks + h.hits, total_shares = total_shares + h.channels,
  ${KEEP_REWARD_TOTALS}
FROM (WITH ${HITS}, ${NEW_CHANNELS} SELECT count(*) AS hits, (SELECT count(*) FROM channels) AS channels FROM hits) h, (${rewardTotals(earning)}) d
WHERE campaign_id = ?2 AND h.hits > 0`);

const insertShares = statement(`WITH ${HITS}
INSERT INTO shares (participant_id, social_type, clicks, date_shared)
SELECT id, social, count(*), min(at) FROM hits GROUP BY id, social
ON CONFLICT (participant_id, social_type) DO UPDATE SET clicks = clicks + excluded.clicks`);

/** Marks the group as counted. Later statements find no hits. */
const countGroup = statement(`UPDATE campaign_stats SET last_click_group = ${GROUP} WHERE campaign_id = ?2`);

export const clickGroup: Group = {
  fence,
  insertVisits,
  insertRewards: insertRewards(earning),
  ...rewardByRules(TALLIED),
  assignCoupons: assignCoupons(earning),
  ...moveScores(MOVED, ", visit_count = visit_count + m.visits, share_count = share_count + m.channels"),
  keepDays,
  ...keepCohorts(`touched AS (SELECT ${value("participant_id")} AS id, ${value("at")} AS at FROM json_each(?1) j)`),
  insertRewardEvents: insertRewardEvents(earning),
  keepTotals,
  insertShares,
  countGroup,
  alertLow,
  alertExhausted,
  noteAlerts,
  ...outgoing,
  lastCoupon,
};
