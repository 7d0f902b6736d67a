import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import {
  accountDays,
  campaignNumbers,
  campaignRows,
  wholeDays,
} from "../../src/campaigns/analytics/account-analytics-store";
import { openDb } from "../../src/lib/db";
import { newCampaign } from "../support/campaign";

const day = (n: number) => `2026-03-0${n}`;
const [FROM, COHORTS_FROM, TO] = [day(2), day(4), day(7)];

let last = 0;
/** A number from 0 to 3, the same in each run. */
const some = () => {
  last = (last * 29 + 17) % 101;
  return last % 4;
};
const counts = () => Array.from({ length: 8 }, some);

/** Sums by key, without zeros. */
function sums(entries: (readonly [key: string, n: number])[]) {
  const all: Record<string, number> = {};
  for (const [key, n] of entries) all[key] = (all[key] ?? 0) + n;
  return Object.fromEntries(Object.entries(all).filter(([, n]) => n !== 0));
}

it("an account's numbers equal the sum of its campaigns' daily entries", async () => {
  const first = await newCampaign();
  const { owner } = first;
  const campaigns = [first, await newCampaign({ currency: "EUR" }, owner), await newCampaign({}, owner)];
  const other = await newCampaign();
  await env.DB.batch(
    [...campaigns, other].flatMap(({ id }) =>
      Array.from({ length: 9 }, (_, n) => {
        const cohort = { [`stage${1 + some()}`]: some(), [`step${some()}`]: some(), friends: some() };
        const tally = { [`channel:${1 + some()}`]: counts(), [`channel:${9 + some()}`]: counts(), "hour:10": counts() };
        const isEmpty = some() === 0;
        return env.DB.prepare(
          `INSERT INTO campaign_days (campaign_id, day, impressions, shares, clicks, signups, referrals, conversions, revenue, refunded, cohort, tally)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ).bind(id, day(n + 1), ...counts(), ...[cohort, tally].map((json) => JSON.stringify(isEmpty ? {} : json)));
      }),
    ),
  );
  const plain = async (what: string, from: string) => {
    const { results } = await env.DB.prepare(
      `SELECT ${what} FROM campaigns c JOIN campaign_days d ON d.campaign_id = c.id AND d.day BETWEEN ?2 AND ?3 ${from}`,
    )
      .bind(owner.id, FROM, TO)
      .all();
    return results;
  };
  const keyed = async (what: string, from: string) =>
    sums((await plain(`${what} AS key, sum(n) AS n`, from)).map(({ key, n }) => [String(key), Number(n)]));

  const db = openDb(env.DB, "first-primary");
  const [days, rows, whole] = await db.batch([
    accountDays(db, owner.id, { from: FROM, to: TO }, COHORTS_FROM),
    campaignRows(db, owner.id, { from: FROM, to: TO }),
    wholeDays(db, owner.id, { from: FROM, to: TO }),
  ]);
  const numbers = campaignNumbers(rows);
  const SUMS = `sum(d.impressions) AS impressions, sum(d.shares) AS shares, sum(d.clicks) AS clicks, sum(d.signups) AS signups,
    sum(d.referrals) AS referrals, sum(d.conversions) AS conversions, sum(d.revenue) AS revenue, sum(d.refunded) AS refunded`;
  const byDay = (rows: Record<string, unknown>[]) =>
    sums(
      rows.flatMap(({ day, currency, cohort: _, ...counts }) =>
        Object.entries(counts).map(([name, n]) => [`${day} ${currency} ${name}`, Number(n)] as const),
      ),
    );
  expect(byDay(days)).toEqual(byDay(await plain(`d.day, c.currency, ${SUMS}`, "WHERE c.member_id = ?1 GROUP BY 1, 2")));
  expect(numbers.map(({ channels: _, ...rest }) => rest)).toEqual(
    await plain(`c.id, c.brand_id, c.name, c.currency, ${SUMS}`, "WHERE c.member_id = ?1 GROUP BY c.id ORDER BY c.id"),
  );
  const ofCohorts = (days: { day: string; cohorts: string }[]) =>
    sums(
      days.flatMap(({ day, cohorts }) =>
        (JSON.parse(cohorts) as Record<string, number>[]).flatMap((cohort) =>
          Object.entries(cohort).map(([key, n]) => [`${day} ${key}`, n] as const),
        ),
      ),
    );
  const plainCohorts = (where: string) =>
    keyed(
      "day || ' ' || k.key",
      `CROSS JOIN (SELECT d.campaign_id, d.day AS at, t.key, t.value AS n FROM campaign_days d, json_each(d.cohort) t) k
        ON k.campaign_id = c.id AND k.at = d.day WHERE c.member_id = ?1 AND ${where} GROUP BY 1`,
    );
  const staged = ofCohorts(days.map(({ day, cohort }) => ({ day, cohorts: `[${cohort}]` })));
  expect(Object.keys(staged).length).toBeGreaterThan(0);
  expect(staged).toEqual(await plainCohorts(`d.day >= '${COHORTS_FROM}' AND k.key GLOB 'stage*'`));
  expect(ofCohorts(whole)).toEqual(await plainCohorts("1"));
  const channels = numbers
    .flatMap((campaign) => campaign.channels)
    .flatMap(({ channel, currency, ...counts }) =>
      Object.entries(counts).map(([name, n]) => [`${channel} ${currency} ${name}`, n] as const),
    );
  expect(channels.length).toBeGreaterThan(0);
  expect(sums(channels)).toEqual(
    await keyed(
      "k.channel || ' ' || c.currency || ' ' || k.name",
      `CROSS JOIN (SELECT d.campaign_id, d.day AS at, substr(t.key, 9) AS channel, i.key AS name, t.value ->> i.value AS n
          FROM campaign_days d, json_each(d.tally) t,
            json_each('{"clicks":2,"referrals":4,"revenue":6,"refunded":7}') i WHERE t.key LIKE 'channel:%') k
        ON k.campaign_id = c.id AND k.at = d.day WHERE c.member_id = ?1 GROUP BY 1`,
    ),
  );
});

it("a year of numbers reads one short row per day and campaign, however much each day holds", async () => {
  const CAMPAIGNS = 40;
  const { owner, brand } = await newCampaign();
  const cohort = Object.fromEntries([1, 2, 3, 4, 5].map((stage) => [`stage${stage}`, stage]));
  for (let step = 20; step < 40; step++) cohort[`step${step}`] = 1;
  const keys = [..."123456789"].flatMap((n) => [
    `channel:${n}`,
    `country:c${n}`,
    `utm_source:source ${n}`,
    `hour:0${n}`,
  ]);
  const tally = Object.fromEntries(keys.map((key) => [key, [0, 1, 2, 3, 1, 1, 4999, 0]]));
  await env.DB.batch([
    env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ?3)
      INSERT INTO campaigns (member_id, brand_id, name, date_added) SELECT ?1, ?2, 'Campaign ' || n, 0 FROM i`).bind(
      owner.id,
      brand.id,
      CAMPAIGNS,
    ),
    env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 364)
      INSERT INTO campaign_days (campaign_id, day, signups, clicks, cohort, tally)
      SELECT c.id, date('2026-12-31', '-' || n || ' days'), 3, 2, ?2, ?3 FROM campaigns c, i WHERE c.member_id = ?1`).bind(
      owner.id,
      JSON.stringify(cohort),
      JSON.stringify(tally),
    ),
  ]);
  const year = { from: "2026-01-01", to: "2026-12-31" };
  const db = openDb(env.DB, "first-primary");
  const [days, rows] = await db.batch([accountDays(db, owner.id, year, year.from), campaignRows(db, owner.id, year)]);
  const bytes = [days, rows].map((result) => JSON.stringify(result).length);
  console.info(`A year of ${CAMPAIGNS} campaigns: ${bytes.join(" and ")} bytes`);
  expect(days).toHaveLength(365);
  expect(rows).toHaveLength(CAMPAIGNS + 1);
  expect(bytes[0]).toBeLessThan(365 * 400);
  expect(bytes[1]).toBeLessThan(CAMPAIGNS * 600);
  const [best] = campaignNumbers(rows.slice(1));
  expect(best?.channels.find(({ channel }) => channel === "7")).toMatchObject({ clicks: 730, revenue: 365 * 4999 });
});

it("a day with more activity than fits into one database value is read", async () => {
  const campaigns = [await newCampaign()];
  const owner = campaigns[0]?.owner;
  while (campaigns.length < 40) campaigns.push(await newCampaign({}, owner));
  const cohort = JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`step${n}`, 1])));
  await env.DB.batch(
    campaigns.map(({ id }) =>
      env.DB.prepare("INSERT INTO campaign_days (campaign_id, day, signups, cohort) VALUES (?, ?, 1, ?)").bind(
        id,
        TO,
        cohort,
      ),
    ),
  );
  const db = openDb(env.DB, "first-primary");
  const [parts] = await db.batch([wholeDays(db, owner?.id ?? 0, { from: FROM, to: TO })]);
  expect(parts.flatMap(({ cohorts }) => JSON.parse(cohorts))).toHaveLength(40);
  for (const { cohorts } of parts) expect(cohorts.length).toBeLessThan(2_000_000);
});
