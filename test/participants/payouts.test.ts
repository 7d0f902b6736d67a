import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { RULE_REWARDS } from "../../drizzle/schema/rewards";
import { newMember, type TestMember } from "../support/client";
import { brokenPromises } from "../support/invariants";
import { cash, newShop } from "../support/shop";

const DAY_MS = 86_400_000;

type Shop = Awaited<ReturnType<typeof newShop>>;
type Rewards = { id: number; status: string; amount: number; payout_id: number | null }[];

/** A shop whose referrer, Ada, gets a tenth of Grace's purchases. */
const newTenth = (fields: Record<string, unknown> = {}, member?: TestMember) =>
  newShop([{ reward: cash({ percent: 10 }) }], fields, member);
const sells = async ({ buy, grace }: Shop, amount: number, more: Record<string, unknown> = {}) =>
  (await buy({ participant_id: grace.id }, amount, more)).data.rewards[0].id as number;

const pay = ({ campaign: { owner } }: Shop, chosen: object, reference = "Transfer 1") =>
  owner.post("/api/v1/payouts", { reference, ...chosen });
const payAll = (shop: Shop) => pay(shop, { filter: { campaign_id: shop.campaign.id } });
const listed = async ({ campaign: { owner, id } }: Shop, query = `campaign_id=${id}`) =>
  (await owner.get(`/api/v1/payouts?${query}`)).data;
const refund = ({ campaign: { owner, id } }: Shop, conversion_id: string, amount: number) =>
  owner.post("/api/v1/refunds", { campaign_id: id, conversion_id, refund_id: crypto.randomUUID(), amount });
const rewardsOf = async ({ campaign }: Shop): Promise<Rewards> => (await campaign.rewards()) as Rewards;

