import { K_DAYS } from "../../ledger/counts/cohorts";
import { TALLY_COUNTS, type TallyCount } from "../../ledger/counts/day-tally";
import { DAY_MS, utcDay } from "../../lib/day";
import { offsetAt } from "../../lib/time-zone";
import type { intervals } from "./analytics-schema";
import type { DayRow } from "./analytics-store";
import { valueName, valuesIn } from "./channel";
import type { Bucket } from "./metric";

const HOUR_MS = DAY_MS / 24;

type Interval = (typeof intervals)[number];
type Counts = Record<TallyCount, number>;

const none = (): Counts => ({
  impressions: 0,
  shares: 0,
  clicks: 0,
  signups: 0,
  referrals: 0,
  conversions: 0,
  revenue: 0,
  refunded: 0,
});
export const emptyBucket = (): Bucket => ({ counts: none(), cohort: new Map(), ripe: new Map() });

function add(counts: Counts, more: Counts, sign = 1) {
  for (const name of TALLY_COUNTS) counts[name] += sign * more[name];
}

const asCounts = (list: number[]): Counts =>
  Object.fromEntries(TALLY_COUNTS.map((name, i) => [name, list[i] ?? 0])) as Counts;

/** The first day of a day's interval. Weeks begin on Monday. */
export function intervalOf(day: string, interval: Interval): string {
  if (interval === "month") return `${day.slice(0, 7)}-01`;
  if (interval !== "week") return day;
  const at = Date.parse(day);
  return utcDay(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS);
}

/** A part of a day's tally, by value. */
function partOf(text: string, dimension: string): [value: string, counts: number[]][] {
  const part = JSON.parse(text) as Record<string, number[]> | (number[] | null)[];
  if (!Array.isArray(part)) return Object.entries(part);
  return (valuesIn(dimension) ?? []).flatMap((value, i) => (part[i] ? [[value, part[i]]] : []));
}

/**
 * The counts of a row's hours, by the day they fall on in a time zone. In zones whose days begin within an hour of UTC, that
 * hour counts on the day that has its middle. Counts from before hours were recorded stay on their UTC day.
 */
function inZone(row: DayRow, zone: string): Map<string, Counts> {
  const days = new Map<string, Counts>([[row.day, none()]]);
  const rest = { ...none() };
  add(rest, row);
  const first = Date.parse(`${row.day}T00:30Z`);
  const offset = offsetAt(first, zone);
  const isSteady = offset === offsetAt(first + DAY_MS, zone);
  for (const [hour, list] of partOf(row.part, "hour")) {
    const counts = asCounts(list);
    const at = first + Number(hour) * HOUR_MS;
    const day = utcDay(at + (isSteady ? offset : offsetAt(at, zone)));
    const sum = days.get(day) ?? none();
    add(sum, counts);
    days.set(day, sum);
    add(rest, counts, -1);
  }
  add(days.get(row.day) ?? rest, rest);
  return days;
}

/** The counts of a row by group. A source may itself be named `other` or `unknown`. */
function byGroup(row: DayRow, dimension: string): Map<string, Counts> {
  const unknown = none();
  add(unknown, row);
  const groups = new Map<string, Counts>();
  const put = (name: string, counts: Counts) => {
    const sum = groups.get(name) ?? none();
    add(sum, counts);
    groups.set(name, sum);
  };
  for (const [value, list] of partOf(row.part, dimension)) {
    const counts = asCounts(list);
    put(valueName(dimension, value), counts);
    add(unknown, counts, -1);
  }
  if (TALLY_COUNTS.some((name) => name !== "impressions" && unknown[name] !== 0)) put("unknown", unknown);
  return groups;
}

type Wanted = { from: string; to: string; zone: string; dimension: string | null; interval: Interval; now: Date };

/**
 * The counts per interval and group, with the key `date group`, and for the whole period. Includes intervals without
 * activity.
 */
export function bucketsOf(rows: DayRow[], { from, to, zone, dimension, interval, now }: Wanted) {
  const buckets = new Map<string, { date: string | null; group: string | null; bucket: Bucket }>();
  const total = emptyBucket();
  const ripeTo = utcDay(now.getTime() - K_DAYS * DAY_MS);
  const bucketAt = (day: string, group: string | null) => {
    const date = interval === "total" ? null : intervalOf(day, interval);
    const key = `${date} ${group ?? ""}`;
    const found = buckets.get(key) ?? { date, group, bucket: emptyBucket() };
    buckets.set(key, found);
    return found.bucket;
  };
  const isIn = (day: string) => day >= from && day <= to;
  if (dimension === null) for (const day of daysOf(from, to)) bucketAt(day, null);
  for (const row of rows) {
    const parts = dimension ? byGroup(row, dimension) : inZone(row, zone);
    for (const [part, counts] of parts) {
      const day = dimension ? row.day : part;
      if (!isIn(day)) continue;
      add(bucketAt(day, dimension ? part : null).counts, counts);
      add(total.counts, counts);
    }
    if (!isIn(row.day)) continue;
    const whole = dimension ? [total] : [total, bucketAt(row.day, null)];
    for (const [key, n] of Object.entries(JSON.parse(row.cohort) as Record<string, number>))
      for (const { cohort, ripe } of whole) {
        cohort.set(key, (cohort.get(key) ?? 0) + n);
        if (row.day <= ripeTo) ripe.set(key, (ripe.get(key) ?? 0) + n);
      }
  }
  return { total, buckets: [...buckets.values()] };
}

/** The days of a period, including both ends. */
export function daysOf(from: string, to: string): string[] {
  const first = Date.parse(from);
  const days = Math.round((Date.parse(to) - first) / DAY_MS) + 1;
  return Array.from({ length: days }, (_, i) => utcDay(first + i * DAY_MS));
}
