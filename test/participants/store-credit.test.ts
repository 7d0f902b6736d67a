import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { newMember } from "../support/client";
import { brokenPromises } from "../support/invariants";
import { browserOf } from "../support/session";
import { newShop } from "../support/shop";

type Shop = Awaited<ReturnType<typeof newShop>>;

/** A shop whose referrer, Ada, gets a tenth of what Grace buys as store credit. */
const newTenth = (rule: object = {}, fields: Record<string, unknown> = {}) =>
  newShop([{ reward: { reward_type: 6, percent: 10 }, ...rule }], fields);
const sells = ({ buy, grace }: Shop, amount: number, conversion_id: string = crypto.randomUUID()) =>
  buy({ participant_id: grace.id }, amount, { conversion_id });
const path = ({ ada }: Shop) => `/api/v1/participants/${ada.id}/redemptions`;
const redeem = (shop: Shop, redemption_id: string, amount: number, more: object = {}) =>
  shop.campaign.owner.post(path(shop), { redemption_id, amount, ...more });
const listed = async (shop: Shop) => (await shop.campaign.owner.get(path(shop))).data;
const refund = ({ campaign: { owner, id } }: Shop, conversion_id: string, amount?: number) =>
  owner.post("/api/v1/refunds", { campaign_id: id, conversion_id, refund_id: crypto.randomUUID(), amount });

