import { csvText } from "../../lib/csv";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import { invalid, notFound } from "../../lib/errors";
import { localMinute, UTC } from "../../lib/time-zone";
import { type Analytics, type AnalyticsQuery, type AnalyticsRow, DAYS_MAX } from "./analytics-schema";
import * as store from "./analytics-store";
import { bucketsOf } from "./bucket";
import { type Bucket, definitionOf, type MetricName } from "./metric";

const DAYS_SHOWN = 30;
/** A time zone's day may begin on the previous UTC day and end on the next. */
const before = (day: string, days: number) => utcDay(Date.parse(day) - days * DAY_MS);

/** The days of the query, and those of the comparison period. @throws 400 */
export function periodOf(now: Date, { from, to, tz }: Pick<AnalyticsQuery, "from" | "to" | "tz">) {
  const last = to ?? localMinute(now, tz).slice(0, 10);
  const first = from ?? before(last, DAYS_SHOWN - 1);
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (days < 1) throw invalid("from", "must not be after `to`");
  if (days > DAYS_MAX) throw invalid("from", `must be at most ${DAYS_MAX} days before the end`);
  return { from: first, to: last, previous: { from: before(first, days), to: before(first, 1) } };
}

/** The part of each day's tally that the report needs. */
const partFor = ({ group_by, tz }: Pick<AnalyticsQuery, "group_by" | "tz">) => group_by ?? (tz === UTC ? null : "hour");

/** The days behind a report, as an unrun query. One row per day, whatever the number of participants. */
export function analyticsRows(ctx: MemberCtx, campaignId: number, query: AnalyticsQuery) {
  const { from, to, previous } = periodOf(ctx.now(), query);
  const first = query.compare ? previous.from : from;
  return store.days(ctx.db, ctx.actor.memberId, campaignId, {
    from: before(first, 1),
    to: before(to, -1),
    dimension: partFor(query),
  });
}

export const valuesOf = (metric: MetricName[], bucket: Bucket) =>
  Object.fromEntries(metric.map((name) => [name, definitionOf(name).value(bucket)]));

/** The report of a query's days. */
export function reportOf(now: Date, query: AnalyticsQuery, rows: store.DayRow[]) {
  const { metric, group_by = null, tz } = query;
  const interval = query.interval ?? (group_by ? "total" : "day");
  const { previous, ...period } = periodOf(now, query);
  const of = ({ from, to }: { from: string; to: string }) => {
    const { total, buckets } = bucketsOf(rows, { from, to, zone: tz, dimension: group_by, interval, now });
    const all = buckets.map(({ date, group, bucket }) => ({ date, group, values: valuesOf(metric, bucket) }));
    const shown = group_by ? all.filter(({ values }) => Object.values(values).some(Boolean)) : all;
    return { from, to, totals: valuesOf(metric, total), rows: shown.sort(inOrder(metric)) };
  };
  return { interval, group_by, ...of(period), previous: query.compare ? of(previous) : null };
}

/** Sorts by date, then by size, largest first. */
const inOrder =
  ([first]: MetricName[]) =>
  (a: AnalyticsRow, b: AnalyticsRow) =>
    (a.date ?? "").localeCompare(b.date ?? "") || (first ? (b.values[first] ?? 0) - (a.values[first] ?? 0) : 0);

/** @throws 404, 400 */
export async function analytics(ctx: MemberCtx, campaignId: number, query: AnalyticsQuery): Promise<Analytics> {
  const [[campaign], rows] = await ctx.db.batch([
    store.currencyOf(ctx.db, ctx.actor.memberId, campaignId),
    analyticsRows(ctx, campaignId, query),
  ]);
  if (!campaign) throw notFound("campaign");
  return {
    campaign_id: campaignId,
    timezone: query.tz,
    currency: campaign.currency,
    metrics: query.metric.map((name) => {
      const { label, unit, about } = definitionOf(name);
      return { name, label, unit, definition: about };
    }),
    ...reportOf(ctx.now(), query, rows),
  };
}

type Filed = Pick<Analytics, "group_by" | "rows"> & {
  metrics: { name: MetricName }[];
  previous: Pick<Analytics, "rows"> | null;
};

/**
 * The report as a file: one row per row of the report, and one column per metric. The comparison period comes first.
 */
export function analyticsFile({ metrics, group_by, rows, previous }: Filed): string {
  const head = ["date", ...(group_by ? [group_by] : []), ...metrics.map(({ name }) => name)];
  const lines = [...(previous?.rows ?? []), ...rows].map(({ date, group, values }) => [
    date ?? "",
    ...(group_by ? [group ?? ""] : []),
    ...metrics.map(({ name }) => values[name] ?? ""),
  ]);
  return csvText([head, ...lines]);
}
