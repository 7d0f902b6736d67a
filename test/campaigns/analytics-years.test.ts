import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { TALLY_COUNTS } from "../../src/ledger/counts/day-tally";
import { newCampaign, type TestCampaign } from "../support/campaign";
import { workOf } from "../support/work";

const DAY_MS = 86_400_000;
const COUNTS = TALLY_COUNTS.length;
const [FIRST, LAST] = ["2022-12-28", "2025-01-04"];
/** A leap year, and the 366 days before it. */
const YEAR = { from: "2024-01-01", to: "2024-12-31" };
const BEFORE = { from: "2022-12-31", to: "2023-12-31" };

let last = 1;
/** A number from 0 to 4, the same ones in each run. */
const some = () => {
  last = (last * 48_271) % 2_147_483_647;
  return last % 5;
};

type Day = { day: string; parts: Record<string, number[]>; totals: number[]; cohort: Record<string, number> };

/** A day whose hours do not add up to its totals, like days from before hours were recorded. */
function aDay(day: string): Day {
  const parts: Record<string, number[]> = {};
  const totals = Array.from({ length: COUNTS }, (): number => (some() === 0 ? 1 : 0));
  const hours = Array.from({ length: 24 }, (_, hour) => `hour:${String(hour).padStart(2, "0")}`);
  for (const key of hours.filter(() => some() > 1)) {
    const counts = totals.map(some);
    parts[key] = counts;
    for (const [i, n] of counts.entries()) totals[i] = (totals[i] ?? 0) + n;
  }
  // Parts of the totals, by values that are also the names of the rest.
  for (const [i, key] of [
    "channel:1",
    "channel:6",
    "channel:*",
    "utm_source:other",
    "utm_source:unknown",
    "utm_source:*",
  ].entries())
    parts[key] = totals.map((n) => Math.floor(n / (4 + i)));
  return { day, parts, totals, cohort: { stage1: some(), stage4: some(), friends: some(), step30: some() } };
}

const days: Day[] = [];
for (let at = Date.parse(FIRST); at <= Date.parse(LAST); at += DAY_MS)
  days.push(aDay(new Date(at).toISOString().slice(0, 10)));

const zero = () => Array.from({ length: COUNTS }, () => 0);
type Sums = Map<string, number[]>;
function plus(sums: Sums, key: string, counts: number[]) {
  sums.set(
    key,
    (sums.get(key) ?? zero()).map((n, i) => n + (counts[i] ?? 0)),
  );
}

/** What each day of a zone counted, hour by hour. Half hours and quarters count on the day that has the middle of the hour. */
function daysIn(zone: string): Sums {
  const named = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const sums: Sums = new Map();
  for (const { day, parts, totals } of days) {
    let rest = totals;
    for (const [key, counts] of Object.entries(parts).filter(([key]) => key.startsWith("hour:"))) {
      plus(sums, named.format(new Date(`${day}T${key.slice(5)}:30Z`)), counts);
      rest = rest.map((n, i) => n - (counts[i] ?? 0));
    }
    plus(sums, day, rest);
  }
  return sums;
}

/** The Monday of a day's week. */
const weekOf = (day: string) => {
  let at = Date.parse(day);
  while (new Date(at).getUTCDay() !== 1) at -= DAY_MS;
  return new Date(at).toISOString().slice(0, 10);
};
const INTERVALS: Record<string, (day: string) => string | null> = {
  day: (day) => day,
  week: weekOf,
  month: (day) => `${day.slice(0, 7)}-01`,
  total: () => null,
};

let campaign: TestCampaign;
const ask = async (query: Record<string, string>) => {
  const search = new URLSearchParams({ metric: TALLY_COUNTS.join(","), ...YEAR, compare: "previous_period", ...query });
  const { status, data, text } = await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/analytics?${search}`);
  expect(status, text).toBe(200);
  return data;
};
type Row = { date: string | null; group: string | null; values: Record<string, number> };
const listOf = (values: Record<string, number>) => TALLY_COUNTS.map((name) => values[name]);
const isIn = ({ from, to }: { from: string; to: string }, day: string) => day >= from && day <= to;

/** The sums of a period's days by interval. */
function byInterval(sums: Sums, period: typeof YEAR, interval: string) {
  const all: Sums = new Map();
  for (const [day, counts] of sums) if (isIn(period, day)) plus(all, String(INTERVALS[interval]?.(day)), counts);
  return all;
}
const asSums = (rows: Row[]) => new Map(rows.map(({ date, values }) => [String(date), listOf(values)]));

beforeAll(async () => {
  campaign = await newCampaign({ default_emails: [] });
  await env.DB.batch(
    days.map(({ day, parts, totals, cohort }) =>
      env.DB.prepare(
        `INSERT INTO campaign_days (campaign_id, day, ${TALLY_COUNTS.join(", ")}, tally, cohort) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).bind(campaign.id, day, ...totals, JSON.stringify(parts), JSON.stringify(cohort)),
    ),
  );
});

