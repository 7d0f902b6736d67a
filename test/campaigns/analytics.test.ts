import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import guide from "../../docs/guides/analytics.md?raw";
import { emptyBucket, intervalOf } from "../../src/campaigns/analytics/bucket";
import { type Bucket, metricNames, metrics } from "../../src/campaigns/analytics/metric";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call, newMember } from "../support/client";
import { workOf } from "../support/work";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** A friend joins by WhatsApp, buys, and returns half; another person comes from a newsletter. */
async function aStory() {
  const campaign = await newCampaign({ default_emails: [] });
  const { owner, id } = campaign;
  await campaign.signUp(someone(), { referral_url: "https://shop.example/?utm_source=news" });
  const { links } = (await call("POST", "/api/widget/signup", { campaign_id: id, email: someone() })).data;
  const { pathname } = new URL(links.find((link: { social_type: number }) => link.social_type === 5).url);
  await call("GET", pathname, undefined, { headers: { "User-Agent": CHROME } });
  const friend = (await campaign.refer(pathname.replace("/t/", ""), someone())).data.participant;
  const sale = { campaign_id: id, participant_id: friend.id, conversion_id: "o-1", amount: 5000 };
  await owner.post("/api/v1/conversions", sale);
  await owner.post("/api/v1/refunds", { campaign_id: id, conversion_id: "o-1", refund_id: "r-1", amount: 2000 });
  return campaign;
}

describe("GET /campaigns/{campaignId}/analytics", () => {
  let campaign: TestCampaign;
  const ask = (query: string, headers = {}) =>
    campaign.owner.get(`/api/v1/campaigns/${campaign.id}/analytics?${query}`, { headers });
  beforeAll(async () => {
    campaign = await aStory();
  });

  it("returns the numbers of the last 30 days, with their definitions", async () => {
    const { status, data } = await ask(
      "metric=signups,referrals,clicks,revenue,refunded,net_revenue,participants,referrers",
    );
    expect(status).toBe(200);
    expect(data.totals).toEqual({
      ...{ signups: 3, referrals: 1, clicks: 1, revenue: 5000, refunded: 2000, net_revenue: 3000 },
      ...{ participants: 3, referrers: 1 },
    });
    expect(data.rows).toHaveLength(30);
    expect(data.rows.at(-1).values.signups).toBe(3);
    expect(data.metrics[0]).toEqual({
      name: "signups",
      label: "Signups",
      unit: "count",
      definition: metrics.signups.about,
    });
    expect(data).toMatchObject({ interval: "day", group_by: null, currency: "USD", timezone: "UTC", previous: null });
  });

  it("groups by channel and source, and the groups add up", async () => {
    const { data } = await ask("metric=clicks,referrals,net_revenue&group_by=channel");
    expect(data.rows).toEqual([
      { date: null, group: "whatsapp", values: { clicks: 1, referrals: 1, net_revenue: 3000 } },
    ]);
    const { data: sources } = await ask("metric=signups&group_by=utm_source");
    expect(sources.rows).toEqual([
      { date: null, group: "unknown", values: { signups: 2 } },
      { date: null, group: "news", values: { signups: 1 } },
    ]);
  });

  it("compares with the previous period, in any time zone", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { data } = await ask(`metric=signups&from=${tomorrow}&to=${tomorrow}&compare=previous_period&interval=total`);
    expect(data).toMatchObject({
      totals: { signups: 0 },
      previous: { from: today, to: today, totals: { signups: 3 } },
    });
    const zones = ["Pacific/Kiritimati", "Pacific/Niue", "Asia/Tokyo"];
    for (const tz of zones) {
      const { data: there } = await ask(`metric=signups&tz=${tz}`);
      const day = new Intl.DateTimeFormat("en-CA", { timeZone: tz }).format(new Date());
      expect(there.totals).toEqual({ signups: 3 });
      expect(there.rows.at(-1)).toEqual({ date: day, group: null, values: { signups: 3 } });
    }
  });

  it("also returns a CSV file", async () => {
    const asked = await ask("metric=clicks,referrals&group_by=channel", { Accept: "text/csv" });
    expect(asked.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(asked.text).toBe("date,channel,clicks,referrals\r\n,whatsapp,1,1\r\n");
    expect((await ask("metric=clicks,referrals&group_by=channel&format=csv")).text).toBe(asked.text);
    expect((await ask("format=json", { Accept: "text/csv" })).status).toBe(200);
  });

  it.each([
    ["metric=signup", metricNames.join(", ")],
    ["metric=,", metricNames.join(", ")],
    ["group_by=source", "channel, utm_source, utm_medium, utm_campaign, referrer, country, device"],
    ["metric=k_factor&group_by=channel", "with group_by"],
    ["interval=hour", "day, week, month, total"],
    ["from=2026-02-30", "is not a valid date"],
    ["from=2026-02-02&to=2026-02-01", "must not be after"],
    ["from=2020-01-01", "at most 366 days"],
    ["tz=Moon", "IANA"],
  ])("refuses %s and lists the choices", async (query, said) => {
    const { status, text } = await ask(query);
    expect(status).toBe(400);
    expect(text).toContain(said);
  });

  it("treats an empty value as missing", async () => {
    const [empty, none] = [await ask("metric=&group_by=&interval=&from=&to=&compare=&tz=&format="), await ask("")];
    expect(empty.status, empty.text).toBe(200);
    expect(empty.data).toEqual(none.data);
  });

  it("is for the owner only", async () => {
    const other = await newMember();
    expect((await other.get(`/api/v1/campaigns/${campaign.id}/analytics`)).status).toBe(404);
  });

  it("reads a row per day of a year, however many participants there are", async () => {
    const year = await newCampaign({ default_emails: [] });
    const tally = JSON.stringify(
      Object.fromEntries(
        ["hour", "channel", "utm_source", "country"].flatMap((name) =>
          Array.from({ length: 20 }, (_, i) => [`${name}:${String(i).padStart(2, "0")}`, [0, 0, 1, 1, 0, 0, 0, 0]]),
        ),
      ),
    );
    const days = JSON.stringify(Array.from({ length: 366 }, (_, i) => i));
    await env.DB.prepare(`INSERT INTO campaign_days (campaign_id, day, signups, clicks, tally)
      SELECT ?1, date('now', '-' || value || ' days'), 20, 20, ?2 FROM json_each(?3)`)
      .bind(year.id, tally, days)
      .run();
    const from = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10);
    const work = await workOf(async () => {
      const { data } = await year.owner.get(
        `/api/v1/campaigns/${year.id}/analytics?metric=signups&from=${from}&interval=month`,
      );
      expect(data.totals).toEqual({ signups: 366 * 20 });
    });
    expect(work.d1_calls).toBeLessThanOrEqual(2);
    expect(work.rows_read).toBeLessThanOrEqual(380);
  });
});