describe("a payout", () => {
  it("pays the amounts owed, each reward with its entry and its event", async () => {
    const shop = await newTenth();
    const ids = [await sells(shop, 1000), await sells(shop, 2000)];
    expect(await listed(shop)).toMatchObject({
      totals: [{ currency: "USD", participants: 1, rewards: 2, earned: 300, owed_back: 0, amount: 300 }],
      owed: [{ participant_id: shop.ada.id, email: shop.ada.email, currency: "USD", rewards: 2, amount: 300 }],
      is_complete: true,
      payouts: [],
    });
    const made = await payAll(shop);
    expect(made.status).toBe(201);
    expect(made.data).toMatchObject({
      payout: {
        reference: "Transfer 1",
        date_undone: null,
        totals: [{ currency: "USD", rewards: 2, amount: 300, netted: 0 }],
      },
      skipped: [],
      more: false,
    });
    expect(made.data.paid.toSorted()).toEqual(ids.toSorted());
    expect(await listed(shop)).toMatchObject({ totals: [], owed: [], payouts: [{ id: made.data.payout.id }] });
    const { entries, payout_id } = (await shop.campaign.owner.get(`/api/v1/rewards/${ids[0]}`)).data;
    expect(payout_id).toBe(made.data.payout.id);
    expect(entries).toMatchObject([
      { from: null, to: "pending", amount: 100 },
      { from: "pending", to: "fulfilled", amount: null, reason: "Transfer 1", by: expect.any(String) },
    ]);
    const events = await shop.campaign.events("reward.fulfilled");
    expect(events.map(({ reward_id }) => reward_id).toSorted()).toEqual(ids.toSorted());
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("reports skipped rewards, and is refused if it pays none", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }, { reward: cash({ amount: 50 }), hold_days: 9 }]);
    const [pending, held] = (await shop.buy({ participant_id: shop.grace.id }, 1000)).data.rewards;
    const made = await pay(shop, { reward_ids: [pending.id, held.id, held.id, 7] });
    expect(made.data.paid).toEqual([pending.id]);
    expect(made.data.skipped).toEqual([
      { reward_id: held.id, reason: "This is not a cash reward that is waiting for payment." },
      { reward_id: 7, reason: "This reward does not exist." },
    ]);
    expect(await pay(shop, { reward_ids: [pending.id] })).toMatchObject({ status: 409 });
    expect(await pay(shop, { reward_ids: [7] })).toMatchObject({ status: 404 });
    expect(await payAll(shop)).toMatchObject({ status: 409 });
    expect((await listed(shop)).payouts).toHaveLength(1);
  });

  it.each([
    [{ reference: "x" }],
    [{ reference: "x", reward_ids: [1], filter: {} }],
    [{ reference: "", filter: {} }],
    [{ reference: "x", reward_ids: [] }],
    [{ reference: "x", reward_ids: Array.from({ length: 501 }, (_, i) => i + 1) }],
    [{ reference: "x", filter: { currency: "XYZ" } }],
  ])("refuses %j", async (body) => {
    const owner = await newMember();
    expect(await owner.post("/api/v1/payouts", body)).toMatchObject({ status: 400 });
  });

  it("skips inactive participants", async () => {
    const shop = await newTenth();
    const id = await sells(shop, 1000);
    await shop.campaign.owner.patch(`/api/v1/participants/${shop.ada.id}`, { status: "blocked" });
    expect(await listed(shop)).toMatchObject({ owed: [], totals: [] });
    expect(await payAll(shop)).toMatchObject({ status: 409 });
    expect(await pay(shop, { reward_ids: [id] })).toMatchObject({ status: 409 });
    expect((await rewardsOf(shop)).map(({ status }) => status)).toEqual(["pending"]);
  });

  it("skips participants who are blocked at that moment", async () => {
    const shop = await newTenth();
    const id = await sells(shop, 1000);
    const { payout } = (await payAll(shop)).data;
    await shop.campaign.owner.delete(`/api/v1/payouts/${payout.id}`);
    await shop.campaign.owner.patch(`/api/v1/participants/${shop.ada.id}`, { status: "blocked" });
    const asked = { at: Date.now(), origin: "https://referrals.test", reference: "Late", by: "nobody" };
    const item = { kind: "pay" as const, id: "evt_late", payout_id: payout.id, reward_ids: [id], ...asked };
    await env.LEDGER.getByName(String(shop.campaign.id)).pay(item);
    expect((await rewardsOf(shop)).map(({ status }) => status)).toEqual(["pending"]);
  });

  it("pays at most 500 rewards, oldest first, and reports that there are more", async () => {
    const shop = await newTenth();
    const { FROM, PER_PARTICIPANT } = RULE_REWARDS;
    await env.DB.prepare(
      `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 500)
      INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, amount, currency, date_earned, earn_event)
      SELECT ?4 + n, ?1, ?2, ?3, 'referrer', 5, 'pending', 1, 'USD', 1000 - n, 'evt_many' FROM i`,
    )
      .bind(shop.campaign.owner.id, shop.campaign.id, shop.ada.id, FROM + shop.ada.id * PER_PARTICIPANT)
      .run();
    const first = (await payAll(shop)).data;
    expect(first).toMatchObject({ more: true, payout: { totals: [{ rewards: 500, amount: 500 }] } });
    const second = (await payAll(shop)).data;
    expect(second).toMatchObject({ more: false, payout: { totals: [{ rewards: 1, amount: 1 }] } });
    expect(second.paid).toEqual([FROM + shop.ada.id * PER_PARTICIPANT]);
  });

  it("pays several campaigns and currencies at once", async () => {
    const yen = await newTenth({ currency: "JPY" });
    const owner = yen.campaign.owner;
    await sells(await newTenth({ currency: "KWD" }, owner), 5005);
    await sells(yen, 1004);
    expect((await owner.get("/api/v1/payouts")).data.totals).toMatchObject([
      { currency: "JPY", amount: 100 },
      { currency: "KWD", amount: 501 },
    ]);
    const file = await owner.get("/api/v1/payouts/owed.csv");
    const lines = file.text.trim().split("\r\n").slice(1);
    expect(lines.map((line: string) => line.split(",").slice(4, 6)).toSorted()).toEqual([
      ["JPY", "100"],
      ["KWD", "0.501"],
    ]);
    const made = await owner.post("/api/v1/payouts", { filter: {}, reference: "Both" });
    expect(made.data.payout.totals).toMatchObject([
      { currency: "JPY", amount: 100 },
      { currency: "KWD", amount: 501 },
    ]);
    expect((await owner.delete(`/api/v1/payouts/${made.data.payout.id}`)).data.date_undone).toEqual(expect.any(String));
    expect((await owner.get("/api/v1/payouts?currency=KWD")).data.totals).toMatchObject([
      { currency: "KWD", amount: 501 },
    ]);
  });

  it.each([
    ["USD", 12.5, 1250],
    ["JPY", 300, 300],
    ["KWD", 2.5, 2500],
  ])("pays classic cash in %s", async (currency, cash_value, amount) => {
    const shop = await newShop([], { num_signups: 1, reward_type: 5, currency, reward: { cash_value } });
    expect((await listed(shop)).owed).toMatchObject([{ currency, amount }]);
    expect((await payAll(shop)).data.payout.totals).toMatchObject([{ currency, amount }]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });
});

