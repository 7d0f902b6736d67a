import { and, between, eq, sql } from "drizzle-orm";
import { campaignDays, campaigns, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { valuesIn } from "./channel";

/**
 * One dimension's part of the tally: a JSON object by value, or a JSON array in the order of `valuesIn`. D1 bills each entry
 * that `json_each` reads as a row, so known values are read by key. A semicolon comes right after a colon, so it ends the
 * range of keys.
 */
function partOf(dimension: string) {
  const paths = valuesIn(dimension)?.map((value) => `'$."${dimension}:${value}"'`);
  if (paths) return sql<string>`json_extract(${campaignDays.tally}, ${sql.raw(paths.join(", "))})`;
  return sql<string>`(SELECT json_group_object(substr(t.key, ${dimension.length + 2}), json(t.value)) FROM json_each(${campaignDays.tally}) t
    WHERE t.key >= ${`${dimension}:`} AND t.key < ${`${dimension};`})`;
}

/** A campaign's days (YYYY-MM-DD in UTC), including both ends. One row per day, whatever the activity. */
export const days = (
  db: Db,
  memberId: number,
  campaignId: number,
  { from, to, dimension }: { from: string; to: string; dimension: string | null },
) =>
  db
    .select({
      day: campaignDays.day,
      impressions: campaignDays.impressions,
      shares: campaignDays.shares,
      clicks: campaignDays.clicks,
      signups: campaignDays.signups,
      referrals: campaignDays.referrals,
      conversions: campaignDays.conversions,
      revenue: campaignDays.revenue,
      refunded: campaignDays.refunded,
      cohort: campaignDays.cohort,
      part: (dimension ? partOf(dimension) : sql<string>`'{}'`).as("part"),
    })
    .from(campaignDays)
    .where(and(eq(campaignDays.campaign_id, ownCampaign(memberId, campaignId)), between(campaignDays.day, from, to)))
    .orderBy(campaignDays.day);
export type DayRow = Awaited<ReturnType<typeof days>>[number];

export const currencyOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({ currency: campaigns.currency })
    .from(campaigns)
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));

/** The totals of one value of a dimension over a campaign's days. */
export type ValueRow = {
  dimension: string;
  value: string;
  clicks: number;
  signups: number;
  referrals: number;
  net_revenue: number;
};

/**
 * Each dimension's values with the most signups, then clicks, in a period. D1 bills each entry of a day's tally as a
 * row.
 */
export const topValues = (
  db: Db,
  memberId: number,
  campaignId: number,
  { from, to, max }: { from: string; to: string; max: number },
) =>
  db.all<ValueRow>(sql`SELECT dimension, value, clicks, signups, referrals, net_revenue FROM (
      SELECT *, row_number() OVER (PARTITION BY dimension ORDER BY signups DESC, clicks DESC, value) AS place FROM (
        SELECT substr(t.key, 1, instr(t.key, ':') - 1) AS dimension, substr(t.key, instr(t.key, ':') + 1) AS value, sum(t.value ->> 2) AS clicks,
          sum(t.value ->> 3) AS signups, sum(t.value ->> 4) AS referrals, sum(t.value ->> 6) - sum(t.value ->> 7) AS net_revenue
        FROM campaign_days d CROSS JOIN json_each(d.tally) t
        WHERE d.campaign_id = ${ownCampaign(memberId, campaignId)} AND d.day BETWEEN ${from} AND ${to} AND t.key NOT LIKE 'hour:%'
        GROUP BY t.key))
    WHERE place <= ${max} ORDER BY dimension, place`);

/**
 * The first day in a period with counts by channel and source, if earlier days in it have signups without them. Reads
 * one row per day.
 */
export const countedFrom = (db: Db, memberId: number, campaignId: number, { from, to }: { from: string; to: string }) =>
  db.all<{ day: string | null; is_partial: 0 | 1 }>(sql`SELECT min(day) FILTER (WHERE tally <> '{}') AS day,
      coalesce(min(day) FILTER (WHERE tally = '{}' AND signups + clicks > 0) < coalesce(min(day) FILTER (WHERE tally <> '{}'), '9'), 0) AS is_partial
    FROM campaign_days WHERE campaign_id = ${ownCampaign(memberId, campaignId)} AND day BETWEEN ${from} AND ${to}`);
