import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runJobs } from "../../../src/cron";
import { newEventId } from "../../../src/lib/crypto";
import { openDb } from "../../../src/lib/db";
import { expireRewards } from "../../../src/participants/rewards/expiry";
import { someCodes } from "../../support/campaign";
import { brokenPromises } from "../../support/invariants";
import { cash, newShop } from "../../support/shop";

const DAY_MS = 86_400_000;

/** Lets days pass for everything that expires, then runs the cron. */
async function afterDays(days: number) {
  await env.DB.prepare("UPDATE rewards SET expires_at = expires_at - ?, held_until = held_until - ?")
    .bind(days * DAY_MS, days * DAY_MS)
    .run();
  await expire();
}
const expire = () => expireRewards({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });

type Shop = Awaited<ReturnType<typeof newShop>>;
const rewardOf = async ({ campaign: { owner } }: Shop, id: number) => (await owner.get(`/api/v1/rewards/${id}`)).data;
const entriesOf = async (shop: Shop, id: number) =>
  (await rewardOf(shop, id)).entries.map((entry: { to: string; reason: string; amount: number; by: string }) => [
    entry.to,
    entry.reason,
    entry.amount,
  ]);
const typesOf = async (shop: Shop) => (await shop.campaign.events("reward.%")).map(({ type }) => type);
const bought = async (shop: Shop, amount = 1000, conversion_id: string = crypto.randomUUID()) =>
  (await shop.buy({ participant_id: shop.grace.id }, amount, { conversion_id })).data.rewards[0];
/** The balance, whose parts always add up to the granted amount. */
async function credit(shop: Shop) {
  const path = `/api/v1/participants/${shop.ada.id}/redemptions`;
  const [one] = (await shop.campaign.owner.get(path)).data.balances;
  const { granted, redeemed, expired, revoked, balance, owed_back } = one;
  expect(redeemed + expired + revoked + balance - owed_back).toBe(granted);
  expect(Math.min(granted, redeemed, expired, revoked, balance, owed_back)).toBeGreaterThanOrEqual(0);
  return { redeemed, expired, revoked, balance, owed_back };
}
const balance = async (shop: Shop) => (await credit(shop)).balance;
const redeem = (shop: Shop, amount: number) =>
  shop.campaign.owner.post(`/api/v1/participants/${shop.ada.id}/redemptions`, {
    redemption_id: crypto.randomUUID(),
    amount,
  });