describe("the guide", () => {
  it("defines each number like the API", () => {
    const rows = metricNames.map((name) => `| \`${name}\` | ${metrics[name].about} |`);
    const table = ["| metric | what it is |", "|---|---|", ...rows].join("\n");
    console.info(table);
    expect(guide).toContain(table);
  });
});

describe("a metric", () => {
  const bucket = (change: (bucket: Bucket) => void) => {
    const made = emptyBucket();
    change(made);
    return made;
  };

  it("is not a rate of too few people, and never exceeds 100%", () => {
    const rate = (clicks: number, referrals: number) =>
      metrics.invitation_rate.value(bucket(({ counts }) => Object.assign(counts, { clicks, referrals })));
    expect([rate(29, 3), rate(30, 3), rate(30, 31)]).toEqual([null, 0.1, null]);
    const k = (people: number) =>
      metrics.k_factor.value(bucket(({ ripe }) => ripe.set("stage1", people).set("early", 15)));
    expect([k(29), k(30)]).toEqual([null, 0.5]);
  });

  it("of a step includes people who got further, so steps never rise", () => {
    const made = bucket(({ cohort }) => cohort.set("stage1", 5).set("stage3", 2).set("stage5", 1));
    const steps = [metrics.participants, metrics.sharers, metrics.inviters, metrics.referrers, metrics.rewarded];
    expect(steps.map(({ value }) => value(made))).toEqual([8, 3, 3, 1, 1]);
  });

  it("has the median time until the first friend", () => {
    const step = (ms: number) => Math.floor(4 * Math.log2(1 + ms / 60_000));
    const hours = metrics.time_to_first_referral.value(
      bucket(({ cohort }) => cohort.set(`step${step(60_000)}`, 1).set(`step${step(36_000_000)}`, 2)),
    );
    expect(hours).toBeGreaterThan(9);
    expect(hours).toBeLessThan(11);
    expect(metrics.time_to_first_referral.value(emptyBucket())).toBeNull();
  });

  it("has weeks that begin on Monday", () => {
    expect([
      intervalOf("2026-11-29", "week"),
      intervalOf("2026-11-30", "week"),
      intervalOf("2026-11-30", "month"),
    ]).toEqual(["2026-11-23", "2026-11-30", "2026-11-01"]);
  });
});
