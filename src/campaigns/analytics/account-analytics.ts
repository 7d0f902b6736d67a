import { TALLY_COUNTS } from "../../ledger/counts/day-tally";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { brandById } from "../brands/brand-store";
import { type About, type AccountDay, type AccountNumbers, accountDays, wholeDays } from "./account-analytics-store";
import { analyticsFile, periodOf, reportOf } from "./analytics";
import type { AnalyticsQuery } from "./analytics-schema";
import type { DayRow } from "./analytics-store";
import { daysOf, emptyBucket } from "./bucket";
import { definitionOf, type MetricName } from "./metric";

/** The currency of an account without sales. */
const NO_SALES = "USD";

/** Amounts in different currencies cannot be added, so money is left out. */
function countsOf(rows: AccountNumbers[]) {
  const { counts } = emptyBucket();
  for (const row of rows)
    for (const name of TALLY_COUNTS) if (name !== "revenue" && name !== "refunded") counts[name] += row[name];
  return counts;
}

/** A metric's value for these counts. */
export const numberIn = (name: MetricName, rows: AccountNumbers[]) =>
  definitionOf(name).value({ ...emptyBucket(), counts: countsOf(rows) });

/** Net revenue by currency, in row order. Currencies without revenue are left out. */
export function revenueIn(rows: AccountNumbers[]) {
  const byCurrency = new Map<string, number>();
  for (const { currency, revenue, refunded } of rows)
    if (revenue !== 0 || refunded !== 0) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + revenue - refunded);
  return [...byCurrency].map(([currency, amount]) => ({ currency, amount }));
}

/** The query behind the report of an account, or of a part of it. */
export function accountRows(ctx: MemberCtx, query: AnalyticsQuery, about: About = {}) {
  const { from, to, previous } = periodOf(ctx.now(), query);
  const first = query.compare ? previous.from : from;
  return accountDays(ctx.db, ctx.actor.memberId, { from: first, to }, from, about);
}

/** Merges the cohorts of several campaigns, as JSON. */
function sumOf(cohorts: Record<string, number>[]): string {
  const sum: Record<string, number> = {};
  for (const cohort of cohorts) for (const [key, n] of Object.entries(cohort)) sum[key] = (sum[key] ?? 0) + n;
  return JSON.stringify(sum);
}

/**
 * An account's report from its days. Money is in the currency with the most revenue; `revenue` has all currencies. Days
 * are in UTC, because reading the hours of all campaigns would be too expensive.
 */
export function accountReport(now: Date, query: AnalyticsQuery, days: AccountDay[]) {
  const { from, to } = periodOf(now, query);
  const inside = days.filter(({ day }) => day >= from && day <= to);
  const revenue = revenueIn(inside).sort((a, b) => b.amount - a.amount);
  const currency = revenue[0]?.currency ?? days[0]?.currency ?? NO_SALES;
  const rows = days.map(
    (day): DayRow => ({ ...day, ...(day.currency !== currency && { revenue: 0, refunded: 0 }), part: "{}" }),
  );
  return { currency, revenue, report: reportOf(now, query, rows) };
}

/** How many days a file reads at once. With 200 campaigns, their cohorts are about a megabyte. */
const DAYS_AT_ONCE = 31;

/** The report of an account, or of a part of it, as a file: one row per day, and a currency column. @throws 404 */
export async function accountFile(ctx: MemberCtx, query: AnalyticsQuery, about: About = {}) {
  const { memberId } = ctx.actor;
  const { brandId } = about;
  const { from, to } = periodOf(ctx.now(), query);
  const dates = daysOf(from, to);
  const days: AccountDay[] = [];
  for (let i = 0; i < dates.length; i += DAYS_AT_ONCE) {
    const part = { from: dates[i] ?? from, to: dates[i + DAYS_AT_ONCE - 1] ?? to };
    const [rows, brand] = await ctx.db.batch([
      wholeDays(ctx.db, memberId, part, about),
      brandById(ctx.db, memberId, brandId ?? 0),
    ]);
    if (brandId !== undefined && brand.length === 0) throw notFound("brand");
    days.push(...rows.map(({ cohorts, ...row }) => ({ ...row, cohort: sumOf(JSON.parse(cohorts)) })));
  }
  const { report, currency } = accountReport(ctx.now(), query, days);
  return { file: analyticsFile({ ...report, metrics: query.metric.map((name) => ({ name })) }), currency };
}
