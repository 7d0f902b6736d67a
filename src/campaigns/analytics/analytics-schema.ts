import { z } from "zod";
import { sourceDimensions } from "../../ledger/counts/day-tally";
import { DAY_MS } from "../../lib/day";
import { filter, filterOr } from "../../lib/page";
import { TimeZone, UTC } from "../../lib/time-zone";
import { definitionOf, type MetricName, metricNames, metrics } from "./metric";

export const dimensions = ["channel", ...sourceDimensions] as const;
export type Dimension = (typeof dimensions)[number];
export const intervals = ["day", "week", "month", "total"] as const;

/** One year, including a leap day. */
export const DAYS_MAX = 366;
const METRICS_MAX = metricNames.length;

const Day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, "must be a day like 2026-11-28")
  .refine((day) => {
    const at = Date.parse(`${day}T00:00Z`);
    return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  }, "is not a valid date")
  .meta({ format: "date", example: "2026-11-01" });

const choices = (names: readonly string[]) => `must be one of ${names.join(", ")}`;

const METRICS_SHOWN: MetricName[] = ["impressions", "clicks", "signups", "referrals", "net_revenue"];

const Metrics = z
  .string()
  .max(500)
  .transform((text, c): MetricName[] => {
    const names = [...new Set(text.split(",").map((name) => name.trim()))].slice(0, METRICS_MAX);
    const unknown = names.find((name) => !Object.hasOwn(metrics, name));
    if (unknown !== undefined) c.addIssue({ code: "custom", message: choices(metricNames) });
    return names as MetricName[];
  });

const one = <T extends string>(names: readonly [T, ...T[]]) => z.enum(names, { error: choices(names) });

export const AnalyticsQuery = z
  .object({
    metric: filterOr(Metrics, METRICS_SHOWN).meta({
      type: "string",
      default: METRICS_SHOWN.join(","),
      description: `One or more, separated by commas.\n\n${metricNames.map((name) => `- \`${name}\`: ${metrics[name].about}`).join("\n")}`,
      example: "signups,referrals",
    }),
    group_by: filter(one(dimensions)).meta({
      description:
        "Splits the metrics by channel or source. Each day's top 20 by signups are listed by name. `other` is the sum of the rest, and `unknown` has no known channel or source.",
    }),
    interval: filter(one(intervals)).meta({
      description: "The interval of a row. The default is `day`, or `total` with `group_by`. Weeks begin on Monday.",
    }),
    from: filter(Day).meta({
      description: "The first day. The default starts a period of 30 days that ends with `to`.",
    }),
    to: filter(Day).meta({ description: "The last day. The default is today." }),
    compare: filter(one(["previous_period"])).meta({
      description: "Adds the period of the same length right before this one.",
    }),
    tz: filterOr(TimeZone, UTC).meta({
      type: "string",
      description: "The time zone of the days. With `group_by`, and for cohort metrics, days are in UTC.",
      example: "Europe/Berlin",
    }),
    format: filter(one(["json", "csv"])).meta({ description: "`csv` is the same as `Accept: text/csv`." }),
  })
  .superRefine(({ metric, group_by, from, to }, c) => {
    const whole = group_by && metric.find((name) => !definitionOf(name).groups);
    if (whole)
      c.addIssue({
        code: "custom",
        path: ["metric"],
        message: `${choices(metricNames.filter((name) => metrics[name].groups))} with group_by`,
      });
    if (!from || !to) return;
    if (from > to) c.addIssue({ code: "custom", path: ["from"], message: "must not be after `to`" });
    else if (Date.parse(to) - Date.parse(from) >= DAYS_MAX * DAY_MS)
      c.addIssue({ code: "custom", path: ["from"], message: `must be at most ${DAYS_MAX} days before the end` });
  });
export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>;

const Values = z.record(z.string(), z.number().nullable()).meta({
  description:
    "The value of each metric. Money is in minor units. Null: too few people for a rate, or no cohort is old enough yet.",
  example: { signups: 12, referrals: 5 },
});

export const AnalyticsRow = z
  .object({
    date: z
      .string()
      .nullable()
      .meta({ description: "The first day of the row's interval. Null if the interval is `total`." }),
    group: z.string().nullable().meta({ description: "The channel or source. Null without `group_by`." }),
    values: Values,
  })
  .meta({ id: "AnalyticsRow", description: "The metrics of one interval, and of one group if `group_by` is set." });

const Period = { from: z.string(), to: z.string(), totals: Values, rows: z.array(AnalyticsRow) };

const AnalyticsPeriod = z
  .object(Period)
  .meta({ id: "AnalyticsPeriod", description: "The comparison period, right before this one." });

export const Analytics = z
  .object({
    campaign_id: z.int(),
    timezone: z.string(),
    interval: z.enum(intervals),
    group_by: z.enum(dimensions).nullable(),
    currency: z.string().meta({ description: "The currency of all amounts." }),
    metrics: z
      .array(
        z
          .object({
            name: z.enum(metricNames),
            label: z.string(),
            unit: z.enum(["count", "money", "ratio", "hours"]),
            definition: z.string(),
          })
          .meta({ id: "AnalyticsMetric", description: "A metric and its definition." }),
      )
      .meta({ description: "The definitions of the metrics." }),
    ...Period,
    previous: AnalyticsPeriod.nullable().meta({ description: "Set with `compare`, otherwise null." }),
  })
  .meta({ id: "Analytics", description: "A campaign's metrics in a period." });
export type Analytics = z.infer<typeof Analytics>;
export type AnalyticsRow = z.infer<typeof AnalyticsRow>;
