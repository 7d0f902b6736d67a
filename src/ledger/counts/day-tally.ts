/**
 * What a day counts besides its totals, per hour and per value of each dimension. A tally is one JSON object in the
 * day's own row, which the transaction writes anyway: `{"channel:1": [0, 0, 2, 1, 1, 0, 0, 0]}`. The counts are in this
 * order.
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

/** How many values of a dimension a day keeps apart. The rest are merged into one, so a year's rows stay small. */
export const VALUES_PER_DAY = 20;
/** All other values of a dimension. */
export const OTHER = "*";

/** The dimensions of a participant's or visitor's source. The ledger adds `hour` (UTC) and `channel`. */
export const sourceDimensions = ["utm_source", "utm_medium", "utm_campaign", "referrer", "country", "device"] as const;
export type Source = Partial<Record<(typeof sourceDimensions)[number], string>>;

const each = (text: (name: TallyCount, i: number) => string) => TALLY_COUNTS.map(text).join(", ");

/**
 * Values with the most signups and sales are kept, then those with the most clicks, which anybody can create. On a tie,
 * the new value is kept.
 */
const RANK = "signups + conversions DESC, clicks DESC, is_new DESC, key";

/** The day's tally merged with the row to insert. */
const MERGED_TALLY = `(SELECT json_group_object(key, json_array(${each((name) => name)})) FROM (
    SELECT key, ${each((name) => `sum(${name}) AS ${name}`)} FROM (
      SELECT iif(place > ${VALUES_PER_DAY} AND dimension <> 'hour', dimension || ':${OTHER}', key) AS key, ${each((name) => name)} FROM (
        SELECT *, row_number() OVER (PARTITION BY dimension, key = dimension || ':${OTHER}' ORDER BY ${RANK}) AS place FROM (
          SELECT key, substr(key, 1, instr(key, ':') - 1) AS dimension, max(is_new) AS is_new, ${each((name, i) => `sum(value ->> ${i}) AS ${name}`)}
          FROM (SELECT key, value, 0 AS is_new FROM json_each(campaign_days.tally) UNION ALL SELECT key, value, 1 FROM json_each(excluded.tally))
          GROUP BY key)))
    GROUP BY key))`;

/**
 * The counts that a group knows, as columns of `marks(day, key, …)`, which has a row for each count of a fact in the
 * group's `facts`.
 */
type Counts = Partial<Record<TallyCount, string>>;

/**
 * CTEs that tally `facts(day, at, social, source)` and the columns named in `counts`. `source` is a JSON object or
 * null. `social` is null if nobody shared.
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

/** The assignments that add up conflicting rows. */
export const addedUp = (names: string[]) =>
  [...names.map((name) => `${name} = ${name} + excluded.${name}`), `tally = ${MERGED_TALLY}`].join(", ");

/** Whether the campaign exists. Items that arrive after its deletion are not counted. */
export const IS_THERE = "EXISTS (SELECT 1 FROM campaigns WHERE id = ?2)";

/** A moment's day, as SQL. */
export const dayOf = (at: string) => `strftime('%Y-%m-%d', ${at} / 1000, 'unixepoch')`;

/** Adds `facts` (see `tallying`) to their days: to the columns of the same names, and to the tally. */
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