describe("store credit", () => {
  it("is given at once, and redeemed in parts", async () => {
    const shop = await newTenth();
    const earned = (await sells(shop, 5000)).data.rewards;
    expect(earned).toMatchObject([
      {
        type: "credit",
        reward_type: 6,
        status: "fulfilled",
        amount: 500,
        credit_value: 5,
        cash_value: null,
        currency: "USD",
      },
    ]);
    await sells(shop, 2500);
    expect(await redeem(shop, "order-1", 600)).toMatchObject({
      status: 201,
      data: {
        redemption: { redemption_id: "order-1", participant_id: shop.ada.id, amount: 600, currency: "USD" },
        balance: { currency: "USD", earned: 750, redeemed: 600, balance: 150, owed_back: 0 },
        duplicate: false,
      },
    });
    expect(await redeem(shop, "order-2", 151)).toMatchObject({ status: 409, code: "conflict" });
    expect(await redeem(shop, "order-2", 150)).toMatchObject({ status: 201, data: { balance: { balance: 0 } } });
    const { balances, redemptions, pagination } = await listed(shop);
    expect(balances).toMatchObject([{ balance: 0, redeemed: 750 }]);
    expect(redemptions.map(({ redemption_id }: { redemption_id: string }) => redemption_id).toSorted()).toEqual([
      "order-1",
      "order-2",
    ]);
    expect(pagination.total).toBe(2);
    const events = await shop.campaign.events("credit.redeemed");
    expect(events.map(({ data }) => JSON.parse(data))).toMatchObject([
      { redemption_id: "order-1", amount: 600, currency: "USD", balance: 150 },
      { redemption_id: "order-2", amount: 150, currency: "USD", balance: 0 },
    ]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("counts a redemption once, and refuses it with a different amount or currency", async () => {
    const shop = await newTenth();
    await sells(shop, 5000);
    await redeem(shop, "order-1", 100);
    expect(await redeem(shop, "order-1", 100)).toMatchObject({
      status: 200,
      data: { duplicate: true, balance: { balance: 400 } },
    });
    expect(await redeem(shop, "order-1", 200)).toMatchObject({ status: 409 });
    expect(await redeem(shop, "order-1", 100, { currency: "EUR" })).toMatchObject({ status: 409 });
    expect((await listed(shop)).redemptions).toHaveLength(1);
    expect(await shop.campaign.events("credit.redeemed")).toHaveLength(1);
  });

  it("can exceed exact numbers without an error", async () => {
    const shop = await newTenth();
    for (let n = 0; n < 2; n++) await sells(shop, 5000);
    const { id, owner } = shop.campaign;
    await env.DB.prepare("UPDATE rewards SET amount = 9000000000000000 WHERE campaign_id = ?").bind(id).run();
    await env.DB.prepare(
      "UPDATE campaign_stats SET rule_spent = (SELECT json_group_object(key, 18000000000000000) FROM json_each(rule_spent)) WHERE campaign_id = ?",
    )
      .bind(id)
      .run();
    expect((await listed(shop)).balances).toMatchObject([{ balance: 18_000_000_000_000_000 }]);
    const { status, data } = await owner.get(`/api/v1/campaigns/${id}/rules`);
    expect(status).toBe(200);
    expect(data.rules.map(({ spent }: { spent: number }) => spent)).toContain(18_000_000_000_000_000);
  });

  it("never goes below zero, however many redeem at once", async () => {
    const shop = await newTenth();
    await sells(shop, 5000);
    const asked = Array.from({ length: 12 }, (_, n) => redeem(shop, `order-${n % 9}`, 100));
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect((await listed(shop)).balances).toMatchObject([{ earned: 500, redeemed: 500, balance: 0 }]);
    expect((await listed(shop)).redemptions).toHaveLength(5);
  });

  it("loses unredeemed credit to refunds; the rest is owed back, and offset later", async () => {
    const shop = await newTenth();
    await sells(shop, 5000, "o-1");
    await redeem(shop, "order-1", 300);
    await refund(shop, "o-1", 1000);
    expect((await listed(shop)).balances).toMatchObject([{ earned: 400, balance: 100, owed_back: 0 }]);
    await refund(shop, "o-1");
    expect((await listed(shop)).balances).toMatchObject([{ earned: 0, redeemed: 300, balance: 0, owed_back: 300 }]);
    await sells(shop, 4000);
    expect((await listed(shop)).balances).toMatchObject([{ balance: 100, owed_back: 0 }]);
    expect(await redeem(shop, "order-2", 101)).toMatchObject({ status: 409 });
    expect((await shop.campaign.owner.get("/api/v1/payouts")).data).toMatchObject({ owed: [], totals: [] });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("does not exist while it is held, or once it is revoked", async () => {
    const shop = await newTenth({ needs_approval: true });
    const [reward] = (await sells(shop, 5000)).data.rewards;
    expect(await redeem(shop, "order-1", 1)).toMatchObject({ status: 409 });
    const act = (action: string) => shop.campaign.owner.post("/api/v1/rewards/actions", { ids: [reward.id], action });
    await act("approve");
    expect(await redeem(shop, "order-1", 1)).toMatchObject({ status: 201 });
    await act("revoke");
    expect(await redeem(shop, "order-2", 1)).toMatchObject({ status: 409 });
  });

  it.each([
    ["USD", 12.5, 1250, "$12.50"],
    ["JPY", 300, 300, "¥300"],
    ["KWD", 2.5, 2500, "KWD"],
  ])("is a campaign's own reward, in %s", async (currency, credit_value, balance, shown) => {
    const campaign = await newCampaign({ num_signups: 1, reward_type: 6, currency, reward: { credit_value } });
    const ada = (await campaign.signUp(someone())).data;
    const { reward } = (await campaign.refer(ada.referral_code, someone())).data;
    expect(reward).toMatchObject({ type: "credit", status: "fulfilled", credit_value, amount: balance, currency });
    const { balances } = (await campaign.owner.get(`/api/v1/participants/${ada.id}/redemptions`)).data;
    expect(balances).toMatchObject([{ currency, balance }]);
    const { page } = await browserOf(campaign.owner);
    const person = (await page(`/participants/${ada.id}`)).text;
    expect(person).toContain("Store credit");
    expect(person).toContain(shown);
  });

  it.each([
    [{ amount: 1 }],
    [{ redemption_id: "x", amount: 0 }],
    [{ redemption_id: "x", amount: -1 }],
    [{ redemption_id: "x", amount: 1.5 }],
    [{ redemption_id: "x", amount: 1, currency: "XYZ" }],
  ])("refuses %j", async (body) => {
    const shop = await newTenth();
    expect(await shop.campaign.owner.post(path(shop), body)).toMatchObject({ status: 400 });
  });

  it("cannot be seen or redeemed by another member, or redeemed by a blocked participant", async () => {
    const shop = await newTenth();
    await sells(shop, 5000);
    const stranger = await newMember();
    expect(await stranger.get(path(shop))).toMatchObject({ status: 404 });
    expect(await stranger.post(path(shop), { redemption_id: "x", amount: 1 })).toMatchObject({ status: 404 });
    await shop.campaign.owner.patch(`/api/v1/participants/${shop.ada.id}`, { status: "blocked" });
    expect(await redeem(shop, "x", 1)).toMatchObject({ status: 409 });
    expect((await listed(shop)).balances).toMatchObject([{ balance: 500 }]);
  });
});
