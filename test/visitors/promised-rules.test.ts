import { describe, expect, it } from "vitest";
import { type PromisedRule, promiseOf } from "../../src/campaigns/rules/promised-rule";
import { textsOf } from "../../src/texts/text";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { buyer, cash } from "../support/shop";

const BROWSER = { Accept: "text/html" };
const pageOf = async ({ id, brand }: TestCampaign, language = "en", ref = "") => {
  const path = `/p/${brand.slug}/campaign/${id}${ref && `?ref=${ref}`}`;
  return (await call("GET", path, undefined, { headers: { ...BROWSER, "Accept-Language": language } })).text;
};
const shown = async ({ id, owner }: TestCampaign) => {
  const config = (await call("GET", `/api/widget/config?campaign_id=${id}`)).data.rules;
  expect((await owner.get(`/api/v1/lander?campaign_id=${id}`)).data.rules).toEqual(config);
  return config;
};

async function promising(rules: Record<string, unknown>[], fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({ publish: "public", num_signups: 1000, ...fields });
  const path = `/api/v1/campaigns/${campaign.id}/rules`;
  const made: { id: number; visible: boolean; image_url: string | null }[] = [];
  for (const rule of rules) {
    const answer = await campaign.owner.post(path, { role: "referrer", ...rule });
    if (answer.status !== 201) throw new Error(answer.text);
    made.push(answer.data);
  }
  return { campaign, made, put: (n: number, body: object) => campaign.owner.put(`${path}/${made[n]?.id}`, body) };
}

describe("a campaign's rules are shown to visitors", () => {
  it("in order, in the widget, the lander, and the hosted page", async () => {
    const { campaign } = await promising([
      { trigger: "signup", threshold: 3, repeat: "once", reward: cash({ amount: 1000 }), position: 2 },
      { reward: { reward_type: 6, percent: 2.5, max_amount: 5000 }, position: 1 },
    ]);
    expect(await shown(campaign)).toEqual([
      {
        role: "referrer",
        trigger: "conversion",
        event_name: "purchase",
        first_only: false,
        threshold: 1,
        repeat: "every",
        reward: { type: "credit", amount: null, percent: 2.5, max_amount: 5000, currency: "USD" },
        image_url: null,
      },
      {
        role: "referrer",
        trigger: "signup",
        event_name: null,
        first_only: false,
        threshold: 3,
        repeat: "once",
        reward: { type: "cash", amount: 1000, percent: null, max_amount: null, currency: "USD" },
        image_url: null,
      },
    ]);
    const en = await pageOf(campaign);
    // "How it works" has both. For participants, the panel has the other one, and shows the goal's one-time reward as a step.
    const step = /<li data-step-at="3">.*?<span>\$10\.00<\/span>/s;
    expect(en.split("When 3 friends join: $10.00")).toHaveLength(2);
    expect(en).toMatch(step);
    expect(en.split("For each purchase by a friend: 2.5% of the amount, up to $50.00 in store credit")).toHaveLength(3);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language: "auto" });
    expect(await pageOf(campaign, "de")).toMatch(/Wenn 3 Freunde mitmachen: 10,00\s\$/);
    const embed = await call("GET", `/widget/${campaign.id}/embed`, undefined, { headers: BROWSER });
    expect(embed.text).toMatch(step);
    expect(embed.text).toContain("For each purchase by a friend: 2.5% of the amount");
  });

  it("unless they are hidden, which still earn", async () => {
    const { campaign, made, put } = await promising([
      { reward: cash({ amount: 700 }), visible: false },
      { trigger: "signup", reward: cash({ amount: 800 }) },
    ]);
    expect(made.map(({ visible }) => visible)).toEqual([false, true]);
    expect((await shown(campaign)).map((rule: PromisedRule) => rule.reward.amount)).toEqual([800]);
    expect(await pageOf(campaign)).not.toContain("$7.00");
    const ada = (await campaign.signUp(someone())).data;
    const bought = await buyer(campaign)({ referral_code: ada.referral_code, email: someone() });
    expect(bought.data.rewards).toMatchObject([{ amount: 700 }]);
    expect((await put(0, { visible: true })).data.visible).toBe(true);
    expect((await put(1, { max_per_month: 3 })).data.visible).toBe(true);
    expect((await shown(campaign)).map((rule: PromisedRule) => rule.reward.amount)).toEqual([700, 800]);
    expect(await pageOf(campaign)).toContain("$7.00");
    await put(1, { visible: false });
    expect((await shown(campaign)).map((rule: PromisedRule) => rule.reward.amount)).toEqual([700]);
    for (const visible of ["no", 0, null]) expect((await put(1, { visible })).status).toBe(400);
  });

  it("while they exist and have budget", async () => {
    const { campaign, made } = await promising([
      { reward: cash({ amount: 700 }), budget: 1000 },
      { reward: cash({ percent: 50 }), budget: 700 },
      { trigger: "signup", reward: { reward_type: 1 } },
      { reward: cash({ amount: 900 }) },
    ]);
    const types = async () =>
      (await shown(campaign)).map(({ reward }: PromisedRule) => reward.amount ?? reward.percent);
    expect(await types()).toEqual([700, 50, null, 900]);
    await campaign.owner.delete(`/api/v1/campaigns/${campaign.id}/rules/${made[3]?.id}`);
    expect(await types()).toEqual([700, 50, null]);
    const ada = (await campaign.signUp(someone())).data;
    await buyer(campaign)({ referral_code: ada.referral_code, email: someone() }, 1200);
    // 600 of 700 for the share are gone, and 700 of 1000 for the fixed amount. A change of the campaign drops the copies.
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { goal_type: "visit", num_visits: 5 });
    expect(await types()).toEqual([50]);
  });

  it("with an image, if they have one", async () => {
    const image_url = "https://images.example/bag.png?a=1&b=2";
    const { campaign, made, put } = await promising([
      { reward: cash({ amount: 700 }) },
      { reward: cash({ amount: 800 }), image_url },
    ]);
    expect(made.map((rule) => rule.image_url)).toEqual([null, image_url]);
    const images = async () => (await shown(campaign)).map((rule: PromisedRule) => rule.image_url);
    expect(await images()).toEqual([null, image_url]);
    const tag = '<img src="https://images.example/bag.png?a=1&amp;b=2" alt=""';
    expect((await pageOf(campaign)).split(tag)).toHaveLength(3);
    const embed = await call("GET", `/widget/${campaign.id}/embed`, undefined, { headers: BROWSER });
    expect(embed.text).toContain(tag);
    // It would not load under `require-corp`.
    expect(embed.headers.get("Cross-Origin-Embedder-Policy")).toBe("credentialless");
    for (const bad of [
      "http://images.example/bag.png",
      "javascript:alert(1)",
      "data:image/png;base64,AA",
      "//a",
      `https://a.b/${"x".repeat(2000)}`,
      7,
    ])
      expect([bad, (await put(1, { image_url: bad })).status]).toEqual([bad, 400]);
    expect((await put(1, { image_url: null })).data.image_url).toBeNull();
    expect(await images()).toEqual([null, null]);
  });

  it("without the content of a link or message", async () => {
    const { campaign } = await promising([
      { trigger: "signup", reward: { reward_type: 2, redirect_url: "https://secret.example/door" } },
      { trigger: "visit", reward: { reward_type: 3, custom_message: "The secret word" } },
    ]);
    const page = await pageOf(campaign);
    expect(page).toContain("For each friend who joins: exclusive access");
    expect(page).toContain("For each person who opens your link: a surprise");
    const config = await call("GET", `/api/widget/config?campaign_id=${campaign.id}`);
    for (const text of [page, config.text]) expect(text).not.toMatch(/secret\.example|secret word/);
  });

  it("to invited friends, unless their rule is hidden or the campaign has its own friend reward", async () => {
    const rule = { role: "invited", trigger: "signup", reward: cash({ amount: 500 }) };
    const { campaign, put } = await promising([rule]);
    const { data } = await campaign.signUp(someone(), { name: "Rita van der Meer" });
    const invited = () => pageOf(campaign, "en", data.referral_code);
    expect(await invited()).toContain("Rita M. gives you $5.00.");
    await put(0, { reward: { reward_type: 1 } });
    expect(await invited()).toContain("Join to get a coupon.");
    await put(0, { visible: false });
    expect(await invited()).not.toContain("Join to get a coupon.");
    expect(await invited()).toContain("Rita M. invites you.");
    await put(0, { visible: true });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, {
      reward_invited: true,
      reward_type: 5,
      reward: { cash_value: 3 },
    });
    expect(await invited()).toContain("Rita M. gives you $3.00.");
  });
});

