import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { Change } from "../../src/dashboard/ui/parts";
import { referralCode } from "../../src/ledger/records/referral-code";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { browserOf } from "../support/session";
import { allCounted } from "../support/waits";
import { wordsOf } from "../support/words";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const FACEBOOK = 1;
const DAY_MS = 86_400_000;

type Row = Record<string, number> & { id: number };

/**
 * An account with two brands and three campaigns: people invited, blocked and erased, clicks on several channels, impressions, and rewards
 * given, waiting and revoked.
 */
async function busyAccount() {
  const owner = await newMember();
  const coupons = await newCampaign({ name: "Coupons", num_signups: 1, reward_invited: true }, owner);
  const cash = await newCampaign({ name: "Cash", reward_type: 5, num_signups: 1, reward: { cash_value: 5 } }, owner);
  const { id: visitsId } = (
    await owner.post("/api/v1/campaigns", {
      name: "Visits",
      brand_id: cash.brand.id,
      goal_type: "visit",
      num_visits: 2,
      reward_type: 3,
      reward: { custom_message: "Thanks" },
    })
  ).data;
  await coupons.upload(someCodes(5));
  await owner.put(`/api/v1/campaigns/${coupons.id}/contest`, {
    contest_name: "Giveaway",
    start_date: new Date(Date.now() - DAY_MS).toISOString(),
    end_date: new Date(Date.now() + DAY_MS).toISOString(),
  });

  const ada = (await coupons.signUp(someone())).data;
  const friends = [];
  for (let n = 0; n < 3; n++) friends.push((await coupons.refer(ada.referral_code, someone())).data.participant);
  const [bob, gone, blocked] = friends;
  await coupons.refer(bob.referral_code, someone());
  await owner.patch(`/api/v1/participants/${blocked.id}`, { status: "blocked" });
  await owner.delete(`/api/v1/participants/${gone.id}`);

  const payees = [(await cash.signUp(someone())).data, (await cash.signUp(someone())).data];
  for (const payee of payees) await cash.refer(payee.referral_code, someone());
  const [paid] = (await owner.get(`/api/v1/rewards?campaign_id=${cash.id}`)).data.rewards;
  await owner.patch(`/api/v1/rewards/${paid.id}`, { status: "fulfilled" });
  const [revoked] = await coupons.rewards("&status=fulfilled");
  await owner.patch(`/api/v1/rewards/${revoked.id}`, { status: "revoked" });

  const visited = (await owner.post("/api/v1/signups", { campaign_id: visitsId, email: someone(), name: "V" })).data;
  const onFacebook = await referralCode(env, {
    campaign_id: visitsId,
    social_type: FACEBOOK,
    participant_id: visited.id,
  });
  for (const [i, code] of [visited.referral_code, onFacebook, ada.referral_code].entries())
    await call("GET", `/t/${code}`, undefined, {
      headers: { "User-Agent": CHROME, "CF-Connecting-IP": `203.0.113.${i + 1}` },
    });
  for (const [campaign, times] of [
    [coupons.id, 3],
    [visitsId, 2],
  ] as const) {
    const see = async () => {
      for (let n = 0; n < times; n++) await call("POST", "/api/widget/impression", { campaign_id: campaign });
    };
    const total = async () => (await owner.get(`/api/v1/campaigns/${campaign}/stats`)).data.total_impressions;
    await allCounted(see, total, times);
  }
  const { page } = await browserOf(owner);
  return {
    owner,
    brands: [coupons.brand, cash.brand] as Row[],
    campaigns: [coupons.id, cash.id, visitsId] as number[],
    couponsId: coupons.id,
    ada,
    read: async (path: string) => (await page(path)).text,
    say: async (path: string) => wordsOf((await page(path)).text),
    ask: async (path: string) => (await owner.get(`/api/v1${path}`)).data,
  };
}

