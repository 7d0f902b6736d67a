import { type SQL, sql } from "drizzle-orm";
import { stages } from "../../ledger/counts/cohorts";
import { TALLY_COUNTS, type TallyCount } from "../../ledger/counts/day-tally";
import type { Db } from "../../lib/db";
import { CHANNELS } from "./channel";

/** Limits a query to one brand or one campaign of an account. Without either, it covers the whole account. */
export type About = { brandId?: number | undefined; campaignId?: number | undefined };

export type Days = { from: string; to: string };
export type Counts = Record<TallyCount, number>;

/** The counts of all campaigns with the same currency. */
export type AccountNumbers = Counts & { currency: string };

const SUMS = sql.raw(TALLY_COUNTS.map((name) => `coalesce(sum(d.${name}), 0) AS ${name}`).join(", "));

/**
 * The campaigns of an account, or of a part of it, with their UTC days: one row per campaign and day with activity,
 * whatever the number of participants.
 */
const daysOf = (memberId: number, { from, to }: Days, about: About): SQL =>
  sql`FROM campaigns c CROSS JOIN campaign_days d ON d.campaign_id = c.id AND d.day BETWEEN ${from} AND ${to}
    WHERE ${isTheirs(memberId, about)}`;

const isTheirs = (memberId: number, { brandId, campaignId }: About): SQL => {
  if (campaignId !== undefined) return sql`c.id = ${campaignId} AND c.member_id = ${memberId}`;
  return brandId === undefined
    ? sql`c.member_id = ${memberId}`
    : sql`c.brand_id = ${brandId} AND +c.member_id = ${memberId}`;
};

/** A period's counts by currency, highest revenue first. */
export const accountNumbers = (db: Db, memberId: number, days: Days, about: About = {}) =>
  db.all<AccountNumbers>(sql`SELECT c.currency, ${SUMS} ${daysOf(memberId, days, about)}
    GROUP BY c.currency ORDER BY sum(d.revenue) DESC, c.currency`);

/** A day's counts, and the number of participants at each stage, as a JSON object in the form of a cohort. */
export type AccountDay = AccountNumbers & { day: string; cohort: string };

/**
 * The same counts by day, with the stages of the days since `cohortsFrom` (`ledger/counts/cohorts.ts`). Stages are read by key,
 * because D1 bills each entry that `json_each` reads as a row.
 */
export function accountDays(db: Db, memberId: number, days: Days, cohortsFrom: string, about: About = {}) {
  const reached = Object.values(stages).map((stage) => {
    const key = sql.raw(`'stage${stage}'`);
    return sql`${key}, coalesce(sum(d.cohort ->> ${key}) FILTER (WHERE d.day >= ${cohortsFrom}), 0)`;
  });
  return db.all<AccountDay>(sql`SELECT d.day, c.currency, ${SUMS}, json_object(${sql.join(reached, sql`, `)}) AS cohort
    ${daysOf(memberId, days, about)} GROUP BY d.day, c.currency`);
}

/** The counts of a slice of a day's campaigns, with their cohorts as a JSON array. */
type DayPart = AccountNumbers & { day: string; cohorts: string };

/**
 * The number of slices per day. A D1 value holds at most 2 MB, and one campaign's cohort for a day can take a
 * thousandth of that.
 */
const PARTS = 16;

/** The same counts with full cohorts. Ask for few days at a time: each campaign and day takes 100 bytes or more. */
export const wholeDays = (db: Db, memberId: number, days: Days, about: About = {}) =>
  db.all<DayPart>(sql`SELECT d.day, c.currency, ${SUMS}, json_group_array(json(d.cohort)) FILTER (WHERE d.cohort <> '{}') AS cohorts
    ${daysOf(memberId, days, about)} GROUP BY d.day, c.currency, c.id % ${PARTS}`);

/** The counts shown of a channel. */
const CHANNEL_COUNTS = ["clicks", "referrals", "revenue", "refunded"] as const satisfies TallyCount[];
type ChannelCounts = Record<(typeof CHANNEL_COUNTS)[number], number>;