it.each(["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati"])(
  "adds up a leap year and the days before it in %s",
  async (tz) => {
    const sums = daysIn(tz);
    for (const interval of Object.keys(INTERVALS)) {
      const report = await ask({ tz, interval });
      expect(report.previous).toMatchObject(BEFORE);
      for (const [period, part] of [
        [YEAR, report],
        [BEFORE, report.previous],
      ]) {
        expect(asSums(part.rows), `${interval} from ${period.from}`).toEqual(byInterval(sums, period, interval));
        expect([listOf(part.totals)]).toEqual([...byInterval(sums, period, "total").values()]);
      }
    }
  },
);

it("keeps the weeks of a year's end whole", async () => {
  const sums = daysIn("America/New_York");
  const period = { from: "2023-12-20", to: "2024-01-09" };
  const { rows } = await ask({ ...period, tz: "America/New_York", interval: "week" });
  expect(rows.map(({ date }: Row) => date)).toEqual(["2023-12-18", "2023-12-25", "2024-01-01", "2024-01-08"]);
  expect(asSums(rows)).toEqual(byInterval(sums, period, "week"));
});

it.each(["channel", "utm_source"])("omits nothing when it groups by %s", async (group_by) => {
  const names: Record<string, string> = { "channel:1": "facebook", "channel:6": "direct" };
  for (const interval of ["month", "total"]) {
    const { rows, totals } = await ask({ group_by, interval, metric: TALLY_COUNTS.slice(1).join(",") });
    const plain: Sums = new Map();
    for (const { day, parts, totals } of days.filter(({ day }) => isIn(YEAR, day))) {
      let rest = totals;
      for (const [key, counts] of Object.entries(parts).filter(([key]) => key.startsWith(`${group_by}:`))) {
        const value = key.slice(group_by.length + 1);
        plus(plain, `${INTERVALS[interval]?.(day)} ${value === "*" ? "other" : (names[key] ?? value)}`, counts);
        rest = rest.map((n, i) => n - (counts[i] ?? 0));
      }
      plus(plain, `${INTERVALS[interval]?.(day)} unknown`, rest);
    }
    const got = new Map(rows.map(({ date, group, values }: Row) => [`${date} ${group}`, listOf(values).slice(1)]));
    expect(got).toEqual(new Map([...plain].map(([key, counts]) => [key, counts.slice(1)])));
    const whole = [...plain.values()].reduce((sum, counts) => sum.map((n, i) => n + (counts[i] ?? 0)), zero());
    expect(listOf(totals).slice(1)).toEqual(whole.slice(1));
  }
});

it("counts participants on the UTC day of their signup", async () => {
  const { totals, previous } = await ask({ metric: "participants,referrers,friends", tz: "America/New_York" });
  const plain = (period: typeof YEAR) => {
    const sum = { participants: 0, referrers: 0, friends: 0 };
    for (const { cohort } of days.filter(({ day }) => isIn(period, day))) {
      sum.participants += (cohort.stage1 ?? 0) + (cohort.stage4 ?? 0);
      sum.referrers += cohort.stage4 ?? 0;
      sum.friends += cohort.friends ?? 0;
    }
    return sum;
  };
  expect([totals, previous.totals]).toEqual([plain(YEAR), plain(BEFORE)]);
});

it.each([
  ["the days of a zone", { tz: "Asia/Kathmandu" }, 1],
  ["channels", { group_by: "channel", metric: "clicks" }, 1],
  // Each entry of a day's tally is a row, whichever source is asked for.
  ["sources", { group_by: "utm_source", metric: "clicks" }, 40],
])("reads %s of two years in few rows", async (_, query, each) => {
  const work = await workOf(() => ask(query as Record<string, string>));
  expect(work.d1_calls).toBeLessThanOrEqual(2);
  expect(work.rows_read).toBeLessThanOrEqual(740 * each + 10);
});