describe("a reward of a rule with expires_days", () => {
  it("expires once if two runs ask for it in one group", async () => {
    const shop = await newShop([{ reward: { reward_type: 6, percent: 10 }, expires_days: 1 }]);
    const [first, { id }] = [await bought(shop), await bought(shop)];
    const at = Date.now() + 2 * DAY_MS;
    const ledger = env.LEDGER.getByName(String(shop.campaign.id));
    // The first is a group alone, and concurrent ones are the next group.
    const asked = [first.id, id, id].map((reward_id) => ({
      kind: "expire" as const,
      at,
      origin: "https://referrals.test",
      reward_id,
      id: newEventId(new Date(at)),
    }));
    await ledger.expire(asked);
    expect(await rewardOf(shop, id)).toMatchObject({ status: "expired", expired_amount: 100 });
    expect(await entriesOf(shop, id)).toHaveLength(2);
    expect((await typesOf(shop)).filter((type) => type === "reward.expired")).toHaveLength(2);
    expect(await credit(shop)).toMatchObject({ expired: 200, balance: 0, owed_back: 0 });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("expires if it is not given by then, exactly once", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }), expires_days: 30, budget: 150 }]);
    const reward = await bought(shop);
    expect(Date.parse(reward.expires_at) - Date.parse(reward.date_earned)).toBe(30 * DAY_MS);
    // Earned rewards keep the old rule.
    await shop.campaign.owner.put(`/api/v1/campaigns/${shop.campaign.id}/rules/${shop.rules[0].id}`, {
      expires_days: 1,
    });
    await afterDays(29.9);
    expect((await rewardOf(shop, reward.id)).status).toBe("pending");
    await Promise.all([afterDays(0.2), expire(), expire()]);
    await expire();
    expect(await rewardOf(shop, reward.id)).toMatchObject({ status: "expired", amount: 100 });
    expect(await entriesOf(shop, reward.id)).toEqual([
      ["pending", "earned", 100],
      ["expired", "expired", -100],
    ]);
    expect(await typesOf(shop)).toEqual(["reward.pending", "reward.expired"]);
    expect(await shop.campaign.stats()).toMatchObject({ rewards_pending: 0 });
    const listed = async (status: string) => (await shop.campaign.owner.get(`/api/v1/rewards?status=${status}`)).data;
    expect(await listed("expired")).toMatchObject({ rewards: [{ id: reward.id }], pagination: { total: 1 } });
    expect(await listed("revoked")).toMatchObject({ rewards: [], pagination: { total: 0 } });
    for (const status of ["fulfilled", "revoked"])
      expect(await shop.campaign.owner.patch(`/api/v1/rewards/${reward.id}`, { status })).toMatchObject({
        status: 409,
      });
    // The budget stays spent, as for a revoked reward.
    expect((await bought(shop)).amount).toBe(50);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("is expired by the cron", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }), expires_days: 1 }]);
    const reward = await bought(shop);
    await env.DB.prepare("UPDATE rewards SET expires_at = 1 WHERE id = ?").bind(reward.id).run();
    await runJobs(env);
    expect((await rewardOf(shop, reward.id)).status).toBe("expired");
  });

  it("does not expire if it was given or revoked, or without the field", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }), expires_days: 5 }, { reward: cash({ percent: 20 }) }]);
    const { rewards } = (await shop.buy({ participant_id: shop.grace.id }, 1000)).data;
    const second = (await shop.buy({ participant_id: shop.grace.id }, 1000)).data.rewards;
    expect(rewards[1].expires_at).toBeNull();
    await shop.campaign.owner.patch(`/api/v1/rewards/${rewards[0].id}`, { status: "fulfilled" });
    await shop.campaign.owner.patch(`/api/v1/rewards/${second[0].id}`, { status: "revoked" });
    await afterDays(99);
    const statuses = [];
    for (const { id } of [rewards[0], rewards[1], second[0]]) statuses.push((await rewardOf(shop, id)).status);
    expect(statuses).toEqual(["fulfilled", "pending", "revoked"]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("has days that begin when it is no longer held", async () => {
    const shop = await newShop([
      { reward: cash({ percent: 10 }), expires_days: 3, hold_days: 2, needs_approval: true },
    ]);
    const reward = await bought(shop);
    expect(reward).toMatchObject({ status: "held", expires_at: null });
    await afterDays(50);
    expect((await rewardOf(shop, reward.id)).status).toBe("held");
    await shop.campaign.owner.put(`/api/v1/campaigns/${shop.campaign.id}/rules/${shop.rules[0].id}`, {
      expires_days: null,
    });
    const before = Date.now();
    await shop.campaign.owner.post("/api/v1/rewards/actions", { ids: [reward.id], action: "approve" });
    const { status, expires_at } = await rewardOf(shop, reward.id);
    expect(status).toBe("pending");
    expect(Date.parse(expires_at) - before).toBeGreaterThanOrEqual(3 * DAY_MS);
    await afterDays(3.1);
    expect((await rewardOf(shop, reward.id)).status).toBe("expired");
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("that waits for a coupon code gets none after it expires", async () => {
    const shop = await newShop([{ reward: { reward_type: 1 }, expires_days: 3 }]);
    const reward = await bought(shop);
    await afterDays(3.1);
    expect((await shop.campaign.upload(someCodes(2))).data).toMatchObject({ filled: 0 });
    expect(await rewardOf(shop, reward.id)).toMatchObject({ status: "expired", coupon: null });
    expect(await entriesOf(shop, reward.id)).toEqual([
      ["pending", "earned", null],
      ["expired", "expired", null],
    ]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("with a message is given at once and never expires", async () => {
    const shop = await newShop([{ reward: { reward_type: 3, custom_message: "Hi" }, expires_days: 1 }]);
    const reward = await bought(shop);
    await afterDays(9);
    expect(await rewardOf(shop, reward.id)).toMatchObject({ status: "fulfilled", expires_at: null });
  });
});

describe("store credit of a rule with expires_days", () => {
  const tenPercent = { reward: { reward_type: 6, percent: 10 }, expires_days: 10 };

  it("leaves the balance when it expires", async () => {
    const shop = await newShop([tenPercent]);
    const reward = await bought(shop);
    expect(await balance(shop)).toBe(100);
    await Promise.all([afterDays(10.1), expire()]);
    expect(await balance(shop)).toBe(0);
    expect(await redeem(shop, 1)).toMatchObject({ status: 409 });
    expect((await rewardOf(shop, reward.id)).status).toBe("expired");
    expect(await typesOf(shop)).toEqual(["reward.fulfilled", "reward.expired"]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("loses only the unredeemed part, the oldest counting as redeemed first", async () => {
    const shop = await newShop([tenPercent]);
    const [first, second, third] = [await bought(shop, 1000), await bought(shop, 2000), await bought(shop, 4000)];
    expect((await redeem(shop, 150)).status).toBe(201);
    // The first is redeemed, and 50 of the second. The third lasts longer.
    await env.DB.prepare("UPDATE rewards SET expires_at = NULL WHERE id = ?").bind(third.id).run();
    await afterDays(10.1);
    expect(await balance(shop)).toBe(400);
    const statuses = [];
    for (const { id } of [first, second, third]) statuses.push((await rewardOf(shop, id)).status);
    expect(statuses).toEqual(["fulfilled", "expired", "fulfilled"]);
    expect(await entriesOf(shop, second.id)).toEqual([
      ["fulfilled", "earned", 200],
      ["expired", "expired", -150],
    ]);
    expect(await rewardOf(shop, second.id)).toMatchObject({ amount: 200, expired_amount: 150, owed_back: 0 });
    for (const [status, total] of [
      ["expired", 1],
      ["fulfilled", 2],
    ] as const) {
      const { data } = await shop.campaign.owner.get(
        `/api/v1/rewards?status=${status}&campaign_id=${shop.campaign.id}`,
      );
      expect([data.rewards.length, data.pagination.total]).toEqual([total, total]);
    }
    expect(await entriesOf(shop, first.id)).toEqual([["fulfilled", "earned", 100]]);
    expect((await typesOf(shop)).filter((type) => type === "reward.expired")).toHaveLength(1);
    await expire();
    expect((await redeem(shop, 401)).status).toBe(409);
    expect((await redeem(shop, 400)).status).toBe(201);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("stays expired if a part of it expired", async () => {
    const shop = await newShop([tenPercent]);
    const { id } = await bought(shop);
    await redeem(shop, 30);
    await afterDays(10.1);
    const answer = await shop.campaign.owner.patch(`/api/v1/rewards/${id}`, { status: "revoked" });
    expect(answer).toMatchObject({ status: 409 });
    expect(await credit(shop)).toEqual({ redeemed: 30, expired: 70, revoked: 0, balance: 0, owed_back: 0 });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("cannot be redeemed after its days, even before the cron runs", async () => {
    const shop = await newShop([tenPercent]);
    const { id } = await bought(shop);
    await env.DB.prepare("UPDATE rewards SET expires_at = 1 WHERE id = ?").bind(id).run();
    expect((await redeem(shop, 1)).status).toBe(409);
    await expire();
    expect(await typesOf(shop)).toEqual(["reward.fulfilled", "reward.expired"]);
  });

  it("loses the expired part first in a later refund, never the same twice", async () => {
    const shop = await newShop([tenPercent]);
    const { id } = await bought(shop, 1000, "sale");
    const refund = (refund_id: string, amount?: number) =>
      shop.campaign.owner.post("/api/v1/refunds", {
        campaign_id: shop.campaign.id,
        conversion_id: "sale",
        refund_id,
        amount,
      });
    await redeem(shop, 50);
    await refund("before", 100);
    await afterDays(10.1);
    expect(await credit(shop)).toEqual({ redeemed: 50, expired: 40, revoked: 10, balance: 0, owed_back: 0 });
    await refund("part", 300);
    expect(await credit(shop)).toMatchObject({ expired: 40, revoked: 10, owed_back: 0 });
    await refund("more", 200);
    expect(await credit(shop)).toMatchObject({ expired: 40, revoked: 20, owed_back: 10 });
    await refund("rest");
    expect(await credit(shop)).toMatchObject({ expired: 40, revoked: 60, owed_back: 50 });
    expect((await entriesOf(shop, id)).map(([, , amount]: number[]) => amount)).toEqual([100, -10, -40, -10, -40]);
    expect(await rewardOf(shop, id)).toMatchObject({ status: "expired", expired_amount: 40, owed_back: 60 });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });
});

it("gets its days again when its payout is undone", async () => {
  const shop = await newShop([{ reward: cash({ percent: 10 }), expires_days: 3 }]);
  const { id } = await bought(shop);
  const { owner } = shop.campaign;
  const paid = await owner.post("/api/v1/payouts", { reward_ids: [id], reference: "Bounced" });
  await afterDays(3.1);
  expect((await rewardOf(shop, id)).status).toBe("fulfilled");
  const before = Date.now();
  await owner.delete(`/api/v1/payouts/${paid.data.payout.id}`);
  const { status, expires_at } = await rewardOf(shop, id);
  expect(status).toBe("pending");
  expect(Date.parse(expires_at) - before).toBeGreaterThanOrEqual(3 * DAY_MS);
  await afterDays(3.1);
  expect((await rewardOf(shop, id)).status).toBe("expired");
  expect((await entriesOf(shop, id)).map(([to]: string[]) => to)).toEqual([
    "pending",
    "fulfilled",
    "pending",
    "expired",
  ]);
  expect(await brokenPromises(shop.campaign.id)).toEqual([]);
});