describe("the text of a rule", () => {
  const rule = {
    role: "referrer",
    trigger: "conversion",
    event_name: "purchase",
    first_only: false,
    threshold: 1,
    repeat: "every",
    reward: { type: "cash", amount: 1000, percent: null, max_amount: null, currency: "USD" },
    image_url: null,
  } satisfies PromisedRule;
  const none = { amount: null, percent: null, max_amount: null, currency: "USD" };
  const cases: [Partial<PromisedRule>, string][] = [
    [{ threshold: 3 }, "For every 3 purchases by friends: $10.00"],
    [{ repeat: "once" }, "When a friend buys something: $10.00"],
    [{ first_only: true }, "For each friend’s first purchase: $10.00"],
    [{ first_only: true, threshold: 2, repeat: "once" }, "When 2 friends make their first purchase: $10.00"],
    [{ trigger: "visit", threshold: 1000, repeat: "once" }, "When 1,000 people open your link: $10.00"],
    [{ trigger: "signup", role: "invited" }, "For your friends, when they join: $10.00"],
    [{ role: "invited" }, "For your friends, on each purchase: $10.00"],
    [{ role: "invited", first_only: true }, "For your friends, on their first purchase: $10.00"],
    [{ role: "invited", threshold: 3, repeat: "once" }, "For your friends, after 3 purchases: $10.00"],
    [{ event_name: "trial.started" }, "For “trial started” by a friend: $10.00"],
    [{ event_name: "count", threshold: 4, role: "invited" }, "For your friends, for “count” 4 times: $10.00"],
    [{ reward: { ...none, type: "coupon" } }, "For each purchase by a friend: a coupon"],
    [
      { reward: { ...none, type: "credit", amount: 5, currency: "JPY" } },
      "For each purchase by a friend: ¥5 in store credit",
    ],
    [{ reward: { ...none, type: "cash", percent: 0.01 } }, "For each purchase by a friend: 0.01% of the amount"],
  ];
  it.each(cases)("of %o", (fields, said) => {
    expect(promiseOf({ ...rule, ...fields }, textsOf("en"), "en")).toBe(said);
  });

  it("is the campaign's own if it has one", () => {
    const texts = textsOf("ru", { when_signup_every_few: "За каждых {count} друзей" });
    const signups = { ...rule, trigger: "signup", threshold: 3 } satisfies PromisedRule;
    expect(promiseOf(signups, texts, "ru")).toMatch(/^За каждых 3 друзей: 10,00\s\$$/);
  });
});
