import { type SQL, sql } from "drizzle-orm";
import { TALLY_COUNTS, type TallyCount } from "../../ledger/day-tally";
import type { Db } from "../../lib/db";

/** One brand or one campaign of an account, or all of it. */
export type About = { brandId?: number | undefined; campaignId?: number | undefined };

export type Days = { from: string; to: string };
export type Counts = Record<TallyCount, number>;

/** What was counted over campaigns of one currency. */
export type AccountNumbers = Counts & { currency: string };

const SUMS = sql.raw(TALLY_COUNTS.map((name) => `coalesce(sum(d.${name}), 0) AS ${name}`).join(", "));

/**
 * Campaigns with their days in UTC, of an account, or of a part of it: a row per campaign and day on which something
 * happened, whatever the number of participants.
 */
const daysOf = (memberId: number, { from, to }: Days, about: About, more: SQL = sql``): SQL =>
  sql`FROM campaigns c CROSS JOIN campaign_days d ON d.campaign_id = c.id AND d.day BETWEEN ${from} AND ${to} ${more}
    WHERE ${isTheirs(memberId, about)}`;

const isTheirs = (memberId: number, { brandId, campaignId }: About): SQL => {
  if (campaignId !== undefined) return sql`c.id = ${campaignId} AND c.member_id = ${memberId}`;
  return brandId === undefined
    ? sql`c.member_id = ${memberId}`
    : sql`c.brand_id = ${brandId} AND +c.member_id = ${memberId}`;
};

/** A period's counts by currency, the one with the most revenue first. */
export const accountNumbers = (db: Db, memberId: number, days: Days, about: About = {}) =>
  db.all<AccountNumbers>(sql`SELECT c.currency, ${SUMS} ${daysOf(memberId, days, about)}
    GROUP BY c.currency ORDER BY sum(d.revenue) DESC, c.currency`);

/** The same by day. */
export const accountDays = (db: Db, memberId: number, days: Days, about: About = {}) =>
  db.all<AccountNumbers & { day: string }>(
    sql`SELECT d.day, c.currency, ${SUMS} ${daysOf(memberId, days, about)} GROUP BY d.day, c.currency`,
  );

/** How far the participants who signed up on each day have come, summed up over campaigns (`ledger/cohorts.ts`). */
export const accountCohorts = (db: Db, memberId: number, days: Days, about: About = {}) =>
  db.all<{ day: string; cohort: string }>(sql`SELECT day, json_group_object(key, n) AS cohort FROM (
      SELECT d.day, t.key, sum(t.value) AS n ${daysOf(memberId, days, about, sql`CROSS JOIN json_each(d.cohort) t`)} GROUP BY d.day, t.key)
    GROUP BY day`);

export type CampaignNumbers = Counts & { id: number; name: string; currency: string };

/** The campaigns with the most referrals, then signups, then visits. */
export const topCampaigns = (db: Db, memberId: number, days: Days, max: number, about: About = {}) =>
  db.all<CampaignNumbers>(sql`SELECT c.id, c.name, c.currency, ${SUMS} ${daysOf(memberId, days, about)}
    GROUP BY c.id ORDER BY sum(d.referrals) DESC, sum(d.signups) DESC, sum(d.clicks) DESC, c.id LIMIT ${max}`);

export type ChannelNumbers = {
  value: string;
  currency: string;
  clicks: number;
  signups: number;
  referrals: number;
  net_revenue: number;
};

/** What came by each share channel, by currency. */
export const accountChannels = (db: Db, memberId: number, days: Days, about: About = {}) =>
  db.all<ChannelNumbers>(sql`SELECT substr(t.key, 9) AS value, c.currency, sum(t.value ->> 2) AS clicks, sum(t.value ->> 3) AS signups,
      sum(t.value ->> 4) AS referrals, sum(t.value ->> 6) - sum(t.value ->> 7) AS net_revenue
    ${daysOf(memberId, days, about, sql`CROSS JOIN json_each(d.tally) t ON t.key >= 'channel:' AND t.key < 'channel;'`)}
    GROUP BY t.key, c.currency ORDER BY t.key`);

/** Pending rewards that nothing holds back. */
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

/** The best of each campaign's best, of all time. Reads that many of each campaign. */
export const topReferrers = (db: Db, memberId: number, max: number, about: About = {}) =>
  db.all<TopReferrer>(sql`SELECT p.id, p.name, c.name AS campaign_name, p.referral_count, p.click_count
    FROM campaigns c CROSS JOIN participants p ON p.id IN (SELECT b.id FROM participants b INDEXED BY participants_ranking
      WHERE b.campaign_id = c.id AND b.status = 'active' AND (b.referral_count > 0 OR b.click_count > 0)
      ORDER BY b.referral_count DESC, b.click_count DESC, b.id LIMIT ${max})
    WHERE ${isTheirs(memberId, about)} AND p.referral_count > 0
    ORDER BY p.referral_count DESC, p.click_count DESC, p.id LIMIT ${max}`);
