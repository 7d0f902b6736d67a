import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ruleSentence } from "../../src/dashboard/browser/rule-sentence";
import { newCampaign, type TestCampaign } from "../support/campaign";
import { newMember } from "../support/client";
import { browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";
import { newShop } from "../support/shop";

const FLAGS = { "@flags": ["first_only", "needs_approval", "visible"] };
const PERCENT = { currency: "USD", gives: "percent", role: "referrer", "reward.percent": "10" };
const said = (text: string) => /<output[^>]*>([^<]*)</.exec(text)?.[1]?.replaceAll("&#39;", "'");
const sentences = (text: string) =>
  [...text.matchAll(/class="rule-sentence">([^<]*)</g)].map(([, words]) => words?.replaceAll("&#39;", "'"));

describe("a rule in one sentence", () => {
  const cases: [Record<string, string>, string][] = [
    [
      { trigger: "signup", threshold: "3", repeat: "once", gives: "coupon", "reward.worth_value": "10" },
      "3 friends → $10 coupon",
    ],
    [{ trigger: "signup", threshold: "1", repeat: "once", gives: "coupon" }, "1 friend → coupon code"],
    [{ trigger: "signup", threshold: "5", repeat: "every", gives: "message" }, "Every 5 friends → message"],
    [
      { trigger: "signup", role: "invited", threshold: "1", repeat: "once", gives: "amount", "reward.amount": "5" },
      "Joining through a friend → $5",
    ],
    [{ trigger: "visit", threshold: "1000", repeat: "once", gives: "redirect" }, "1,000 visitors → link"],
    [
      { gives: "percent", "reward.percent": "10", "reward.max_amount": "50", hold_days: "30", repeat: "every" },
      "10% of each purchase, at most $50, held 30 days",
    ],
    [
      { gives: "percent", "reward.percent": "2.5", first_only: "on", repeat: "every" },
      "2.5% of each friend's first purchase",
    ],
    [{ gives: "percent", "reward.percent": "5", threshold: "3", repeat: "every" }, "5% of every 3rd purchase"],
    [
      { gives: "percent", paid_as: "credit", "reward.percent": "5", repeat: "every" },
      "5% of each purchase as store credit",
    ],
    [{ gives: "amount", paid_as: "credit", "reward.amount": "5", repeat: "once" }, "1 purchase → $5 store credit"],
    [{ gives: "percent", "reward.percent": "5", threshold: "22", repeat: "once" }, "5% of the 22nd purchase"],
    [
      { gives: "amount", "reward.amount": "12.5", min_amount: "20", repeat: "every" },
      "Each purchase of $20 or more → $12.50",
    ],
    [
      { gives: "amount", "reward.amount": "500", currency: "JPY", threshold: "3", repeat: "once" },
      "3 purchases → ¥500",
    ],
    [
      {
        gives: "amount",
        "reward.amount": "1.255",
        currency: "KWD",
        event_name: "trial.started",
        repeat: "every",
        needs_approval: "on",
      },
      "Each “trial started” → KWD 1.255, after your approval",
    ],
    [
      {
        gives: "coupon",
        threshold: "2",
        repeat: "every",
        first_only: "on",
        max_per_participant: "1",
        max_per_month: "2",
      },
      "First purchases of every 2 friends → coupon code, at most 1 per participant, at most 2 a month",
    ],
    [
      { gives: "percent", "reward.percent": "10", "reward.duration_months": "1", budget: "1000", hold_days: "1" },
      "10% of each purchase, for 1 month, until $1,000 is spent, held 1 day",
    ],
    [{ gives: "percent", "reward.percent": "" }, "…% of each purchase"],
    [{ gives: "amount", "reward.amount": "ten" }, "Each purchase → $…"],
    [{ gives: "nothing", threshold: "-4" }, "Each purchase → …"],
  ];
  it.each(cases)("of %o", (typed, sentence) => {
    const fields: Record<string, string> = { currency: "USD", role: "referrer", ...typed };
    expect(ruleSentence((name) => fields[name] ?? "").replace(/\s/g, " ")).toBe(sentence);
  });
});

describe("the page of a campaign's rules", () => {
  let campaign: TestCampaign;
  let ada: Awaited<ReturnType<typeof browserOf>>;
  beforeEach(async () => {
    campaign = await newCampaign({ num_signups: 3, reward_type: 1, reward: { worth_value: 10 }, reward_invited: true });
    ada = await browserOf(campaign.owner);
  });
  const path = () => `/campaigns/${campaign.id}/rules`;
  const rules = async () =>
    (await campaign.owner.get(`/api/v1${path()}`)).data.rules.filter(
      ({ trigger }: { trigger: string }) => trigger === "conversion",
    );

  it("begins with the campaign's own goal and reward, and links to their settings", async () => {
    const page = await ada.page(path());
    expect(sentences(page.text)).toEqual(["3 friends → $10 coupon", "Joining through a friend → $10 coupon"]);
    for (const link of ["rewards", "settings", "rules/new"])
      expect(page.text).toContain(`href="/campaigns/${campaign.id}/${link}"`);
  });

  it("hides a rule from visitors if its box is not checked", async () => {
    expect((await ada.page(`${path()}/new`)).text).toMatch(/<input[^>]*name="visible"[^>]*checked/);
    await ada.submit(`${path()}/new`, { ...FLAGS, ...PERCENT });
    const [rule] = await rules();
    expect(rule.visible).toBe(false);
    expect((await ada.page(path())).text).toContain("Hidden from visitors");
    await ada.submit(`${path()}/${rule.id}`, { ...FLAGS, ...PERCENT, visible: true });
    expect((await rules())[0].visible).toBe(true);
    expect((await ada.page(path())).text).not.toContain("Hidden from visitors");
  });

  it("adds a rule with amounts in the major unit", async () => {
    const form = await ada.page(`${path()}/new`);
    expect(said(form.text)).toBe("10% of each purchase, held 30 days");
    const answer = await ada.submit(`${path()}/new`, {
      ...FLAGS,
      ...PERCENT,
      "reward.percent": "12.5",
      "reward.max_amount": "49.90",
      min_amount: "20",
      budget: "1000",
      event_name: "purchase",
      threshold: "2",
      repeat: "every",
      first_only: true,
      hold_days: "14",
      max_per_month: "3",
      title: " Spring ",
      image_url: "https://images.example/bag.png",
    });
    expect(answer.status, answer.text).toBe(303);
    expect(leadsTo(answer)).toBe(`${path()}?done=created`);
    expect(await rules()).toMatchObject([
      {
        role: "referrer",
        event_name: "purchase",
        min_amount: 2000,
        first_only: true,
        threshold: 2,
        repeat: "every",
        reward: { reward_type: 5, percent: 12.5, amount: null, max_amount: 4990, duration_months: null },
        budget: 100_000,
        hold_days: 14,
        needs_approval: false,
        max_per_month: 3,
        max_per_participant: null,
        title: "Spring",
        image_url: "https://images.example/bag.png",
      },
    ]);
    const list = await ada.page(path());
    expect(sentences(list.text)[2]).toBe(
      "12.5% of every 2nd friend's first purchase of $20 or more, at most $49.90, at most 3 a month, until $1,000 is spent, held 14 days",
    );
  });

  it("adds a tier, without the purchase settings", async () => {
    const rung = { ...FLAGS, currency: "USD", gives: "amount", "reward.amount": "25", role: "referrer" };
    const answer = await ada.submit(`${path()}/new`, {
      ...rung,
      trigger: "signup",
      event_name: "purchase",
      min_amount: "5",
      first_only: true,
      threshold: "10",
      repeat: "once",
    });
    expect(answer.status, answer.text).toBe(303);
    const { rules } = (await campaign.owner.get(`/api/v1${path()}`)).data;
    const made = rules.at(-1);
    expect(made).toMatchObject({
      trigger: "signup",
      event_name: null,
      min_amount: 0,
      first_only: false,
      threshold: 10,
    });
    const list = await ada.page(path());
    expect(sentences(list.text)[2]).toBe("10 friends → $25");
    expect(list.text).toContain(`href="/campaigns/${campaign.id}/rules/${made.id}"`);
    expect((await ada.page(`${path()}/${made.id}`)).text).toContain('<option value="signup" selected');
    const refused = await ada.submit(`${path()}/new`, { ...PERCENT, ...FLAGS, trigger: "visit" });
    expect([refused.status, refused.text.includes("Is only for the trigger conversion")]).toEqual([400, true]);
  });

  it.each([
    ["JPY", "1250", 1250],
    ["KWD", "1.255", 1255],
    ["EUR", "0.10", 10],
    ["USD", "1000000000", 100_000_000_000],
  ])("stores %s %s as %i minor units, and shows the entered value", async (currency, amount, minor) => {
    if (currency !== "USD") expect((await ada.submit(`${path()}/currency`, { currency })).status).toBe(303);
    await ada.submit(`${path()}/new`, { ...FLAGS, ...PERCENT, currency, gives: "amount", "reward.amount": amount });
    const [rule] = await rules();
    expect(rule.reward.amount).toBe(minor);
    const page = await ada.page(`${path()}/${rule.id}`);
    expect(page.text).toMatch(new RegExp(`name="reward.amount"[^>]*value="${amount}"`));
  });

  it.each([
    ["too many decimals", { gives: "amount", "reward.amount": "1.255" }, "USD has at most 2 decimals."],
    ["a comma", { gives: "amount", "reward.amount": "1,25" }, "Enter an amount in USD, like 12.50."],
    ["a negative amount", { gives: "amount", "reward.amount": "-5" }, "Enter an amount in USD"],
    ["an amount of nothing", { gives: "amount", "reward.amount": "0" }, "Must be at least 1"],
    ["no amount", { gives: "amount" }, "This field is required."],
    ["no percent", { "reward.percent": "" }, "This field is required."],
    ["a percent of words", { "reward.percent": "ten" }, "Must be a number"],
    ["more than all", { "reward.percent": "101" }, "Must be at most 100"],
    ["a link to nowhere", { gives: "redirect", "reward.redirect_url": "fern" }, "Must be an http or https URL"],
    ["an event of words", { event_name: "Big Sale" }, "Must be 1 to 64 characters"],
    ["a hold without end", { hold_days: "91" }, "Must be at most 90"],
    ["a budget of coupons", { gives: "coupon", budget: "10" }, "Is only for cash and store credit"],
    ["another currency than the campaign's", { currency: "EUR" }, "currency is USD now"],
    ["no currency that is one", { currency: "XXX" }, "Check the highlighted fields."],
    ["no gift that is one", { gives: "gold" }, "Check the highlighted fields."],
  ])("refuses %s, keeps the input, and explains why", async (_, typed: Record<string, string>, problem) => {
    const answer = await ada.submit(`${path()}/new`, { ...FLAGS, ...PERCENT, title: "Kept title", ...typed });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(problem);
    expect(answer.text).toContain("Kept title");
    expect(await rules()).toEqual([]);
  });

  it("changes only its form's fields", async () => {
    const { data } = await campaign.owner.post(`/api/v1${path()}`, {
      role: "invited",
      position: 7,
      reward: { reward_type: 3, custom_message: "Hello" },
      hold_days: 3,
    });
    const form = await ada.page(`${path()}/${data.id}`);
    expect(said(form.text)).toBe("Each purchase → message, held 3 days");
    const answer = await ada.submit(`${path()}/${data.id}`, {
      ...FLAGS,
      currency: "USD",
      gives: "message",
      "reward.custom_message": "Hello again",
      role: "invited",
      event_name: "purchase",
      hold_days: "0",
      needs_approval: true,
    });
    expect(answer.status, answer.text).toBe(303);
    expect(await rules()).toMatchObject([
      { id: data.id, position: 7, hold_days: 0, needs_approval: true, reward: { custom_message: "Hello again" } },
    ]);
    expect(leadsTo(await ada.submit(`${path()}/${data.id}/remove`))).toBe(`${path()}?done=rule_removed`);
    expect(await rules()).toEqual([]);
    expect((await ada.page(`${path()}/${data.id}`)).status).toBe(404);
  });

  it("offers no form for the campaign's own rules", async () => {
    const [own] = (await campaign.owner.get(`/api/v1${path()}`)).data.rules;
    expect((await ada.page(`${path()}/${own.id}`)).status).toBe(404);
    expect((await ada.submit(`${path()}/${own.id}`, { ...FLAGS, ...PERCENT })).status).toBe(404);
    expect((await ada.page(`${path()}/spring`)).status).toBe(404);
  });

  it("fixes the currency once there are amounts in it, and explains why", async () => {
    expect((await ada.page(path())).text).toContain('name="currency"');
    await campaign.owner.post(`/api/v1${path()}`, { role: "referrer", reward: { reward_type: 1 } });
    const page = await ada.page(path());
    expect(page.text).not.toContain('name="currency"');
    expect(page.text).toContain("because the campaign has rules");
    const refused = await ada.submit(`${path()}/currency`, { currency: "EUR" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("its currency cannot change");
    const sold = await newShop([]);
    await sold.buy({ participant_id: sold.grace.id });
    const other = await (await browserOf(sold.campaign.owner)).page(`/campaigns/${sold.campaign.id}/rules`);
    expect(other.text).toContain("because the campaign has conversions");
  });

  it("has at most 20, and then no button for more", async () => {
    for (let i = 0; i < 20; i++)
      await campaign.owner.post(`/api/v1${path()}`, { role: "referrer", reward: { reward_type: 1 } });
    expect((await ada.page(path())).text).not.toContain("rules/new");
    const refused = await ada.submit(`${path()}/new`, { ...FLAGS, ...PERCENT });
    expect([refused.status, refused.text.includes("Remove one that you no longer use.")]).toEqual([400, true]);
  });
});

describe("another member's rules", () => {
  let campaign: TestCampaign;
  let id: number;
  beforeAll(async () => {
    campaign = await newCampaign({}, await newMember());
    const rule = { role: "referrer", reward: { reward_type: 1 }, title: "Secret plan" };
    id = (await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, rule)).data.id;
  });
  const forms = () =>
    [
      ["new", { ...FLAGS, ...PERCENT }],
      [String(id), { ...FLAGS, ...PERCENT }],
      [`${id}/remove`, {}],
      ["currency", { currency: "EUR" }],
    ] as const;

  it("are read-only for a viewer", async () => {
    const victor = await colleagueOf(campaign.owner, "viewer");
    const page = await victor.page(`/campaigns/${campaign.id}/rules`);
    expect(page.text).toContain("Secret plan");
    expect(page.text).not.toMatch(/<form method="post" action="\/campaigns/);
    expect(page.text).not.toContain("rules/new");
    for (const at of ["new", id]) expect((await victor.page(`/campaigns/${campaign.id}/rules/${at}`)).status).toBe(403);
    for (const [at, fields] of forms())
      expect((await victor.submit(`/campaigns/${campaign.id}/rules/${at}`, fields)).status, at).toBe(403);
  });

  it("can be changed by an editor", async () => {
    const edith = await colleagueOf(campaign.owner, "editor");
    const answer = await edith.submit(`/campaigns/${campaign.id}/rules/new`, { ...FLAGS, ...PERCENT });
    expect(answer.status).toBe(303);
  });

  it("are a 404 for another account, even through its own campaign", async () => {
    const eve = await signedIn();
    const own = await newCampaign({}, eve.member);
    for (const at of ["", "/new", `/${id}`])
      expect((await eve.page(`/campaigns/${campaign.id}/rules${at}`)).status).toBe(404);
    expect((await eve.page(`/campaigns/${own.id}/rules/${id}`)).status).toBe(404);
    for (const campaignId of [campaign.id, own.id])
      for (const [at, fields] of forms().filter(([at]) => campaignId === campaign.id || at.startsWith(String(id))))
        expect((await eve.submit(`/campaigns/${campaignId}/rules/${at}`, fields)).status, at).toBe(404);
    const { rules } = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/rules`)).data;
    expect(rules.some((rule: { title: string | null }) => rule.title === "Secret plan")).toBe(true);
  });

  it("cannot be changed from another site", async () => {
    const ada = await browserOf(campaign.owner);
    for (const [at, fields] of forms()) {
      const answer = await ada.submit(`/campaigns/${campaign.id}/rules/${at}`, fields, {
        headers: { Origin: "https://evil.example" },
      });
      expect(answer.status, at).toBe(403);
    }
  });
});