/** The numbers of a table row, by its first link. */
const numbersOf = (html: string, href: string) => {
  const row = html.split("<tr>").find((cells) => cells.includes(`href="${href}"`)) ?? "";
  return [...row.matchAll(/<td class="number">([\d,]+)<\/td>/g)].map(([, number]) => Number(number?.replace(",", "")));
};

describe("a change from the previous days", () => {
  it("is not shown if it rounds to 0%", () => {
    const said = (value: number, was: number) => String(Change({ value, was }));
    expect(said(1999, 2000)).toBe('<small class="quiet">±0%</small>');
    expect(said(0, 0)).toBe('<small class="quiet">±0%</small>');
    expect(said(110, 100)).toBe('<small class="up">+10%</small>');
    expect(said(90, 100)).toBe('<small class="down">−10%</small>');
    expect(said(5, 0)).toBe('<small class="up">new</small>');
  });
});

describe("the dashboard's numbers match the API's", () => {
  let account: Awaited<ReturnType<typeof busyAccount>>;
  beforeAll(async () => {
    account = await busyAccount();
  });

  const brandStats = () =>
    Promise.all(account.brands.map(({ id }) => account.ask(`/brands/${id}/stats`) as Promise<Row>));
  /** A period card's numbers. Erased people count as signups. Everything happened within its days. */
  const inAll = (stats: Row, signups: number) => [
    `Signups ${signups} 0 before`,
    `Friends&#39; visits ${stats.total_clicks} 0 before`,
    `Views ${stats.total_impressions} 0 before`,
  ];
  const signupsIn = async (campaigns: number[]) => {
    const all = await Promise.all(campaigns.map((id) => account.ask(`/campaigns/${id}/stats`)));
    const days = all.flatMap(({ daily_signups }) => Object.values(daily_signups as Record<string, number>));
    return days.reduce((sum, signups) => sum + signups, 0);
  };

  it("at home", async () => {
    const all = await brandStats();
    const names = ["total_participants", "total_shares", "total_clicks", "total_impressions"];
    const sums = Object.fromEntries(
      names.map((name) => [name, all.reduce((sum, stats) => sum + (stats[name] ?? 0), 0)]),
    ) as Row;
    expect(sums).toMatchObject({ total_clicks: 3, total_impressions: 5 });
    const said = await account.say("/home");
    for (const words of inAll(sums, await signupsIn(account.campaigns))) expect(said).toContain(words);
    const people = await Promise.all(account.campaigns.map((id) => account.ask(`/participants?campaign_id=${id}`)));
    expect(people.reduce((sum, { pagination }) => sum + pagination.total, 0)).toBe(sums.total_participants);
  });

  it("on brands, one by one and in their list", async () => {
    const list = await account.read("/brands");
    for (const [i, stats] of (await brandStats()).entries()) {
      const path = `/brands/${account.brands[i]?.id}`;
      const said = await account.say(path);
      const { campaigns } = await account.ask(`/campaigns?brand_id=${account.brands[i]?.id}`);
      const signups = await signupsIn((campaigns as Row[]).map(({ id }) => id));
      for (const words of inAll(stats, signups)) expect(said).toContain(words);
      expect(numbersOf(list, path)).toEqual([
        stats.total_campaigns,
        stats.total_participants,
        stats.total_shares,
        stats.total_clicks,
        stats.total_impressions,
      ]);
    }
  });

  it("on campaigns, one by one, in their list, and on their brand's page", async () => {
    const list = await account.read("/campaigns");
    const ofBrands = (await Promise.all(account.brands.map(({ id }) => account.read(`/brands/${id}`)))).join();
    for (const id of account.campaigns) {
      const stats = await account.ask(`/campaigns/${id}/stats`);
      const path = `/campaigns/${id}`;
      expect(numbersOf(list, path)).toEqual([stats.total_participants, stats.total_referrals, stats.total_clicks]);
      expect(numbersOf(ofBrands, path)).toEqual([
        stats.total_participants,
        stats.total_shares,
        stats.total_clicks,
        stats.total_impressions,
      ]);
      // Everything happened within the page's days.
      const { totals } = await account.ask(`${path}/analytics?metric=impressions,clicks,signups,referrals`);
      expect(totals).toMatchObject({ impressions: stats.total_impressions, clicks: stats.total_clicks });
      const said = await account.say(path);
      for (const [label, value] of [
        ["Views", totals.impressions],
        ["Friends&#39; visits", totals.clicks],
        ["Signups", totals.signups],
        ["Referrals", totals.referrals],
      ] as const)
        expect(said).toContain(` ${label} ${value} 0 before `);
      expect(said).toContain(`Rewards owed ${stats.rewards_pending} Pending rewards`);
      const { leaderboard } = await account.ask(`${path}/leaderboard?limit=5`);
      const read = await account.read(path);
      for (const { participant_id, referral_count, click_count } of leaderboard)
        if (referral_count + click_count > 0)
          expect(numbersOf(read, `/participants/${participant_id}`)).toEqual([referral_count, click_count]);
    }
  });

  it("on participants, in their lists and on their own pages", async () => {
    const list = await account.read("/participants");
    for (const id of account.campaigns) {
      const { participants, pagination } = await account.ask(`/participants?campaign_id=${id}&limit=100`);
      const { pagination: blocked } = await account.ask(`/participants?campaign_id=${id}&status=blocked`);
      const said = await account.say(`/campaigns/${id}/participants`);
      expect(said).toContain(`${pagination.total} total: 0 pending and ${blocked.total} blocked`);
      for (const person of participants as Row[]) {
        const path = `/participants/${person.id}`;
        expect(numbersOf(list, path)).toEqual([person.referral_count, person.click_count]);
        const { total_rewards, share_count } = await account.ask(path);
        expect(await account.say(path)).toMatch(
          new RegExp(
            `Referrals ${person.referral_count} Clicks ${person.click_count} Channels ${share_count} Rewards ${total_rewards}\\b`,
          ),
        );
      }
    }
  });

  it("on rewards and the stock of coupons", async () => {
    const said = await account.say("/rewards");
    for (const [name, status] of [
      ["Pending", "pending"],
      ["Given", "fulfilled"],
      ["Revoked", "revoked"],
    ]) {
      const { pagination } = await account.ask(`/rewards?status=${status}`);
      expect(pagination.total).toBeGreaterThan(0);
      expect(said).toContain(`${name} ${pagination.total}`);
    }
    const path = `/campaigns/${account.couponsId}`;
    const pool = await account.ask(`${path}/coupons`);
    const stock = await account.say(`${path}/coupons`);
    expect(stock).toContain(`Unused ${pool.available} Given ${pool.assigned} Total ${pool.total}`);
    const stats = await account.ask(`${path}/stats`);
    const { pagination } = await account.ask(`/rewards?campaign_id=${account.couponsId}&status=revoked`);
    expect(await account.say(`${path}/rewards`)).toContain(
      `Given ${stats.total_rewards_given} Pending ${stats.rewards_pending} Revoked ${pagination.total} Coupons left ${stats.coupons_available}`,
    );
  });

  it("on a contest's standings: one entry each, and one more for each friend who is not blocked", async () => {
    const path = `/campaigns/${account.couponsId}`;
    const { leaderboard } = await account.ask(`${path}/leaderboard`);
    const { participants } = await account.ask(`/participants?campaign_id=${account.couponsId}&status=blocked`);
    const page = await account.read(`${path}/contest`);
    const referrers = (leaderboard as Row[]).filter(({ referral_count }) => (referral_count ?? 0) > 0);
    expect(referrers.length).toBe(2);
    for (const { participant_id, referral_count } of referrers) {
      const blocked = (participants as Row[]).filter(({ invited_by }) => invited_by === participant_id).length;
      expect(numbersOf(page, `/participants/${participant_id}`)).toEqual([(referral_count ?? 0) - blocked + 1]);
    }
  });
});
