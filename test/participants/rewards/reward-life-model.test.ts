import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openDb } from "../../../src/lib/db";
import { expireRewards } from "../../../src/participants/rewards/expiry";
import { releaseRewards } from "../../../src/participants/rewards/reward-records";
import { brokenPromises } from "../../support/invariants";
import { type Gift, RewardLife } from "../../support/reward-life";
import { isShort, runs, seed } from "../../support/seed";
import { cash, newShop } from "../../support/shop";

const DAY_MS = 86_400_000;

type Shop = Awaited<ReturnType<typeof newShop>>;
type Act = { toString: () => string; run: (shop: Shop, model: RewardLife) => Promise<void> };
type Seen = { id: number; status: string; amount: number; owed_back: number; expired_amount: number };

const act = (name: string, run: Act["run"]): Act => ({ toString: () => name, run });

const buy = (order: number, amount: number) =>
  act(`buy ${order} for ${amount}`, async (shop, model) => {
    const answer = await shop.buy({ participant_id: shop.grace.id }, amount, { conversion_id: `o-${order}` });
    expect(answer.status, answer.text).toBe(model.buy(order, amount));
  });

const refund = (order: number, refund: number, amount: number | null) =>
  act(`refund ${refund} of ${order}: ${amount}`, async (shop, model) => {
    const body = { campaign_id: shop.campaign.id, conversion_id: `o-${order}`, refund_id: `r-${refund}`, amount };
    const answer = await shop.campaign.owner.post("/api/v1/refunds", body);
    expect(answer.status, answer.text).toBe(model.refund(order, refund, amount));
  });

const endHolds = act("end holds", async (shop, model) => {
  await env.DB.prepare("UPDATE rewards SET held_until = held_until - ? WHERE campaign_id = ?")
    .bind(9 * DAY_MS, shop.campaign.id)
    .run();
  await releaseRewards({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });
  model.endHolds();
});

const expire = act("expire", async (shop, model) => {
  await env.DB.prepare("UPDATE rewards SET expires_at = expires_at - ? WHERE campaign_id = ?")
    .bind(9 * DAY_MS, shop.campaign.id)
    .run();
  await expireRewards({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });
  model.expire();
});

const approve = act("approve", async (shop, model) => {
  const held: { id: number; needs_approval: boolean }[] = await shop.campaign.rewards("&status=held");
  const ids = held.flatMap(({ id, needs_approval }) => (needs_approval ? [id] : []));
  expect(ids).toHaveLength(model.approve());
  if (ids.length === 0) return;
  const { results } = (await shop.campaign.owner.post("/api/v1/rewards/actions", { ids, action: "approve" })).data;
  expect(results.every(({ done }: { done: boolean }) => done)).toBe(true);
});

const pay = act("pay", async (shop, model) => {
  const filter = { campaign_id: shop.campaign.id };
  const answer = await shop.campaign.owner.post("/api/v1/payouts", { filter, reference: "Transfer" });
  const payout = model.pay();
  expect(answer.status, answer.text).toBe(payout ? 201 : 409);
  if (!payout) return;
  const { amount, netted, rewards } = payout;
  expect(answer.data.payout.totals).toMatchObject([{ amount, netted, rewards }]);
});

const undo = (which: number) =>
  act(`undo ${which}`, async (shop, model) => {
    const { payouts } = (await shop.campaign.owner.get("/api/v1/payouts")).data;
    expect(payouts).toHaveLength(model.payouts.length);
    if (payouts.length === 0) return;
    const n = which % payouts.length;
    // The newest is first.
    const answer = await shop.campaign.owner.delete(`/api/v1/payouts/${payouts[payouts.length - 1 - n].id}`);
    expect(answer.status, answer.text).toBe(model.undo(n));
  });

const redeem = (redemption: number, amount: number) =>
  act(`redeem ${redemption}: ${amount}`, async (shop, model) => {
    const body = { redemption_id: `x-${redemption}`, amount };
    const answer = await shop.campaign.owner.post(`/api/v1/participants/${shop.ada.id}/redemptions`, body);
    expect(answer.status, answer.text).toBe(model.redeem(redemption, amount));
  });

