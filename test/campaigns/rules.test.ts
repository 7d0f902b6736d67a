import { beforeEach, describe, expect, it } from "vitest";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { buyer } from "../support/shop";

describe("the rules of a campaign", () => {
  let campaign: TestCampaign;
  beforeEach(async () => {
    campaign = await newCampaign({
      num_signups: 3,
      reward_type: 5,
      reward_invited: true,
      reward: { cash_value: 12.5 },
    });
  });
  const path = () => `/api/v1/campaigns/${campaign.id}/rules`;

  it("begin with its own goal and reward, which are changed with the campaign", async () => {
    const { rules } = (await campaign.owner.get(path())).data;
    expect(rules).toMatchObject([
      { role: "referrer", trigger: "signup", threshold: 3, repeat: "once", reward: { reward_type: 5, amount: 1250 } },
      { role: "invited", trigger: "signup", threshold: 1, reward: { reward_type: 5, amount: 1250 } },
    ]);
    for (const { id } of rules) {
      expect((await campaign.owner.get(`${path()}/${id}`)).data.id).toBe(id);
      expect(await campaign.owner.put(`${path()}/${id}`, { threshold: 1 })).toMatchObject({ status: 409 });
      expect(await campaign.owner.delete(`${path()}/${id}`)).toMatchObject({ status: 409 });
    }
  });

  it.each([
    ["no reward", {}],
    ["a token", { reward: { reward_type: 4 } }],
    ["cash of no amount", { reward: { reward_type: 5 } }],
    ["cash of two amounts", { reward: { reward_type: 5, amount: 1, percent: 1 } }],
    ["a percentage above 100", { reward: { reward_type: 5, percent: 101 } }],
    ["three decimals", { reward: { reward_type: 5, percent: 1.005 } }],
    ["a coupon of an amount", { reward: { reward_type: 1, amount: 100 } }],
    ["a redirect to nowhere", { reward: { reward_type: 2 } }],
    ["a budget of coupons", { reward: { reward_type: 1 }, budget: 100 }],
    ["another trigger", { reward: { reward_type: 1 }, trigger: "share" }],
    ["signups of an event", { reward: { reward_type: 1 }, trigger: "signup", event_name: "purchase" }],
    ["signups of an amount", { reward: { reward_type: 1 }, trigger: "signup", min_amount: 1 }],
    ["first signups only", { reward: { reward_type: 1 }, trigger: "signup", first_only: true }],
    ["a share of a signup", { reward: { reward_type: 5, percent: 10 }, trigger: "signup" }],
    ["months after a visit", { reward: { reward_type: 1, duration_months: 1 }, trigger: "visit" }],
    ["visits of friends", { role: "invited", reward: { reward_type: 1 }, trigger: "visit" }],
    ["friends who sign up twice", { role: "invited", reward: { reward_type: 1 }, trigger: "signup", threshold: 2 }],
    ["a most without a percentage", { reward: { reward_type: 5, amount: 1, max_amount: 5 } }],
  ])("refuse one with %s", async (_, rule) => {
    expect(await campaign.owner.post(path(), { role: "referrer", ...rule })).toMatchObject({ status: 400 });
  });

  it("name unknown fields of a request, including a conversion or refund", async () => {
    const sent = { role: "referrer", max_per_participants: 2, reward: { reward_type: 5, amount: 100, amout: 200 } };
    const created = (await campaign.owner.post(path(), sent)).data;
    expect(created.ignored).toEqual(["max_per_participants", "reward.amout"]);
    const put = (body: Record<string, unknown>) => campaign.owner.put(`${path()}/${created.id}`, body);
    expect((await put({ max_per_month: 3, budgett: 5 })).data).toMatchObject({
      max_per_month: 3,
      ignored: ["budgett"],
    });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}${"x".repeat(200)}`, 1]));
    const { ignored } = (await put({ ...many, __proto__x: 1 })).data;
    expect([ignored.length, Math.max(...ignored.map((name: string) => name.length))]).toEqual([20, 100]);
    const { id: participant_id } = (await campaign.signUp(someone())).data;
    const buy = buyer(campaign);
    expect((await buy({ participant_id }, 500, { metadata: { any: 1 } })).data.ignored).toEqual([]);
    const sale = await buy({ participant_id }, 500, { amout: 700, constructor: 1 });
    expect(sale.data.ignored.sort()).toEqual(["amout", "constructor"]);
    const refund = { refund_id: "r-1", amount: 100, note: "damaged" };
    const refunded = await campaign.owner.post(`/api/v1/conversions/${sale.data.conversion.id}/refunds`, refund);
    expect(refunded.data.ignored).toEqual(["note"]);
    const { campaign_id, event_name, conversion_id } = sale.data.conversion;
    const named = { campaign_id, event_name, conversion_id, ...refund, refund_id: "r-2" };
    expect((await campaign.owner.post("/api/v1/refunds", named)).data.ignored).toEqual(["note"]);
  });

  it("are limited to 20, and numbers are not reused", async () => {
    const rule = { role: "referrer", reward: { reward_type: 5, amount: 100 } };
    const ids: number[] = [];
    for (let i = 0; i < 20; i++) ids.push((await campaign.owner.post(path(), rule)).data.id);
    expect(await campaign.owner.post(path(), rule)).toMatchObject({ status: 409 });
    await campaign.owner.delete(`${path()}/${ids[19]}`);
    expect((await campaign.owner.post(path(), rule)).data.id).toBe((ids[19] ?? 0) + 1);
    expect((await campaign.owner.get(path())).data.rules).toHaveLength(22);
    expect((await campaign.owner.put(`${path()}/${ids[0]}`, { reward: { reward_type: 2 } })).status).toBe(400);
  });

  it("fix its currency", async () => {
    const put = (currency: string) => campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { currency });
    expect((await put("jpy")).data.currency).toBe("JPY");
    await campaign.owner.post(path(), { role: "referrer", reward: { reward_type: 5, amount: 500 } });
    expect(await put("EUR")).toMatchObject({ status: 409, code: "conflict" });
    expect((await put("JPY")).status).toBe(200);
    const ada = (await campaign.signUp(someone())).data;
    const grace = (await campaign.refer(ada.referral_code, someone())).data;
    // The friend's reward of the campaign's own goal, and the rule's.
    expect(grace.invited_reward).toMatchObject({ cash_value: 12.5, currency: "JPY" });
    const bought = await buyer(campaign)({ participant_id: grace.participant.id }, 500);
    expect(bought.data.rewards).toMatchObject([{ amount: 500, cash_value: 500, currency: "JPY" }]);
  });
});
