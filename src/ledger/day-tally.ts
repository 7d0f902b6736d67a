/**
 * What a day counts besides its totals, per hour and per value of each dimension. A tally is one JSON object in the day's own
 * row, which the transaction writes anyway: `{"channel:1": [0, 0, 2, 1, 1, 0, 0, 0]}`, with the counts in this order.
 */
export const TALLY_COUNTS = [
  "impressions",
  "shares",
  "clicks",
  "signups",
  "referrals",
  "conversions",
  "revenue",
  "refunded",
] as const;
export type TallyCount = (typeof TALLY_COUNTS)[number];

/** Values of a dimension that a day tells apart. Further ones are one value, so that a year's rows stay small. */
export const VALUES_PER_DAY = 20;
/** All further values of a dimension. */
export const OTHER = "*";

/** What a participant's or a visitor's source consists of. The ledger adds `hour`, which is in UTC, and `channel`. */
export const sourceDimensions = ["utm_source", "utm_medium", "utm_campaign", "referrer", "country", "device"] as const;
export type Source = Partial<Record<(typeof sourceDimensions)[number], string>>;

const each = (text: (name: TallyCount, i: number) => string) => TALLY_COUNTS.map(text).join(", ");

/**
 * The values with the most signups and sales stay, then those with the most clicks, which anybody can make. Of equal ones,
 * the new one stays.
 */
const RANK = "signups + conversions DESC, clicks DESC, is_new DESC, key";

/** The day's tally with that of the row to insert. */
export const MERGED_TALLY = `(SELECT json_group_object(key, json_array(${each((name) => name)})) FROM (
    SELECT key, ${each((name) => `sum(${name}) AS ${name}`)} FROM (
      SELECT iif(place > ${VALUES_PER_DAY} AND dimension <> 'hour', dimension || ':${OTHER}', key) AS key, ${each((name) => name)} FROM (
        SELECT *, row_number() OVER (PARTITION BY dimension, key = dimension || ':${OTHER}' ORDER BY ${RANK}) AS place FROM (
          SELECT key, substr(key, 1, instr(key, ':') - 1) AS dimension, max(is_new) AS is_new, ${each((name, i) => `sum(value ->> ${i}) AS ${name}`)}
          FROM (SELECT key, value, 0 AS is_new FROM json_each(campaign_days.tally) UNION ALL SELECT key, value, 1 FROM json_each(excluded.tally))
          GROUP BY key)))
    GROUP BY key))`;

/** `marks(day, key, …)` of a group's `facts`: a row for each count of a fact, with the counts that the group knows. */
type Counts = Partial<Record<TallyCount, string>>;

/**
 * CTEs that tally `facts(day, at, social, source)`, and those of its columns that `counts` names. `source` is a JSON object or null,
 * and `social` null if nobody shared.
 */
export function tallying(counts: Counts) {
  const columns = Object.entries(counts)
    .map(([name, column]) => `${column} AS ${name}`)
    .join(", ");
  return `marks AS (
  SELECT day, 'hour:' || strftime('%H', at / 1000, 'unixepoch') AS key, ${columns} FROM facts
  UNION ALL SELECT day, 'channel:' || social, ${columns} FROM facts WHERE social IS NOT NULL
  UNION ALL SELECT f.day, known.key || ':' || known.value, ${columns} FROM facts f CROSS JOIN json_each(f.source) known
)`;
}

/** The tally of a day `d`. */
export const tallyOfDay = (counts: Counts) => `(SELECT json_group_object(key, json(counts)) FROM (
    SELECT key, json_array(${each((name) => (counts[name] ? `sum(${name})` : "0"))}) AS counts FROM marks m WHERE m.day = d.day GROUP BY key))`;

/** What a row's conflict adds up. */
export const addedUp = (names: string[]) =>
  [...names.map((name) => `${name} = ${name} + excluded.${name}`), `tally = ${MERGED_TALLY}`].join(", ");

/** Whether the campaign is there. What comes after its deletion has nowhere to be counted. */
export const IS_THERE = "EXISTS (SELECT 1 FROM campaigns WHERE id = ?2)";

/** A moment's day, as SQL. */
export const dayOf = (at: string) => `strftime('%Y-%m-%d', ${at} / 1000, 'unixepoch')`;

/**
 * Counts on their days what `facts` says (see `tallying`): the day's columns of the same names, and its tally.
 */
export function countDays(ctes: string, counts: Counts) {
  const names = Object.keys(counts);
  return `WITH ${ctes}, ${tallying(counts)}
INSERT INTO campaign_days (campaign_id, day, ${names.join(", ")}, tally)
SELECT ?2, d.day, ${names.join(", ")}, ${tallyOfDay(counts)}
FROM (SELECT day, ${Object.entries(counts)
    .map(([name, column]) => `sum(${column}) AS ${name}`)
    .join(", ")} FROM facts GROUP BY day) d WHERE ${IS_THERE}
ON CONFLICT (campaign_id, day) DO UPDATE SET ${addedUp(names)}`;
}
