import { z } from "zod";
import { sourceDimensions } from "../../ledger/day-tally";
import { DAY_MS } from "../../lib/day";
import { filter, filterOr } from "../../lib/page";
import { TimeZone, UTC } from "../../lib/time-zone";
import { definitionOf, type MetricName, metricNames, metrics } from "./metric";

export const dimensions = ["channel", ...sourceDimensions] as const;
export type Dimension = (typeof dimensions)[number];
export const intervals = ["day", "week", "month", "total"] as const;

/** A year, and a leap day. */
export const DAYS_MAX = 366;
const METRICS_MAX = metricNames.length;

const Day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, "must be a day like 2026-11-28")
  .refine((day) => {
    const at = Date.parse(`${day}T00:00Z`);
    return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  }, "is not a day of the calendar")
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
        "Tells channels or sources apart. The ones with the most signups of each day are named, up to 20; the rest is `other`, and what nobody knows is `unknown`.",
    }),
    interval: filter(one(intervals)).meta({
      description: "What a row covers: `day`, or `total` with `group_by`, unless you say. Weeks begin on Monday.",
    }),
    from: filter(Day).meta({ description: "The first day. 30 days up to `to`, if left out." }),
    to: filter(Day).meta({ description: "The last day, today if left out." }),
    compare: filter(one(["previous_period"])).meta({
      description: "Adds as many days right before the period.",
    }),
    tz: filterOr(TimeZone, UTC).meta({
      type: "string",
      description:
        "The zone whose days these are. Groups, and numbers of participants by the day of their signup, keep days of UTC.",
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
    "Each metric's value. Money is in minor units. Null: too few people for a rate, or nobody yet whose time it could be.",
  example: { signups: 12, referrals: 5 },
});

export const AnalyticsRow = z
  .object({
    date: z.string().nullable().meta({ description: "The first day of the row's interval. Null if it is `total`." }),
    group: z.string().nullable().meta({ description: "The channel or source. Null without `group_by`." }),
    values: Values,
  })
  .meta({ id: "AnalyticsRow", description: "The numbers of an interval, and of one group if you asked for groups." });

const Period = { from: z.string(), to: z.string(), totals: Values, rows: z.array(AnalyticsRow) };

export const AnalyticsPeriod = z.object(Period).meta({ id: "AnalyticsPeriod", description: "The days right before." });

export const Analytics = z
  .object({
    campaign_id: z.int(),
    timezone: z.string(),
    interval: z.enum(intervals),
    group_by: z.enum(dimensions).nullable(),
    currency: z.string().meta({ description: "Of the money." }),
    metrics: z
      .array(
        z
          .object({
            name: z.enum(metricNames),
            label: z.string(),
            unit: z.enum(["count", "money", "ratio", "hours"]),
            definition: z.string(),
          })
          .meta({ id: "AnalyticsMetric", description: "A number, and what it is." }),
      )
      .meta({ description: "What the numbers are." }),
    ...Period,
    previous: AnalyticsPeriod.nullable().meta({ description: "With `compare`, else null." }),
  })
  .meta({ id: "Analytics", description: "A campaign's numbers in a period." });
export type Analytics = z.infer<typeof Analytics>;
export type AnalyticsRow = z.infer<typeof AnalyticsRow>;