describe("a refund after its payout", () => {
  it("is deducted by the next one, as far as possible", async () => {
    const shop = await newTenth();
    await sells(shop, 10_000, { conversion_id: "o-1" });
    await payAll(shop);
    await refund(shop, "o-1", 6000);
    expect(await listed(shop)).toMatchObject({
      totals: [{ earned: 0, owed_back: 600, amount: 0 }],
      owed: [{ participant_id: shop.ada.id, rewards: 0, amount: -600 }],
    });
    await sells(shop, 4000);
    expect((await listed(shop)).owed).toMatchObject([{ earned: 400, owed_back: 600, amount: -200 }]);
    expect((await payAll(shop)).data.payout.totals).toMatchObject([{ rewards: 1, netted: 400, amount: 0 }]);
    expect((await listed(shop)).owed).toMatchObject([{ earned: 0, owed_back: 200, amount: -200 }]);
    await sells(shop, 5000);
    expect((await payAll(shop)).data.payout.totals).toMatchObject([{ rewards: 1, netted: 200, amount: 300 }]);
    expect(await listed(shop)).toMatchObject({ totals: [], owed: [] });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("is deducted by the next one again, if the one that deducted it is undone", async () => {
    const shop = await newTenth();
    await sells(shop, 1000, { conversion_id: "o-1" });
    await payAll(shop);
    await refund(shop, "o-1", 600);
    await sells(shop, 1000);
    const kept = (await payAll(shop)).data.payout;
    expect(kept.totals).toMatchObject([{ rewards: 1, netted: 60, amount: 40 }]);
    await shop.campaign.owner.delete(`/api/v1/payouts/${kept.id}`);
    expect((await listed(shop)).totals).toMatchObject([{ earned: 100, owed_back: 60, amount: 40 }]);
    expect((await payAll(shop)).data.payout.totals).toMatchObject([{ rewards: 1, netted: 60, amount: 40 }]);
  });
});

describe("an undone payout", () => {
  it("makes its rewards pending again, minus later refunds, however often it is requested", async () => {
    const shop = await newTenth();
    const [some, none] = [
      await sells(shop, 1000, { conversion_id: "o-1" }),
      await sells(shop, 500, { conversion_id: "o-2" }),
    ];
    const { payout } = (await payAll(shop)).data;
    await refund(shop, "o-1", 400);
    await refund(shop, "o-2", 500);
    const undo = () => shop.campaign.owner.delete(`/api/v1/payouts/${payout.id}`);
    const answers = await Promise.all([undo(), undo()]);
    expect(answers).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect((await undo()).data.date_undone).toBe(answers[0]?.data.date_undone);
    const rewards = (await rewardsOf(shop)).toSorted((a, b) => a.id - b.id);
    expect(rewards).toMatchObject([
      { id: some, status: "pending", amount: 60, owed_back: 0, payout_id: null },
      { id: none, status: "revoked", amount: 0, owed_back: 0, payout_id: null },
    ]);
    expect(await listed(shop)).toMatchObject({ totals: [{ earned: 60, owed_back: 0 }], payouts: [{ id: payout.id }] });
    const { entries } = (await shop.campaign.owner.get(`/api/v1/rewards/${some}`)).data;
    expect(entries.at(-1)).toMatchObject({ from: "fulfilled", to: "pending", amount: null, reason: "payout undone" });
    expect((await shop.campaign.events("reward.pending")).filter(({ reward_id }) => reward_id === some)).toHaveLength(
      2,
    );
    expect((await payAll(shop)).data.payout.totals).toMatchObject([{ rewards: 1, amount: 60 }]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("must wait for a later one that deducted its refunds to be undone first", async () => {
    const shop = await newTenth();
    await sells(shop, 6000, { conversion_id: "o-1" });
    const early = (await payAll(shop)).data.payout;
    await refund(shop, "o-1", 6000);
    await sells(shop, 4000);
    const late = (await payAll(shop)).data.payout;
    expect(late.totals).toMatchObject([{ rewards: 1, netted: 400, amount: 0 }]);
    const undo = (id: number) => shop.campaign.owner.delete(`/api/v1/payouts/${id}`);
    expect(await undo(early.id)).toMatchObject({ status: 409 });
    expect((await listed(shop)).owed).toMatchObject([{ rewards: 0, amount: -200 }]);
    expect((await undo(late.id)).status).toBe(200);
    expect((await undo(early.id)).status).toBe(200);
    expect((await listed(shop)).owed).toMatchObject([{ rewards: 1, amount: 400 }]);
    expect((await payAll(shop)).data.payout.totals).toMatchObject([{ rewards: 1, netted: 0, amount: 400 }]);
    expect(await listed(shop)).toMatchObject({ totals: [], owed: [] });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("can be undone whatever a payout deducted from others", async () => {
    const shop = await newTenth();
    await sells(shop, 1000, { conversion_id: "o-1" });
    await payAll(shop);
    await refund(shop, "o-1", 1000);
    await sells(shop, 3000, { conversion_id: "o-2" });
    const keeping = (await payAll(shop)).data.payout;
    await sells(shop, 2000, { conversion_id: "o-3" });
    const refunded = (await payAll(shop)).data.payout;
    await refund(shop, "o-3", 500);
    await refund(shop, "o-2", 500);
    for (const { id } of [refunded, keeping])
      expect((await shop.campaign.owner.delete(`/api/v1/payouts/${id}`)).status).toBe(200);
    expect((await listed(shop)).owed).toMatchObject([{ rewards: 2, earned: 400, owed_back: 100, amount: 300 }]);
  });

  it("cannot be undone after a day, or by another member", async () => {
    const shop = await newTenth();
    await sells(shop, 1000);
    const { payout } = (await payAll(shop)).data;
    expect(await (await newMember()).delete(`/api/v1/payouts/${payout.id}`)).toMatchObject({ status: 404 });
    await env.DB.prepare("UPDATE payouts SET date_added = date_added - ? WHERE id = ?")
      .bind(DAY_MS + 1, payout.id)
      .run();
    expect(await shop.campaign.owner.delete(`/api/v1/payouts/${payout.id}`)).toMatchObject({ status: 409 });
    expect((await rewardsOf(shop)).map(({ status }) => status)).toEqual(["fulfilled"]);
  });
});

describe("concurrent payouts", () => {
  it("never pay a reward twice", async () => {
    const shop = await newTenth();
    const ids = [];
    for (let i = 1; i <= 6; i++) ids.push(await sells(shop, i * 100));
    const asked = [ids, ids.slice(3), ids.slice(0, 4).toReversed(), undefined, undefined];
    const answers = await Promise.all(
      asked.map((reward_ids) => (reward_ids ? pay(shop, { reward_ids }) : payAll(shop))),
    );
    const paid = answers.flatMap(({ status, data }) => (status === 201 ? data.paid : []));
    expect(paid.toSorted()).toEqual(ids.toSorted());
    const sums = answers.flatMap(({ status, data }) => (status === 201 ? [data.payout.totals[0].amount] : []));
    expect(sums.reduce((sum, n) => sum + n, 0)).toBe(210);
    expect(await shop.campaign.events("reward.fulfilled")).toHaveLength(ids.length);
    expect(await shop.campaign.stats()).toMatchObject({ rewards_pending: 0 });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("with refunds at the same time keep the amount owed consistent", async () => {
    // A referrer whose sales are refunded is reviewed, and their rewards are held meanwhile.
    const shop = await newTenth({ fraud_mode: "off" });
    const orders = Array.from({ length: 12 }, (_, n) => `order-${n}`);
    for (const conversion_id of orders) await sells(shop, 1000, { conversion_id });
    const refunds = orders.slice(0, 6).map((order) => refund(shop, order, 1000));
    await Promise.all([...refunds, payAll(shop), payAll(shop), payAll(shop)]);
    await payAll(shop);
    const sumOf = async (column: string, table: string) =>
      (await env.DB.prepare(`SELECT coalesce(sum(${column}), 0) AS n FROM ${table} WHERE campaign_id = ?`)
        .bind(shop.campaign.id)
        .first<number>("n")) ?? Number.NaN;
    const owed = (await sumOf("owed_back", "rewards")) - (await sumOf("netted", "payout_lines"));
    expect((await sumOf("amount", "payout_lines")) - owed).toBe(600);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("with sales, refunds, and undoing in any order owe the earned minus the paid amount", async () => {
    // This many refunds of one buyer look like fraud, and would hold rewards for their next purchases.
    const shop = await newTenth({ fraud_mode: "off" });
    const sold: { id: string; left: number }[] = [];
    const numbers = crypto.getRandomValues(new Uint32Array(40));
    for (const [step, n] of numbers.entries()) {
      if (n % 4 === 0 || sold.length === 0) {
        const order = { id: `o-${step}`, left: 100 * (1 + (n % 50)) };
        await sells(shop, order.left, { conversion_id: order.id });
        sold.push(order);
      } else if (n % 4 === 1) {
        const order = sold[n % sold.length];
        const amount = Math.min(order?.left ?? 0, 10 * (1 + (n % 300)));
        if (order && amount > 0) {
          await refund(shop, order.id, amount);
          order.left -= amount;
        }
      } else if (n % 4 === 2) await Promise.all([payAll(shop), payAll(shop)]);
      else {
        const { payouts } = await listed(shop);
        if (payouts.length > 0) await shop.campaign.owner.delete(`/api/v1/payouts/${payouts[n % payouts.length].id}`);
      }
      const { totals, payouts, owed } = await listed(shop);
      const earned = sold.reduce((sum, { left }) => sum + left / 10, 0);
      const made = (payouts as { date_undone: string | null; totals: { amount: number }[] }[]).filter(
        (p) => !p.date_undone,
      );
      const paid = made.reduce((sum, payout) => sum + (payout.totals[0]?.amount ?? 0), 0);
      expect(owed[0]?.amount ?? 0, `step ${step} of ${numbers.join()}: ${JSON.stringify(totals)}`).toBe(earned - paid);
    }
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });
});

it("cannot be seen or made by another member", async () => {
  const shop = await newTenth();
  const id = await sells(shop, 1000);
  const stranger = await newMember();
  expect((await stranger.get("/api/v1/payouts")).data).toMatchObject({ owed: [], totals: [], payouts: [] });
  expect((await stranger.get(`/api/v1/payouts?campaign_id=${shop.campaign.id}`)).status).toBe(404);
  expect((await stranger.get(`/api/v1/payouts?participant_id=${shop.ada.id}`)).status).toBe(404);
  expect((await stranger.get(`/api/v1/payouts/owed.csv?participant_id=${shop.ada.id}`)).status).toBe(404);
  expect((await stranger.get("/api/v1/payouts/owed.csv")).text.trim().split("\r\n")).toHaveLength(1);
  expect(await stranger.post("/api/v1/payouts", { reward_ids: [id], reference: "x" })).toMatchObject({ status: 404 });
  expect(
    await stranger.post("/api/v1/payouts", { filter: { campaign_id: shop.campaign.id }, reference: "x" }),
  ).toMatchObject({ status: 409 });
});