/** `sums` is a JSON array: the campaign's counts, and those of each channel. Null without activity. */
type CampaignRow = { id: number; name: string; brand_id: number; currency: string; sums: string | null };

const TOTALS = sql.raw(TALLY_COUNTS.map((name) => `sum(${name})`).join(", "));
const OF_CHANNELS = sql.raw(
  CHANNELS.map((channel, i) => `json_extract(d.tally, '$."channel:${channel}"') AS channel${i}`).join(", "),
);
const CHANNEL_TOTALS = sql.raw(
  CHANNELS.map((_, i) => {
    const sums = CHANNEL_COUNTS.map((name) => `sum(channel${i} ->> ${TALLY_COUNTS.indexOf(name)})`);
    return `json_array(${sums.join(", ")})`;
  }).join(", "),
);

/**
 * Each campaign's counts in a period, in a row that is as short for a year as for a day. The `LIMIT` makes SQLite read
 * each day's channels once, not again for each sum.
 */
export const campaignRows = (db: Db, memberId: number, { from, to }: Days, about: About = {}) =>
  db.all<CampaignRow>(sql`SELECT c.id, c.name, c.brand_id, c.currency, (
      SELECT iif(count(*) = 0, NULL, json_array(json_array(${TOTALS}), json_array(${CHANNEL_TOTALS})))
      FROM (SELECT d.*, ${OF_CHANNELS} FROM campaign_days d WHERE d.campaign_id = c.id AND d.day BETWEEN ${from} AND ${to} LIMIT -1)
    ) AS sums FROM campaigns c WHERE ${isTheirs(memberId, about)} ORDER BY c.id`);

/** A campaign's counts in a period, in total and by channel. Channels without counts are left out. */
export type CampaignNumbers = Counts & {
  id: number;
  name: string;
  brand_id: number;
  currency: string;
  channels: (ChannelCounts & { channel: string; currency: string })[];
};

const named = <N extends string>(names: readonly N[], values: number[]) =>
  Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0])) as Record<N, number>;

/** The campaigns with activity in the period, by ID. */
export const campaignNumbers = (rows: CampaignRow[]): CampaignNumbers[] =>
  rows.flatMap(({ sums, ...campaign }) => {
    if (sums === null) return [];
    const [totals, channels] = JSON.parse(sums) as [number[], (number | null)[][]];
    const { currency } = campaign;
    return {
      ...campaign,
      ...named(TALLY_COUNTS, totals),
      channels: CHANNELS.flatMap((channel, i) => {
        const own = channels[i]?.filter((sum) => sum !== null) ?? [];
        return own.length === 0 ? [] : [{ channel, currency, ...named(CHANNEL_COUNTS, own) }];
      }),
    };
  });

/** Pending rewards that are not on hold. */
export const owedNow = (db: Db, memberId: number, about: About = {}) =>
  db.all<{ owed: number }>(sql`SELECT coalesce(sum(s.rewards_pending - s.rewards_held), 0) AS owed
    FROM campaigns c CROSS JOIN campaign_stats s ON s.campaign_id = c.id WHERE ${isTheirs(memberId, about)}`);

type TopReferrer = {
  id: number;
  name: string | null;
  campaign_name: string;
  brand_id: number;
  referral_count: number;
  click_count: number;
};

/** The best referrers of all time, picked from the best of each campaign. Reads `max` rows per campaign. */
export const topReferrers = (db: Db, memberId: number, max: number, about: About = {}) =>
  db.all<TopReferrer>(sql`SELECT p.id, p.name, c.name AS campaign_name, c.brand_id, p.referral_count, p.click_count
    FROM campaigns c CROSS JOIN participants p ON p.id IN (SELECT b.id FROM participants b INDEXED BY participants_ranking
      WHERE b.campaign_id = c.id AND b.status = 'active' AND (b.referral_count > 0 OR b.click_count > 0)
      ORDER BY b.referral_count DESC, b.click_count DESC, b.id LIMIT ${max})
    WHERE ${isTheirs(memberId, about)} AND p.referral_count > 0
    ORDER BY p.referral_count DESC, p.click_count DESC, p.id LIMIT ${max}`);
