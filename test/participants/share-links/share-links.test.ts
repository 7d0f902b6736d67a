import { describe, expect, it } from "vitest";
import { newCampaign, plainCode, someCodes, someone, type TestCampaign } from "../../support/campaign";
import { call } from "../../support/client";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

const click = (
  code: string,
  { address = "203.0.113.1", agent = CHROME, method = "GET", ...headers }: Record<string, string> = {},
) =>
  call(method, `/t/${code}`, undefined, { headers: { "User-Agent": agent, "CF-Connecting-IP": address, ...headers } });

/** The participant's code for another channel, as the API lists it. */
async function codeFor(campaign: TestCampaign, id: number, social: number) {
  const { shareUrl, referralCode } = await import("../../../src/ledger/records/referral-code");
  const { env } = await import("cloudflare:workers");
  return shareUrl(
    "",
    await referralCode(env, { campaign_id: campaign.id, social_type: social, participant_id: id }),
  ).slice("/t/".length);
}

const numbers = async (campaign: TestCampaign, id: number) =>
  (await campaign.owner.get(`/api/v1/participants/${id}`)).data;

describe("a share link", () => {
  it("leads to the landing page, else the hosted page, else the brand's website, with the code", async () => {
    const campaign = await newCampaign({ landing_url: "https://shop.example/join?utm=x#top" });
    const ada = (await campaign.signUp(someone())).data;
    const to = async () => {
      const answer = await click(ada.referral_code);
      expect(answer.status).toBe(302);
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
      return answer.headers.get("Location");
    };
    expect(await to()).toBe(`https://shop.example/join?utm=x&ref=${ada.referral_code}#top`);
    expect(ada.signup_url).toBe(await to());
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { landing_url: null });
    expect(await to()).toBe(`${campaign.brand.url}/?ref=${ada.referral_code}`);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { publish: "public" });
    expect(await to()).toBe(
      `https://referrals.test/p/${campaign.brand.slug}/campaign/${campaign.id}?ref=${ada.referral_code}`,
    );
  });

  it("counts people per channel, and no bots", async () => {
    const campaign = await newCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const facebook = await codeFor(campaign, ada.id, 1);
    await click(ada.referral_code);
    await click(ada.referral_code);
    await click(facebook, { address: "203.0.113.2" });
    const others: Record<string, string>[] = [
      { agent: "Googlebot/2.1 (+http://www.google.com/bot.html)" },
      { agent: "facebookexternalhit/1.1" },
      { agent: "WhatsApp/2.23" },
      { agent: "curl/8.0" },
      { "Sec-Purpose": "prefetch;prerender" },
      { Purpose: "prefetch" },
      { method: "HEAD" },
    ];
    for (const other of others) expect((await click(ada.referral_code, other)).status).toBe(302);
    expect(await numbers(campaign, ada.id)).toMatchObject({
      click_count: 3,
      total_clicks: 3,
      share_count: 2,
      shares: [
        { social_type: 6, clicks: 2, url: ada.share_url },
        { social_type: 1, clicks: 1 },
      ],
    });
    expect(await campaign.stats()).toMatchObject({ total_clicks: 3, total_shares: 2 });
  });

  it("with an unreadable code leads to the home page and counts nothing", async () => {
    const campaign = await newCampaign();
    const ada = (await campaign.signUp(someone())).data;
    for (const code of ["nonsense", "%25%25", plainCode(999_999_999, 6, ada.id), "x".repeat(5000)]) {
      const answer = await click(code);
      expect([answer.status, answer.headers.get("Location")]).toEqual([302, "https://referrals.test/"]);
    }
    const plain = plainCode(campaign.id, 6, ada.id);
    expect((await click(plain)).headers.get("Location")).toContain(campaign.brand.domain);
    expect((await numbers(campaign, ada.id)).click_count).toBe(0);
  });

  it("without a signature does not reveal participants", async () => {
    const [campaign, other] = [await newCampaign(), await newCampaign()];
    const ada = (await campaign.signUp(someone())).data;
    const foreign = (await other.signUp(someone())).data;
    const erased = (await campaign.signUp(someone())).data;
    await campaign.owner.delete(`/api/v1/participants/${erased.id}`);
    const leads = async (id: number) => {
      const code = plainCode(campaign.id, 6, id);
      const answer = await click(code);
      return [answer.status, answer.headers.get("Location")?.replace(code.replace(/=+$/, ""), "CODE")];
    };
    const [first, ...others] = await Promise.all([ada.id, foreign.id, erased.id, 999_999_999].map(leads));
    expect(first?.[1]).toContain(campaign.brand.domain);
    for (const answer of others) expect(answer).toEqual(first);
  });

  it("counts concurrent clicks, each once", async () => {
    const campaign = await newCampaign();
    const people = await Promise.all(Array.from({ length: 3 }, async () => (await campaign.signUp(someone())).data));
    await Promise.all(
      people.flatMap((person, i) => Array.from({ length: 10 * (i + 1) }, () => click(person.referral_code))),
    );
    expect(await Promise.all(people.map(async (p) => (await numbers(campaign, p.id)).click_count))).toEqual([
      10, 20, 30,
    ]);
    expect((await campaign.stats()).total_clicks).toBe(60);
    const { leaderboard } = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/leaderboard`)).data;
    expect(leaderboard.map((e: { rank: number; click_count: number }) => [e.rank, e.click_count])).toEqual([
      [1, 30],
      [2, 20],
      [3, 10],
    ]);
  });
});

describe("a goal of visits", () => {
  it("counts a visitor once per participant and day, and earns the reward once", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 3 });
    const [code] = someCodes(1);
    await campaign.upload([code]);
    const ada = (await campaign.signUp(someone())).data;
    for (const address of ["198.51.100.1", "198.51.100.1", "198.51.100.2", "198.51.100.2"])
      await click(ada.referral_code, { address });
    expect((await numbers(campaign, ada.id)).rewards).toEqual([]);
    for (const address of ["198.51.100.3", "198.51.100.4", "198.51.100.5"]) await click(ada.referral_code, { address });
    expect(await numbers(campaign, ada.id)).toMatchObject({
      click_count: 7,
      rewards: [{ status: "fulfilled", coupon: code, role: "referrer" }],
    });
    expect(await campaign.events("reward.fulfilled")).toHaveLength(1);
    expect(await campaign.events("coupons.exhausted")).toHaveLength(1);
    expect(await campaign.stats()).toMatchObject({ total_rewards_given: 1, coupons_available: 0 });
  });

  it("identifies a visitor by their address, whatever their browser's name", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 2 });
    await campaign.upload(someCodes(1));
    const ada = (await campaign.signUp(someone())).data;
    for (let i = 0; i < 25; i++) await click(ada.referral_code, { agent: `${CHROME} ${i}`, address: "198.51.100.9" });
    expect((await numbers(campaign, ada.id)).rewards).toEqual([]);
    await click(ada.referral_code, { address: "198.51.100.10" });
    expect((await numbers(campaign, ada.id)).rewards).toHaveLength(1);
  });

  it("identifies a visitor by their IPv6 network of 2^64 addresses", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 2 });
    await campaign.upload(someCodes(1));
    const ada = (await campaign.signUp(someone())).data;
    for (let i = 0; i < 9; i++) await click(ada.referral_code, { address: `2001:db8:1:2:${i}::${i}` });
    expect((await numbers(campaign, ada.id)).rewards).toEqual([]);
    await click(ada.referral_code, { address: "2001:db8:1:3::1" });
    expect((await numbers(campaign, ada.id)).rewards).toHaveLength(1);
  });
});
