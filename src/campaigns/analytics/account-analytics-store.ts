import { type SQL, sql } from "drizzle-orm";
import { OTHER, TALLY_COUNTS, type TallyCount } from "../../ledger/day-tally";
import { socialTypes } from "../../ledger/referral-code";
import type { Db } from "../../lib/db";

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

/** The counts of a day, or of a slice of its campaigns, with their cohorts as a JSON array. */
export type AccountDay = AccountNumbers & { day: string; cohorts: string };

/**
 * The number of slices per day. A D1 value holds at most 2 MB, and one campaign's cohort for a day can take a
 * thousandth of that.
 */
const PARTS = 16;

/**
 * The same counts by day, with the cohorts of the days since `cohortsFrom` (`ledger/cohorts.ts`). D1 bills each entry
 * that `json_each` reads as a row, several for each row here, so the Worker reads the cohort keys itself.
 */
export const accountDays = (db: Db, memberId: number, days: Days, cohortsFrom: string, about: About = {}) =>
  db.all<AccountDay>(sql`SELECT d.day, c.currency, ${SUMS},
      json_group_array(json(d.cohort)) FILTER (WHERE d.day >= ${cohortsFrom} AND d.cohort <> '{}') AS cohorts
    ${daysOf(memberId, days, about)} GROUP BY d.day, c.currency, c.id % ${PARTS}`);

/**
 * A campaign's counts in a period. `channels` is a JSON array with one item per day: the counts of each channel, or
 * null.
 */
export type CampaignNumbers = Counts & { id: number; name: string; currency: string; channels: string };

const CHANNELS = [...socialTypes.map(String), OTHER];
/**
 * Reads all channels in one pass over a day's tally, which is several times faster than summing each of them in SQL.
 */
const CHANNEL_COUNTS = sql.raw(
  `json_group_array(json(json_extract(d.tally, ${CHANNELS.map((channel) => `'$."channel:${channel}"'`).join(", ")})))
    FILTER (WHERE instr(d.tally, '"channel:') > 0)`,
);

/** The campaigns with activity in the period, by ID. */
export const campaignNumbers = (db: Db, memberId: number, days: Days, about: About = {}) =>
  db.all<CampaignNumbers>(sql`SELECT c.id, c.name, c.currency, ${SUMS}, ${CHANNEL_COUNTS} AS channels
    ${daysOf(memberId, days, about)} GROUP BY c.id`);

/** The counts of each channel, by campaign. */
export const channelsOf = (rows: CampaignNumbers[]) =>
  rows.flatMap(({ currency, channels }) => {
    const days = JSON.parse(channels) as (number[] | null)[][];
    return CHANNELS.flatMap((channel, place) => {
      const own = days.flatMap((day) => (day[place] ? [day[place]] : []));
      const sum = (name: TallyCount) => own.reduce((all, day) => all + (day[TALLY_COUNTS.indexOf(name)] ?? 0), 0);
      const counts = Object.fromEntries(TALLY_COUNTS.map((name) => [name, sum(name)])) as Counts;
      return own.length === 0 ? [] : [{ channel, currency, ...counts }];
    });
  });

/** Pending rewards that are not on hold. */
export const owedNow = (db: Db, memberId: number, about: About = {}) =>
  db.all<{ owed: number }>(sql`SELECT coalesce(sum(s.rewards_pending - s.rewards_held), 0) AS owed
    FROM campaigns c CROSS JOIN campaign_stats s ON s.campaign_id = c.id WHERE ${isTheirs(memberId, about)}`);

export type TopReferrer = {
  id: number;
  name: string | null;
  campaign_name: string;
  referral_count: number;
  click_count: number;
};

/** The best referrers of all time, picked from the best of each campaign. Reads `max` rows per campaign. */
export const topReferrers = (db: Db, memberId: number, max: number, about: About = {}) =>
  db.all<TopReferrer>(sql`SELECT p.id, p.name, c.name AS campaign_name, p.referral_count, p.click_count
    FROM campaigns c CROSS JOIN participants p ON p.id IN (SELECT b.id FROM participants b INDEXED BY participants_ranking
      WHERE b.campaign_id = c.id AND b.status = 'active' AND (b.referral_count > 0 OR b.click_count > 0)
      ORDER BY b.referral_count DESC, b.click_count DESC, b.id LIMIT ${max})
    WHERE ${isTheirs(memberId, about)} AND p.referral_count > 0
    ORDER BY p.referral_count DESC, p.click_count DESC, p.id LIMIT ${max}`);
