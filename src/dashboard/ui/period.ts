import { z } from "zod";
import { type AnalyticsQuery, DAYS_MAX } from "../../campaigns/analytics/analytics-schema";
import { type MetricName, metricNames } from "../../campaigns/analytics/metric";
import { DAY_MS, utcDay } from "../../lib/day";
import { localMinute } from "../../lib/time-zone";

export const periods = [7, 30, 90, 365] as const;
/** The numbers that the chart can show. */
export const charted = ["signups", "referrals", "clicks", "impressions", "net_revenue"] as const satisfies MetricName[];

const Day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine((day) => !Number.isNaN(Date.parse(day)));

/** The choices on a page with numbers. Invalid ones become the defaults. */
export const OverviewQuery = z.object({
  days: z.coerce.number().pipe(z.literal(periods)).catch(30),
  metric: z.enum(charted).catch("signups"),
  from: Day.optional().catch(undefined),
  to: Day.optional().catch(undefined),
});
export type OverviewQuery = z.infer<typeof OverviewQuery>;

/** The report for the page: the chosen days, or the latest days, in the reader's time zone. */
export function reportFor({ days, from, to }: OverviewQuery, now: Date, tz: string): AnalyticsQuery {
  const today = localMinute(now, tz).slice(0, 10);
  const length = from && to ? (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 : 0;
  const isChosen = length >= 1 && length <= DAYS_MAX;
  const last = isChosen && to ? to : today;
  const first = isChosen && from ? from : utcDay(Date.parse(last) - (days - 1) * DAY_MS);
  return { metric: metricNames, from: first, to: last, tz, compare: "previous_period", interval: "day" };
}
