import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { someCodes } from "../../support/campaign";
import { newMember } from "../../support/client";
import { brokenPromises } from "../../support/invariants";
import { runs, seed } from "../../support/seed";
import { cash, newShop } from "../../support/shop";
import { workOf } from "../../support/work";

type Shop = Awaited<ReturnType<typeof newShop>>;

const refundOf = ({ campaign: { id, owner } }: Shop, conversion_id: string, refund_id: string, more = {}) =>
  owner.post("/api/v1/refunds", { campaign_id: id, conversion_id, refund_id, ...more });

const sums = async (campaignId: number) =>
  Object.fromEntries(
    (
      await env.DB.prepare(
        "SELECT k.external_id, sum(c.amount) AS amount FROM conversions k JOIN credit_entries c ON c.conversion_id = k.id WHERE k.campaign_id = ? GROUP BY k.id",
      )
        .bind(campaignId)
        .all<{ external_id: string; amount: number }>()
    ).results.map(({ external_id, amount }) => [external_id, amount]),
  );

describe("a refund", () => {
  it("takes back its share, once, and later the rest", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    const { conversion, rewards } = (await shop.buy({ participant_id: shop.grace.id }, 10_000)).data;
    const path = `/api/v1/conversions/${conversion.id}/refunds`;
    const ask = (body: object) => shop.campaign.owner.post(path, body);
    const half = await ask({ refund_id: "r-1", amount: 5000, reason: "too large" });
    expect(half, half.text).toMatchObject({
      status: 201,
      data: {
        duplicate: false,
        refund: { refund_id: "r-1", amount: 5000, reason: "too large" },
        conversion: { id: conversion.id, amount: 10_000, refunded_amount: 5000 },
        rewards: [{ id: rewards[0].id, status: "pending", amount: 500, cash_value: 5, owed_back: 0 }],
      },
    });
    expect(await ask({ refund_id: "r-1", amount: 5000 })).toMatchObject({ status: 200, data: { duplicate: true } });
    expect(await ask({ refund_id: "r-1", amount: 5001 })).toMatchObject({ status: 409, code: "conflict" });
    expect(await shop.campaign.stats()).toMatchObject({ rewards_pending: 1 });
    const rest = await ask({ refund_id: "r-2" });
    expect(rest).toMatchObject({
      status: 201,
      data: { conversion: { refunded_amount: 10_000 }, rewards: [{ status: "revoked", amount: 0 }] },
    });
    expect(await ask({ refund_id: "r-3", amount: 1 })).toMatchObject({
      status: 201,
      data: { rewards: [{ amount: 0 }] },
    });
    expect(await shop.campaign.stats()).toMatchObject({ rewards_pending: 0 });
    expect((await shop.campaign.events("conversion.refunded")).length).toBe(3);
    expect((await shop.campaign.events("reward.revoked")).length).toBe(1);
    const shown = (await shop.campaign.owner.get(`/api/v1/conversions/${conversion.id}`)).data;
    expect(shown.refunds.map((refund: { refund_id: string }) => refund.refund_id)).toEqual(["r-1", "r-2", "r-3"]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("of more than is left takes the rest", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" });
    expect((await refundOf(shop, "o", "r-1", { amount: 5000 })).data).toMatchObject({
      conversion: { refunded_amount: 1000 },
      rewards: [{ status: "revoked", amount: 0 }],
    });
  });

  it("is limited to a hundred per conversion", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    await refundOf(shop, "o", "r-0", { amount: 1 });
    await env.DB.prepare(
      `INSERT INTO refunds (campaign_id, event_name, external_id, refund_id, amount, reason, date_added, event) SELECT campaign_id, event_name, external_id, 'x-' || value, amount, reason, date_added, 'x-' || event || value
        FROM refunds, json_each(?) WHERE campaign_id = ?`,
    )
      .bind(JSON.stringify(Array.from({ length: 98 }, (_, n) => n)), shop.campaign.id)
      .run();
    expect((await refundOf(shop, "o", "r-1", { amount: 1 })).status).toBe(201);
    const refused = await refundOf(shop, "o", "r-2", { amount: 1 });
    expect(refused, refused.text).toMatchObject({ status: 409, code: "conflict" });
    expect(await refundOf(shop, "o", "r-1", { amount: 1 })).toMatchObject({ status: 200, data: { duplicate: true } });
    expect((await refundOf(shop, "p", "r-2", { amount: 1 })).status).toBe(201);
    const sale = await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" });
    expect(sale.data).toMatchObject({ conversion: { refunded_amount: 100 }, rewards: [{ amount: 90 }] });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("waits for its conversion", async () => {
    const shop = await newShop([
      { reward: cash({ percent: 10 }) },
      { reward: { reward_type: 3, custom_message: "Hi" } },
    ]);
    const early = await refundOf(shop, "o", "r-1", { amount: 250 });
    expect(early, early.text).toMatchObject({ status: 201, data: { conversion: null, rewards: [] } });
    expect(await refundOf(shop, "o", "r-1", { amount: 250 })).toMatchObject({ status: 200, data: { duplicate: true } });
    await refundOf(shop, "o", "r-2", { amount: 250 });
    const sale = await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" });
    expect(sale.data).toMatchObject({
      conversion: { refunded_amount: 500 },
      rewards: [
        { type: "cash", amount: 50, status: "pending" },
        { type: "message", status: "fulfilled" },
      ],
    });
    await refundOf(shop, "p", "r-1");
    const gone = await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "p" });
    expect(gone.data.rewards).toMatchObject([{ status: "revoked", amount: 0 }, { status: "revoked" }]);
    expect(await shop.campaign.stats()).toMatchObject({ rewards_pending: 1, total_rewards_given: 1 });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("after the payout is owed back", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    const { rewards } = (await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" })).data;
    await shop.campaign.owner.patch(`/api/v1/rewards/${rewards[0].id}`, { status: "fulfilled" });
    const refunded = await refundOf(shop, "o", "r-1", { amount: 300, reason: "chargeback" });
    expect(refunded.data.rewards).toMatchObject([{ status: "fulfilled", amount: 100, owed_back: 30 }]);
    expect((await refundOf(shop, "o", "r-2")).data.rewards).toMatchObject([{ status: "fulfilled", owed_back: 100 }]);
    expect(await sums(shop.campaign.id)).toEqual({ o: 0 });
    expect(await shop.campaign.stats()).toMatchObject({ total_rewards_given: 1 });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("of a part keeps a coupon, and a full one revokes it for good", async () => {
    const shop = await newShop([{ reward: { reward_type: 1 } }]);
    await shop.campaign.upload(someCodes(2));
    await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" });
    expect((await refundOf(shop, "o", "r-1", { amount: 999 })).data.rewards[0].status).toBe("fulfilled");
    expect((await refundOf(shop, "o", "r-2", { amount: 1 })).data.rewards[0].status).toBe("revoked");
    expect(await shop.campaign.stats()).toMatchObject({ coupons_available: 1, total_rewards_given: 0 });
  });

  it("of a conversion of nothing takes its fixed reward", async () => {
    const shop = await newShop([{ reward: cash({ amount: 300 }) }]);
    await shop.buy({ participant_id: shop.grace.id }, 0, { conversion_id: "o" });
    expect((await refundOf(shop, "o", "r-1")).data.rewards).toMatchObject([{ status: "revoked", amount: 0 }]);
    await refundOf(shop, "o", "r-2");
    expect(await sums(shop.campaign.id)).toEqual({ o: 0 });
  });

  it("of a revoked reward takes nothing more", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    const { rewards } = (await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" })).data;
    await shop.campaign.owner.patch(`/api/v1/rewards/${rewards[0].id}`, { status: "revoked" });
    await refundOf(shop, "o", "r-1");
    expect(await sums(shop.campaign.id)).toEqual({ o: 0 });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("uses the rate of the conversion, whatever the rule is now", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" });
    await shop.campaign.owner.put(`/api/v1/campaigns/${shop.campaign.id}/rules/${shop.rules[0].id}`, {
      reward: cash({ percent: 50 }),
    });
    expect((await refundOf(shop, "o", "r-1", { amount: 500 })).data.rewards).toMatchObject([{ amount: 50 }]);
  });

  it("cannot be made by another member", async () => {
    const shop = await newShop([]);
    const { conversion } = (await shop.buy({ participant_id: shop.grace.id })).data;
    const stranger = await newMember();
    const own = await stranger.post(`/api/v1/conversions/${conversion.id}/refunds`, { refund_id: "r" });
    expect(own).toMatchObject({ status: 404 });
    const body = { campaign_id: shop.campaign.id, conversion_id: "o", refund_id: "r" };
    expect(await stranger.post("/api/v1/refunds", body)).toMatchObject({ status: 404 });
  });

  it("costs one call and ten rows", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" });
    const work = await workOf(() => refundOf(shop, "o", "r-1", { amount: 100 }));
    expect(work.d1_calls).toBe(1);
    // The places of the reward and the conversion among changes, and the day's counts, are three of them.
    expect(work.rows_written).toBeLessThanOrEqual(10);
  });
});

/** The referrer's amount for a sale after its refunds. */
const worth = (granted: number, sale: number, refunds: (number | null)[]) => {
  const refunded = Math.min(
    sale,
    refunds.reduce((sum: number, amount) => sum + (amount ?? sale), 0),
  );
  if (refunds.length > 0 && refunded >= sale) return 0;
  return sale === 0 ? granted : granted - Math.round((granted * refunded) / sale);
};

describe(`sales and refunds (SEED=${seed})`, () => {
  it("give the same sums in any order, repeated any number of times", { timeout: 300_000 }, async () => {
    const refund = fc.option(fc.integer({ min: 1, max: 6000 }), { freq: 5, nil: null });
    const order = fc.record({
      amount: fc.integer({ min: 0, max: 10_000 }),
      refunds: fc.array(refund, { maxLength: 4 }),
    });
    const orders = fc.array(order, { minLength: 1, maxLength: 5 });
    const story = orders.chain((all) => {
      const acts = all.flatMap(({ refunds }, n) => [{ n, m: -1 }, ...refunds.map((_, m) => ({ n, m }))]);
      const twice = [...acts, ...acts];
      const shuffled = fc.shuffledSubarray(twice, { minLength: twice.length });
      return fc.record({ all: fc.constant(all), acts: shuffled, crowd: fc.integer({ min: 1, max: 7 }) });
    });
    await fc.assert(
      fc.asyncProperty(story, async ({ all, acts, crowd }) => {
        const shop = await newShop([{ reward: cash({ percent: 12.5 }) }, { reward: cash({ amount: 333 }) }]);
        const act = ({ n, m }: { n: number; m: number }) =>
          m < 0
            ? shop.buy({ participant_id: shop.grace.id }, all[n]?.amount, { conversion_id: `o-${n}` })
            : refundOf(shop, `o-${n}`, `r-${m}`, { amount: all[n]?.refunds[m] });
        for (let from = 0; from < acts.length; from += crowd) {
          const answers = await Promise.all(acts.slice(from, from + crowd).map(act));
          expect(answers.filter(({ status }) => status >= 300).map(({ text }) => text)).toEqual([]);
        }
        const expected = all.map(({ amount, refunds }, n) => {
          const share = Math.floor((amount * 1250 + 5000) / 10_000);
          return [`o-${n}`, worth(share, amount, refunds) + worth(333, amount, refunds)];
        });
        expect(await sums(shop.campaign.id)).toEqual(Object.fromEntries(expected));
        expect(await brokenPromises(shop.campaign.id)).toEqual([]);
      }),
      { seed, numRuns: runs(6) },
    );
  });
});
