import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { call, newDomain, newMember } from "../support/client";
import { stopClock } from "../support/clock";
import { browser, browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";
import { wordsOf } from "../support/words";
import { workOf } from "../support/work";

const DAY_MS = 86_400_000;
const dayAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

async function putDay(campaignId: number, day: string, signups: number, clicks = 0) {
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO campaign_days (campaign_id, day, signups, clicks) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET signups = signups + ?3, clicks = clicks + ?4",
    ).bind(campaignId, day, signups, clicks),
    env.DB.prepare(
      "UPDATE campaign_stats SET total_participants = total_participants + ?2, total_clicks = total_clicks + ?3 WHERE campaign_id = ?1",
    ).bind(campaignId, signups, clicks),
  ]);
}

/** A day's tally with the same counts under each of these keys. */
const tallyOf = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, [4, 2, 3, 1, 0, 0, 0, 0]]));

/** The rows of the chart's table, by day. */
const chartOf = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<th scope="row">([\d-]+)<\/th><td>([\d,]+)<\/td>/g)].map(([, day, value]) => [day, value]),
  );

/** The values of a chart's two lines, by its axis. */
function drawnIn(html: string) {
  const heights = [...html.matchAll(/class="chart-grid"[^>]*y1="([\d.]+)"/g)].map(([, y]) => y);
  const ticks = [...html.matchAll(/class="chart-tick" x="0"[^>]*>([\d,]+)</g)].map(([, said]) => said);
  expect(ticks).toHaveLength(heights.length);
  const [low, none, high, most] = [heights[0], ticks[0], heights.at(-1), ticks.at(-1)];
  const scale = Number(most?.replace(",", "")) / (Number(low) - Number(high));
  expect(none).toBe("0");
  const plotted = (name: string) => {
    const path = new RegExp(`class="${name}" d="([^"]*)"`).exec(html)?.[1] ?? "";
    return [...path.matchAll(/(?:[ML]|C(?:[\d.]+,){4})[\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
  };
  const valuesOf = (plots: number[]) => plots.map((y) => Math.round((Number(low) - 20 - y) * scale));
  const [line, open] = [plotted("chart-line"), plotted("chart-open")];
  expect(line.at(-1)).toBe(open[0]);
  return { line: valuesOf([...line, ...open.slice(1)]), dashed: valuesOf(plotted("chart-was")) };
}

describe("the front page", () => {
  it("introduces the product to visitors, and is home for signed-in members", async () => {
    const open = await browser().page("/");
    expect(open.status).toBe(200);
    for (const path of ["/sign-up", "/sign-in", "/docs"]) expect(open.text).toContain(`href="${path}"`);
    expect(open.text).not.toContain('href="/demo"');
    const ada = await signedIn();
    expect(leadsTo(await ada.page("/"))).toBe("/home");
  });

  it("links to the demo if there is one", async () => {
    const open = await browser().page("/", { env: { DEMO_URL: "http://localhost:8788" } });
    expect(open.text).toContain('href="/demo"');
  });

  it("is revalidated cheaply, without a database", async () => {
    const first = await call("GET", "/");
    const again = () => call("GET", "/", undefined, { headers: { "If-None-Match": first.headers.get("ETag") ?? "" } });
    expect((await again()).status).toBe(304);
    expect(await workOf(again)).toMatchObject({ d1_calls: 0 });
  });
});

describe("the home page", () => {
  it("leads a new account from its website to its first participant", async () => {
    const ada = await signedIn();
    expect((await ada.page("/home")).text).toContain('href="/brands/new"');
    const brand = (await ada.member.post("/api/v1/brands", { url: newDomain() })).data;
    expect((await ada.page("/home")).text).toContain('href="/campaigns/new"');
    const campaign = (await ada.member.post("/api/v1/campaigns", { name: "Spring", brand_id: brand.id })).data;
    expect((await ada.page("/home")).text).toContain(`href="/campaigns/${campaign.id}/install"`);
    await ada.member.post("/api/v1/signups", { campaign_id: campaign.id, email: someone(), name: "Bea <b>" });
    const page = await ada.page("/home");
    expect(page.text).not.toContain("First steps");
    expect(page.text).toContain("Bea &lt;b&gt;");
  });

  it("shows the API's numbers, for all campaigns and for a brand", async () => {
    const member = await newMember();
    const [one, two] = [await newCampaign({ name: "Figs" }, member), await newCampaign({ name: "Dates" }, member)];
    const { referral_code } = (await one.signUp(someone(), { name: "Rita" })).data;
    for (let i = 0; i < 2; i++) await one.refer(referral_code, someone());
    await two.signUp(someone());
    const sale = { campaign_id: one.id, participant_id: (await one.signUp(someone())).data.id };
    await member.post("/api/v1/conversions", { ...sale, conversion_id: "o-1", amount: 1250, currency: "USD" });
    const ada = await browserOf(member);
    const numbers = async (path: string) => {
      const words = wordsOf((await ada.page(path)).text);
      return Object.fromEntries(
        ["Signups", "Referrals", "Net revenue"].map((label) => [
          label,
          words.match(new RegExp(`${label} (\\S+) \\S+ before`))?.[1],
        ]),
      );
    };
    const api = async (id: number) =>
      (await member.get(`/api/v1/campaigns/${id}/analytics?metric=signups,referrals,net_revenue&interval=total`)).data
        .totals;
    const [figs, dates] = [await api(one.id), await api(two.id)];
    expect(figs).toEqual({ signups: 4, referrals: 2, net_revenue: 1250 });
    const shown = (...all: (typeof figs)[]) => {
      const sum = (name: string) => all.reduce((total, totals) => total + totals[name], 0);
      return {
        Signups: String(sum("signups")),
        Referrals: String(sum("referrals")),
        "Net revenue": `$${(sum("net_revenue") / 100).toFixed(2)}`,
      };
    };
    expect(await numbers("/home")).toEqual(shown(figs, dates));
    for (const [campaign, totals] of [
      [one, figs],
      [two, dates],
    ] as const)
      for (const path of [`/home?brand_id=${campaign.brand.id}`, `/brands/${campaign.brand.id}`])
        expect(await numbers(path), path).toEqual(shown(totals));
    const { text } = await ada.page("/home");
    const words = wordsOf(text);
    expect(words).toMatch(/Top campaigns .*Figs site-\S+ 4 2 \$12\.50 Dates site-\S+ 1 0 \$0\.00/);
    expect(words).toMatch(/Top referrers .*Rita Figs · site-\S+ 2 0/);
    expect(words).toMatch(/Direct link 0 2/);
    // Fewer than thirty people: numbers, not rates.
    expect(words).toMatch(/How far participants got .*Participants Participants who signed up on these days\. 5 /);
    expect(text.slice(text.indexOf("How far"))).not.toMatch(/\d%/);
    const file = await ada.page(`/home/analytics.csv?brand_id=${one.brand.id}&days=7`);
    expect(file.headers.get("Content-Disposition")).toContain("analytics-usd");
    expect(file.text.trim().split("\n")).toHaveLength(8);
    // Another member's brand is empty.
    const stranger = await browserOf((await newCampaign()).owner);
    const theirs = wordsOf((await stranger.page(`/home?brand_id=${one.brand.id}`)).text);
    expect(theirs).not.toContain("Rita");
    expect(theirs).not.toContain("$12.50");
  });

  it("never adds up two currencies", async () => {
    const campaign = await newCampaign();
    const euros = await newCampaign({ currency: "EUR" }, campaign.owner);
    const day = dayAgo(1);
    for (const [id, revenue] of [
      [campaign.id, 10_000],
      [euros.id, 20_000],
    ])
      await env.DB.prepare(
        "INSERT INTO campaign_days (campaign_id, day, signups, revenue, tally) VALUES (?1, ?2, 1, ?3, ?4)",
      )
        .bind(id, day, revenue, JSON.stringify({ "channel:5": [0, 0, 3, 1, 1, 1, revenue, 0] }))
        .run();
    const words = wordsOf((await (await browserOf(campaign.owner)).page("/home")).text);
    expect(words).toContain("Net revenue €200.00");
    expect(words).toContain("Net revenue in USD $100.00");
    expect(words).toMatch(/WhatsApp 6 2 (€200\.00 \+ \$100\.00|\$100\.00 \+ €200\.00)/);
  });

  it("compares a period with the previous one, for each number and length", async () => {
    stopClock();
    const campaign = await newCampaign();
    await putDay(campaign.id, dayAgo(1), 30, 5);
    await putDay(campaign.id, dayAgo(8), 20, 10);
    await putDay(campaign.id, dayAgo(40), 7);
    const ada = await browserOf(campaign.owner);
    const week = await ada.page("/home?days=7");
    expect(wordsOf(week.text)).toContain("Signups 30 20 before");
    expect(wordsOf(week.text)).toContain("Friends&#39; visits 5 10 before");
    expect(Object.keys(chartOf(week.text))).toHaveLength(7);
    expect(chartOf(week.text)).toMatchObject({ [dayAgo(1)]: "30", [dayAgo(2)]: "0" });
    const clicks = await ada.page("/home?days=90&metric=clicks");
    expect(chartOf(clicks.text)).toMatchObject({ [dayAgo(8)]: "10" });
    expect(wordsOf(clicks.text)).toContain("Signups 57 0 before");
    expect((await ada.page("/home?days=31&metric=x'")).status).toBe(200);
  });

  it("draws both periods on one scale, and lists both in the table, at home and for a brand", async () => {
    stopClock();
    const campaign = await newCampaign();
    await putDay(campaign.id, dayAgo(1), 30, 5);
    await putDay(campaign.id, dayAgo(8), 20, 10);
    await putDay(campaign.id, dayAgo(13), 4);
    await putDay(campaign.id, dayAgo(14), 99);
    const ada = await browserOf(campaign.owner);
    const look = async (path: string) => {
      const { text } = await ada.page(path);
      const table = [...text.matchAll(/<th scope="row">[\d-]+<\/th><td>([\d,]+)<\/td><td>([\d,]+)<\/td>/g)];
      const [now, before] = [table.map(([, value]) => Number(value)), table.map(([, , value]) => Number(value))];
      return { now, before, ...drawnIn(text) };
    };
    for (const path of ["/home", `/brands/${campaign.brand.id}`]) {
      const people = { now: [0, 0, 0, 0, 0, 30, 0], before: [4, 0, 0, 0, 0, 20, 0] };
      expect(await look(`${path}?days=7`)).toEqual({ ...people, line: people.now, dashed: people.before });
      const clicks = { now: [0, 0, 0, 0, 0, 5, 0], before: [0, 0, 0, 0, 0, 10, 0] };
      expect(await look(`${path}?days=7&metric=clicks`)).toEqual({
        ...clicks,
        line: clicks.now,
        dashed: clicks.before,
      });
    }
  });

  it("excludes a deleted campaign, alone or with its brand", async () => {
    stopClock();
    const member = await newMember();
    const [kept, gone, goneWithBrand] = [
      await newCampaign({}, member),
      await newCampaign({}, member),
      await newCampaign({}, member),
    ];
    for (const [i, campaign] of [kept, gone, goneWithBrand].entries())
      for (const days of [1, 5]) await putDay(campaign.id, dayAgo(days), 10 ** i);
    const ada = await browserOf(member);
    const values = async () => {
      const chart = chartOf((await ada.page("/home")).text);
      return [chart[dayAgo(5)], chart[dayAgo(1)]];
    };
    expect(await values()).toEqual(["111", "111"]);
    await member.delete(`/api/v1/campaigns/${gone.id}`);
    expect(await values()).toEqual(["101", "101"]);
    await member.delete(`/api/v1/brands/${goneWithBrand.brand.id}`);
    expect(await values()).toEqual(["1", "1"]);
  });

  it("shows what needs attention, with links to fix it", async () => {
    const campaign = await newCampaign({ reward_invited: true });
    const ada = await browserOf(campaign.owner);
    const attention = async () => (await ada.page("/home")).text;
    expect(await attention()).toContain('href="/account"');
    expect(wordsOf(await attention())).toContain("has no coupon codes yet.");
    await campaign.upload(someCodes(20));
    expect(await attention()).not.toContain(`/campaigns/${campaign.id}/coupons`);
    await env.DB.prepare("UPDATE campaign_stats SET coupons_available = 2 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    expect(wordsOf(await attention())).toContain("has 2 codes left");

    const hook = (await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/1" })).data;
    await env.DB.prepare("UPDATE webhooks SET failing_since = 1 WHERE id = ?").bind(hook.id).run();
    expect(await attention()).toContain(`href="/webhooks/${hook.id}"`);

    const cash = await newCampaign({ reward_type: 5, reward: { cash_value: 5 } }, campaign.owner);
    const { referral_code } = (await cash.signUp(someone())).data;
    await cash.refer(referral_code, someone());
    expect(await attention()).toContain(`/rewards?campaign_id=${cash.id}&amp;status=pending`);
  });

  it("shows one account only, and gives a viewer no buttons", async () => {
    const campaign = await newCampaign();
    await campaign.signUp(someone());
    const stranger = await browserOf((await newCampaign()).owner);
    const theirs = await stranger.page("/home");
    expect(theirs.text).not.toContain(`/campaigns/${campaign.id}`);
    expect(theirs.text).toContain("First steps");
    const victor = await colleagueOf(campaign.owner, "viewer");
    const looked = await victor.page("/home");
    expect(looked.text).toContain(`/campaigns/${campaign.id}`);
    expect(looked.text).not.toContain('href="/campaigns/new"');
  });

  it("reads a few rows per campaign and day in two calls, with 200 campaigns", async () => {
    stopClock();
    const first = await newCampaign();
    const { id: memberId } = first.owner;
    await env.DB.batch([
      env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM i WHERE n < 200)
        INSERT INTO campaigns (member_id, brand_id, name, date_added) SELECT ?1, ?2, 'Campaign ' || n, 0 FROM i`).bind(
        memberId,
        first.brand.id,
      ),
      env.DB.prepare(
        `INSERT INTO campaign_stats (campaign_id) SELECT id FROM campaigns WHERE member_id = ?1 AND id <> ?2`,
      ).bind(memberId, first.id),
      env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 59)
        INSERT INTO campaign_days (campaign_id, day, signups, shares, clicks, impressions, cohort, tally)
        SELECT c.id, date(?2, '-' || n || ' days'), 1, 2, 3, 4, ?3, ?4 FROM campaigns c, i WHERE c.member_id = ?1`).bind(
        memberId,
        dayAgo(0),
        JSON.stringify({ stage1: 3, stage2: 1, stage4: 1, step20: 1, friends: 2, early: 1 }),
        JSON.stringify(tallyOf(["hour:09", "hour:17", "channel:1", "channel:6", "device:mobile", "country:de"])),
      ),
    ]);
    const ada = await browserOf(first.owner);
    const page = await ada.page("/home?days=30");
    expect(Object.values(chartOf(page.text))).toEqual(Array(30).fill("200"));
    const work = await workOf(() => ada.page("/home?days=30"));
    console.info(`/home: ${JSON.stringify(work)}`);
    expect(work.d1_calls).toBe(2);
    // Twice the period for the days, the same again for sorting, and once the period for the campaigns.
    expect(work.rows_read).toBeLessThanOrEqual(200 * 30 * 5.5);
  });
});

describe("the plan page", () => {
  it("shows usage and limits", async () => {
    const member = await newMember({ plan_id: 1 });
    const campaign = await newCampaign({}, member);
    await campaign.signUp(someone());
    const { plans } = (await member.get("/api/v1/billing/plans")).data;
    const free = plans.find(({ id }: { id: number }) => id === 1);
    const page = await (await browserOf(member)).page("/plan");
    expect(wordsOf(page.text)).toContain(`Participants 1 of ${free.campaigns_participants}`);
    expect(wordsOf(page.text)).toContain(`Brands 1 of ${free.no_of_domains}`);
    for (const plan of plans) expect(page.text).toContain(plan.name);
    expect(page.text).toContain(`<b>${member.id}</b>`);
  });

  it("suggests a larger plan only if the plan is full", async () => {
    const member = await newMember({ plan_id: 1 });
    const { id } = await newCampaign({}, member);
    const ada = await browserOf(member);
    const said = async (total: number) => {
      await env.DB.prepare(
        "UPDATE campaign_stats SET pending_participants = 1, total_participants = ? WHERE campaign_id = ?",
      )
        .bind(total, id)
        .run();
      return wordsOf((await ada.page("/plan")).text);
    };
    expect(await said(500)).toContain("1 more is pending and does not count.");
    expect(await said(501)).toContain("1 more is pending. A larger plan makes room for them.");
  });

  it("shows that a plan has ended, with the contact", async () => {
    const member = await newMember({ plan_id: 2 });
    await env.DB.prepare("UPDATE members SET plan_expiry = 1 WHERE id = ?").bind(member.id).run();
    const page = await (await browserOf(member)).page("/plan", { env: { SUPPORT_EMAIL: "help@example.com" } });
    expect(wordsOf(page.text)).toContain("Your Growth plan ended");
    expect(page.text).toContain("mailto:help@example.com");
  });
});

describe("a campaign older than its channel counts", () => {
  it("shows since which day they are counted", async () => {
    stopClock();
    const { id, owner } = await newCampaign();
    const ada = await browserOf(owner);
    const said = async (days: number) => wordsOf((await ada.page(`/campaigns/${id}?days=${days}`)).text);
    await putDay(id, dayAgo(20), 5);
    expect(await said(30)).toContain("were not counted yet during this period");
    await putDay(id, dayAgo(3), 5);
    await env.DB.prepare("UPDATE campaign_days SET tally = ? WHERE campaign_id = ? AND day = ?")
      .bind(JSON.stringify({ "channel:5": [0, 0, 3, 1, 1, 0, 0, 0] }), id, dayAgo(3))
      .run();
    const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(new Date(dayAgo(3)));
    expect(await said(30)).toContain(`Channels and sources are counted since ${day}.`);
    expect(await said(7)).not.toContain("are counted since");
  });
});