const beginMonth = act("begin a month", async (shop, model) => {
  await env.DB.prepare("UPDATE rule_counts SET month = '2026-01' WHERE participant_id = ?").bind(shop.ada.id).run();
  model.beginMonth();
});

const shown = ({ status, amount, owed_back, expired_amount }: Omit<Seen, "id">) => ({
  status,
  amount,
  owed_back,
  expired_amount,
});

/** Compares both. */
async function compare(shop: Shop, model: RewardLife) {
  const rewards = (await shop.campaign.rewards()) as Seen[];
  const seen = rewards.sort((a, b) => a.id - b.id).map(shown);
  expect(seen).toEqual(model.rewards.map(shown));
  const [owed] = (await shop.campaign.owner.get(`/api/v1/payouts?campaign_id=${shop.campaign.id}`)).data.owed;
  const { earned, owed_back, amount } = owed ?? { earned: 0, owed_back: 0, amount: 0 };
  expect({ earned, owed_back, amount }).toEqual(model.owed());
  const { balances } = (await shop.campaign.owner.get(`/api/v1/participants/${shop.ada.id}/redemptions`)).data;
  const { balance, owed_back: short, ...sums } = balances[0] ?? NOTHING;
  expect(balance - short).toBe(model.balance());
  expect(sums.redeemed + sums.expired + sums.revoked + balance - short).toBe(sums.granted);
  expect(Math.min(...Object.values(sums).filter((one) => typeof one === "number"))).toBeGreaterThanOrEqual(0);
}

const NOTHING = { balance: 0, owed_back: 0, granted: 0, redeemed: 0, expired: 0, revoked: 0 };

const rules: Gift[] = [
  { percent: 10 },
  { percent: 7, hold_days: 1, expires_days: 2 },
  { percent: 3, needs_approval: true, max_per_month: 2 },
  { percent: 5, isCredit: true, max_per_month: 3, expires_days: 4 },
  { percent: 8, isCredit: true, hold_days: 1, expires_days: 4 },
  { percent: 4, isCredit: true, hold_days: 1, needs_approval: true },
];
const bodyOf = ({ percent, isCredit, ...rest }: Gift) => ({
  ...rest,
  reward: isCredit ? { reward_type: 6, percent } : cash({ percent }),
});

const order = fc.nat(3);
const amount = fc.integer({ min: 1, max: 5000 });
/** Small, so a sale has several. Null: all that is left. */
const part = fc.option(fc.integer({ min: 1, max: 1200 }), { freq: 8, nil: null });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(order, amount).map(([n, worth]) => buy(n, worth)) },
  {
    weight: 6,
    arbitrary: fc.tuple(order, fc.nat(4), part).map(([n, id, worth]) => refund(n, id, worth)),
  },
  { weight: 3, arbitrary: fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 300 })).map(([n, worth]) => redeem(n, worth)) },
  { weight: 3, arbitrary: fc.constant(pay) },
  { weight: 2, arbitrary: fc.nat(5).map(undo) },
  { weight: 2, arbitrary: fc.constantFrom(endHolds, approve) },
  { weight: 1, arbitrary: fc.constant(beginMonth) },
  { weight: 2, arbitrary: fc.constant(expire) },
);

it(`rewards match the model, whatever happens to them (SEED=${seed})`, { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 25, maxLength: 45 }), async (acts) => {
      const shop = await newShop(rules.map(bodyOf));
      const model = new RewardLife(rules);
      for (const [n, one] of acts.entries()) {
        await one.run(shop, model);
        if (n % 4 === 0) await compare(shop, model);
      }
      await compare(shop, model);
      expect(await brokenPromises(shop.campaign.id)).toEqual([]);
    }),
    // Looking for a shorter story takes minutes: `RUNS=2` does it.
    { seed, numRuns: runs(3), endOnFailure: isShort },
  );
});
