import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { brokenPromises } from "../support/invariants";
import { cash, newShop } from "../support/shop";

const times = <T>(n: number, act: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => act(i)));

/** A shop whose referrer earned a dollar of cash with each of `n` orders. */
async function indebted(n: number) {
  // A referrer whose sales are refunded is reviewed, and their rewards are held meanwhile.
  const shop = await newShop([{ reward: cash({ percent: 10 }) }], { fraud_mode: "off" });
  const orders = Array.from({ length: n }, (_, i) => `order-${i}`);
  await times(n, (i) => shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: orders[i] }));
  const { owner, id } = shop.campaign;
  const pay = () => owner.post("/api/v1/payouts", { reference: "Bank", filter: { campaign_id: id } });
  const refund = (conversion_id: string) =>
    owner.post("/api/v1/refunds", { campaign_id: id, conversion_id, refund_id: "all" });
  const cents = async (sql: string) =>
    (await env.DB.prepare(`SELECT coalesce(sum(${sql} WHERE campaign_id = ?`).bind(id).first<number>("n")) ??
    Number.NaN;
  return { ...shop, orders, pay, refund, cents };
}

describe("concurrently", () => {
  it("ten payouts pay each reward once", async () => {
    const shop = await indebted(12);
    const answers = await times(10, shop.pay);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    const paid = answers.flatMap(({ data }) => data?.paid ?? []);
    expect(paid.toSorted()).toEqual([...new Set(paid)].toSorted());
    expect(paid).toHaveLength(12);
    expect(await shop.cents("amount), 0) AS n FROM payout_lines")).toBe(1200);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("refunds and payouts keep the amount owed consistent", async () => {
    const shop = await indebted(12);
    await Promise.all([...shop.orders.slice(0, 6).map(shop.refund), shop.pay(), shop.pay(), shop.pay()]);
    await shop.pay();
    const paid = await shop.cents("amount), 0) AS n FROM payout_lines");
    const netted = await shop.cents("netted), 0) AS n FROM payout_lines");
    const owedBack = await shop.cents("owed_back), 0) AS n FROM rewards");
    expect(paid - (owedBack - netted)).toBe(600);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("two releases admit the sum of both, each participant once", async () => {
    const campaign = await newCampaign({ waitlist_enabled: true });
    await times(12, () => campaign.signUp(someone()));
    const release = () => campaign.owner.post(`/api/v1/campaigns/${campaign.id}/releases`, { count: 4 });
    const answers = await times(2, release);
    expect(answers.map(({ data }) => data.admitted)).toEqual([4, 4]);
    expect(await campaign.events("participant.admitted")).toHaveLength(8);
  });
});
