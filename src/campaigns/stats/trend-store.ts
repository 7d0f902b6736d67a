import { and, eq, gte, type SQL, sql } from "drizzle-orm";
import { accountDays, accountRolls } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

/** The counts of a day (YYYY-MM-DD in UTC). */
export type Day = { day: string; signups: number; shares: number; clicks: number; impressions: number };

/** The account's days that are already summed up. */
export const settledDays = (db: Db, memberId: number, from: string) =>
  db
    .select({
      day: accountDays.day,
      signups: accountDays.signups,
      shares: accountDays.shares,
      clicks: accountDays.clicks,
      impressions: accountDays.impressions,
    })
    .from(accountDays)
    .where(and(eq(accountDays.member_id, memberId), gte(accountDays.day, from)));

/** A campaign's days as JSON: with one row per campaign, SQLite sorts nothing. */
export type CampaignDays = { days: string };
const DAYS = sql`json_group_array(json_object('day', d.day, 'signups', d.signups, 'shares', d.shares, 'clicks', d.clicks,
  'impressions', d.impressions)) AS days`;

/** The account's days after those, from its campaigns. */
export const openDays = (db: Db, memberId: number, before: string) =>
  db.all<CampaignDays>(sql`SELECT ${DAYS} FROM campaigns c CROSS JOIN campaign_days d ON d.campaign_id = c.id
    AND d.day > max(${before}, coalesce((SELECT rolled_to FROM account_rolls WHERE member_id = ${memberId}), ''))
    WHERE c.member_id = ${memberId} GROUP BY c.id`);

/** A brand's days. Reads one row per day and campaign. */
export const brandDays = (db: Db, memberId: number, brandId: number, before: string) =>
  db.all<CampaignDays>(sql`SELECT ${DAYS} FROM campaigns c CROSS JOIN campaign_days d ON d.campaign_id = c.id AND d.day > ${before}
    WHERE c.brand_id = ${brandId} AND +c.member_id = ${memberId} GROUP BY c.id`);

/** Sums up the days of these accounts (`member_id`, `rolled_to`) through `to`. */
const rollUp = (db: Db, accounts: SQL, to: string): [Statement, Statement] => [
  db.run(sql`INSERT INTO account_days (member_id, day, signups, shares, clicks, impressions)
    SELECT r.member_id, d.day, sum(d.signups), sum(d.shares), sum(d.clicks), sum(d.impressions) FROM (${accounts}) r CROSS JOIN campaigns c ON c.member_id = r.member_id
    CROSS JOIN campaign_days d ON d.campaign_id = c.id AND d.day > r.rolled_to AND d.day <= ${to}
    WHERE true GROUP BY r.member_id, d.day ON CONFLICT DO NOTHING`),
  db.run(sql`UPDATE account_rolls SET rolled_to = ${to} WHERE member_id IN (SELECT member_id FROM (${accounts}))`),
];

/** Sums up an account's days, starting after `oldest` the first time. */
export const rollUpAccount = (db: Db, memberId: number, oldest: string, to: string) =>
  [
    db.insert(accountRolls).values({ member_id: memberId, rolled_to: oldest }).onConflictDoNothing(),
    ...rollUp(
      db,
      sql`SELECT member_id, rolled_to FROM account_rolls WHERE member_id = ${memberId} AND rolled_to < ${to}`,
      to,
    ),
  ] as const;

/** The accounts that are furthest behind. In all accounts, for the cron. */
const behind = (to: string, max: number) =>
  sql`SELECT member_id, rolled_to FROM account_rolls WHERE rolled_to < ${to} ORDER BY rolled_to, member_id LIMIT ${max}`;

export const accountsBehind = (db: Db, to: string, max: number) =>
  db.all<{ member_id: number }>(sql`SELECT member_id FROM (${behind(to, max)})`);

export const rollUpBehind = (db: Db, to: string, max: number) => rollUp(db, behind(to, max), to);

/** The last day that an account's sums include. */
export const rolledTo = (db: Db, memberId: number) =>
  db.select({ rolled_to: accountRolls.rolled_to }).from(accountRolls).where(eq(accountRolls.member_id, memberId));
