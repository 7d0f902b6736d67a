import { isRewardOf } from "../../../drizzle/schema/rewards";
import { type Group, statement } from "../batch/statement";
import { dayOf, IS_THERE } from "./day-tally";

/**
 * How far a participant has come. Each stage includes the ones before it, so the counts of a day's participants never
 * increase from stage to stage. 0 means that they signed up before stages existed and are not counted.
 */
export const stages = { signed_up: 1, shared: 2, visited: 3, referred: 4, rewarded: 5 } as const;

/** Friends within this time of their referrer's own signup count for the K-factor. */
export const K_DAYS = 28;

/**
 * Times to the first friend are counted in steps of a quarter octave: each step is about a fifth longer than the
 * previous one.
 */
const STEPS_PER_OCTAVE = 4;

/** The middle of a step, in milliseconds. */
export const timeOfStep = (step: number) => (2 ** ((step + 0.5) / STEPS_PER_OCTAVE) - 1) * 60_000;

const STAGE = `CASE WHEN EXISTS (SELECT 1 FROM rewards w WHERE ${isRewardOf("w.id", "p.id")} AND w.role = 'referrer') THEN ${stages.rewarded}
    WHEN p.referral_count > 0 THEN ${stages.referred} WHEN p.click_count > 0 THEN ${stages.visited} WHEN p.share_count > 0 THEN ${stages.shared}
    ELSE ${stages.signed_up} END`;
const STEP = `CASE WHEN p.referral_count <= 0 THEN NULL ELSE coalesce(p.first_friend,
    CAST(${STEPS_PER_OCTAVE} * log2(1 + max(0, t.at - p.date_signedup) / 60000.0) AS INTEGER)) END`;

/** The day's cohort merged with the row to insert. Zero counts are left out. */
export const MERGED_COHORT = `(SELECT json_group_object(key, n) FROM (
    SELECT key, sum(value) AS n FROM (SELECT key, value FROM json_each(campaign_days.cohort) UNION ALL SELECT key, value FROM json_each(excluded.cohort))
    GROUP BY key HAVING n <> 0))`;

/** The cohort's keys for all friends and for friends within `K_DAYS`. */
export const [FRIENDS, EARLY_FRIENDS] = ["friends", "early"];

/** A row's changes to its day's cohort, as an array: D1 allows at most five terms in a compound SELECT. */
const each = (changes: [key: string, n: string][]) =>
  `json_each(json_array(${changes.map(([key, n]) => `json_array(${key}, ${n})`).join(", ")})) entry WHERE entry.value ->> 0 IS NOT NULL`;

const brought = (sign: 1 | -1) => `UNION ALL SELECT r.date_signedup, entry.value ->> 0, entry.value ->> 1
    FROM brought b CROSS JOIN participants r ON r.id = b.id AND r.stage > 0 CROSS JOIN ${each([
      [`'${FRIENDS}'`, String(sign)],
      [`iif(b.at - r.date_signedup < ${K_DAYS} * 86400000, '${EARLY_FRIENDS}', NULL)`, String(sign)],
    ])}`;

const MOVED = each([
  ["iif(stage <> now, 'stage' || now, NULL)", "1"],
  ["iif(stage <> now, 'stage' || stage, NULL)", "-1"],
  ["iif(step IS NOT first_friend, 'step' || step, NULL)", "1"],
  ["iif(step IS NOT first_friend, 'step' || first_friend, NULL)", "-1"],
]);

const MOVES = `moves AS (
  SELECT *, stage <> now OR first_friend IS NOT step AS moves FROM (
    SELECT p.id, p.date_signedup, p.stage, ${STAGE} AS now, p.first_friend, ${STEP} AS step
    FROM (SELECT id, min(at) AS at FROM touched GROUP BY id) t CROSS JOIN participants p ON p.id = t.id AND p.campaign_id = ?2 AND p.stage > 0))`;

/**
 * Updates how far the participants of each signup day have gotten. Runs after their counts and rewards are written.
 * `ctes` define `touched(id, at)`, the participants whose counts may have changed. If `brings` is not 0, they also
 * define `brought(id, at)`: one row per new credit (1) or per credit taken back (-1).
 */
export const keepCohorts = (ctes: string, brings: 1 | -1 | 0 = 0): Group => ({
  keepCohorts: statement(`WITH ${ctes}, ${MOVES}
INSERT INTO campaign_days (campaign_id, day, cohort)
SELECT ?2, day, json_group_object(key, n) FROM (
  SELECT ${dayOf("at")} AS day, key, sum(n) AS n FROM (
    SELECT date_signedup AS at, entry.value ->> 0 AS key, entry.value ->> 1 AS n FROM moves CROSS JOIN ${MOVED}
    ${brings === 0 ? "" : brought(brings)})
  GROUP BY day, key) WHERE ${IS_THERE} GROUP BY day
ON CONFLICT (campaign_id, day) DO UPDATE SET cohort = ${MERGED_COHORT}`),
  noteStages: statement(`WITH ${ctes}, ${MOVES}
UPDATE participants SET stage = m.now, first_friend = m.step FROM moves m WHERE participants.id = m.id AND m.moves`),
});
