import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runJobs } from "../../../src/cron";
import { newEventId } from "../../../src/lib/crypto";
import { openDb } from "../../../src/lib/db";
import { releaseRewards } from "../../../src/participants/rewards/reward-records";
import { someCodes } from "../../support/campaign";
import { newMember } from "../../support/client";
import { brokenPromises } from "../../support/invariants";
import { withFault } from "../../support/ledger-fault";
import { cash, newShop } from "../../support/shop";
import { workOf } from "../../support/work";

const DAY_MS = 86_400_000;

/** Lets days pass for everything that is held, then runs the cron. */
async function afterDays(days: number) {
  await env.DB.prepare("UPDATE rewards SET held_until = held_until - ?")
    .bind(days * DAY_MS)
    .run();
  await release();
}
const release = () => releaseRewards({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });

type Shop = Awaited<ReturnType<typeof newShop>>;
const statusOf = async ({ campaign: { owner } }: Shop, id: number) =>
  (await owner.get(`/api/v1/rewards/${id}`)).data.status;
const entriesOf = async ({ campaign: { owner } }: Shop, id: number) =>
  (await owner.get(`/api/v1/rewards/${id}`)).data.entries.map(
    (entry: { from: string; to: string; reason: string; amount: number }) => [
      entry.from,
      entry.to,
      entry.reason,
      entry.amount,
    ],
  );
const typesOf = async (shop: Shop) => (await shop.campaign.events("reward.%")).map(({ type }) => type);

async function heldReward(rule: Record<string, unknown>, reward: Record<string, unknown> = cash({ percent: 10 })) {
  const shop = await newShop([{ reward, ...rule }]);
  const answer = await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "o" });
  return { shop, reward: answer.data.rewards[0] };
}

describe("a held reward", () => {
  it("becomes pending once its days are over, exactly once", async () => {
    const { shop, reward } = await heldReward({ hold_days: 14 });
    expect(reward).toMatchObject({ status: "held", needs_approval: false, amount: 100 });
    expect(Date.parse(reward.held_until) - Date.parse(reward.date_earned)).toBe(14 * DAY_MS);
    expect(await shop.campaign.stats()).toMatchObject({ rewards_pending: 0 });
    const held = await shop.campaign.owner.get("/api/v1/rewards?status=held");
    expect(held.data).toMatchObject({ rewards: [{ id: reward.id }], pagination: { total: 1 } });
    expect((await shop.campaign.owner.get("/api/v1/rewards?status=pending")).data.rewards).toEqual([]);
    const early = await shop.campaign.owner.patch(`/api/v1/rewards/${reward.id}`, { status: "fulfilled" });
    expect(early).toMatchObject({ status: 409, code: "conflict" });
    await afterDays(13);
    expect(await statusOf(shop, reward.id)).toBe("held");
    await afterDays(0.9);
    await Promise.all([afterDays(0.1), release(), release()]);
    await release();
    expect(await statusOf(shop, reward.id)).toBe("pending");
    expect(await typesOf(shop)).toEqual(["reward.held", "reward.pending"]);
    expect(await shop.campaign.stats()).toMatchObject({ rewards_pending: 1 });
    await shop.campaign.owner.patch(`/api/v1/rewards/${reward.id}`, { status: "fulfilled" });
    expect(await entriesOf(shop, reward.id)).toEqual([
      [null, "held", "earned", 100],
      ["held", "pending", "released", null],
      ["pending", "fulfilled", "fulfilled", null],
    ]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("is approved and released once, however many ask in one group", async () => {
    const { shop, reward } = await heldReward({ needs_approval: true });
    const ledger = env.LEDGER.getByName(String(shop.campaign.id));
    const item = () => ({
      kind: "release" as const,
      id: newEventId(new Date()),
      at: Date.now(),
      origin: "https://referrals.test",
      reward_id: reward.id as number,
      approves: true,
      by: "Ada",
      note: null,
    });
    // The first is for another reward and commits alone; the others wait and commit together.
    const answer = await ledger.release([{ ...item(), reward_id: 7 }, item(), item(), item()]);
    expect(answer).toMatchObject({ value: [null, ...Array(3).fill({ id: reward.id, status: "pending" })] });
    expect(await entriesOf(shop, reward.id)).toEqual([
      [null, "held", "earned", 100],
      ["held", "held", "approved", null],
      ["held", "pending", "released", null],
    ]);
    expect(await typesOf(shop)).toEqual(["reward.held", "reward.pending"]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("is not reported as approved if it is revoked first", async () => {
    const { shop, reward } = await heldReward({ needs_approval: true });
    const heal = await withFault(shop.campaign, async (batch, statements) => {
      await env.DB.prepare("UPDATE rewards SET status = 'revoked', needs_approval = NULL WHERE id = ?")
        .bind(reward.id)
        .run();
      return batch(statements);
    });
    const { data } = await shop.campaign.owner.post("/api/v1/rewards/actions", { ids: [reward.id], action: "approve" });
    await heal();
    const error = "The reward is not waiting for approval.";
    expect(data.results).toEqual([{ id: reward.id, done: false, status: "revoked", error }]);
    expect(await entriesOf(shop, reward.id)).toEqual([[null, "held", "earned", 100]]);
  });

  it("is released by the cron", async () => {
    const { shop, reward } = await heldReward({ hold_days: 1 });
    await env.DB.prepare("UPDATE rewards SET held_until = 1 WHERE id = ?").bind(reward.id).run();
    await runJobs(env);
    expect(await statusOf(shop, reward.id)).toBe("pending");
  });

  it("that is refunded during its hold is never given", async () => {
    const { shop, reward } = await heldReward({ hold_days: 14 });
    const refund = (refund_id: string, more: object = {}) =>
      shop.campaign.owner.post("/api/v1/refunds", {
        campaign_id: shop.campaign.id,
        conversion_id: "o",
        refund_id,
        ...more,
      });
    expect((await refund("r-1", { amount: 500 })).data.rewards).toMatchObject([{ status: "held", amount: 50 }]);
    expect((await refund("r-2")).data.rewards).toMatchObject([{ status: "revoked", held_until: null, amount: 0 }]);
    await afterDays(20);
    expect(await statusOf(shop, reward.id)).toBe("revoked");
    expect((await shop.campaign.owner.get("/api/v1/rewards?status=held")).data.pagination.total).toBe(0);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("waits for its approval, however long", async () => {
    const { shop, reward } = await heldReward({ needs_approval: true, hold_days: 2 });
    expect(reward).toMatchObject({ status: "held", needs_approval: true });
    await afterDays(1);
    const act = (action: string, ids = [reward.id]) =>
      shop.campaign.owner.post("/api/v1/rewards/actions", { ids, action });
    expect((await act("fulfill")).data.results).toMatchObject([{ id: reward.id, done: false }]);
    expect((await act("approve", [reward.id, 7])).data.results).toMatchObject([
      { id: reward.id, done: true, status: "held", error: null },
      { id: 7, done: false, status: null, error: "This reward does not exist." },
    ]);
    expect((await act("approve")).data.results).toMatchObject([
      { done: false, error: "The reward is not waiting for approval." },
    ]);
    await afterDays(1);
    expect(await statusOf(shop, reward.id)).toBe("pending");
    expect((await act("fulfill")).data.results).toMatchObject([{ done: true, status: "fulfilled" }]);
    expect((await entriesOf(shop, reward.id)).map(([, to, reason]: string[]) => [to, reason])).toEqual([
      ["held", "earned"],
      ["held", "approved"],
      ["pending", "released"],
      ["fulfilled", "fulfilled"],
    ]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("is not released by its ledger before its approval, or before its days are over", async () => {
    const { shop, reward } = await heldReward({ needs_approval: true, hold_days: 2 });
    const ledger = env.LEDGER.getByName(String(shop.campaign.id));
    const ask = async (days: number, approves: boolean) => {
      const at = Date.now() + days * DAY_MS;
      const asked = { id: newEventId(new Date(at)), at, origin: "https://referrals.test", by: "hold", note: null };
      await ledger.release([{ kind: "release", reward_id: reward.id, approves, ...asked }]);
      return statusOf(shop, reward.id);
    };
    expect([await ask(3, false), await ask(1, true), await ask(1, false)]).toEqual(["held", "held", "held"]);
    expect(await ask(2.1, false)).toBe("pending");
  });

  it("is released by an approval after its days", async () => {
    const { shop, reward } = await heldReward({ needs_approval: true, hold_days: 2 });
    await afterDays(90);
    expect(await statusOf(shop, reward.id)).toBe("held");
    const body = { ids: [reward.id], action: "approve" };
    expect((await shop.campaign.owner.post("/api/v1/rewards/actions", body)).data.results).toMatchObject([
      { done: true, status: "pending" },
    ]);
    expect((await entriesOf(shop, reward.id)).map(([, to, reason]: string[]) => [to, reason])).toEqual([
      ["held", "earned"],
      ["held", "approved"],
      ["pending", "released"],
    ]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("with a message is given on approval, and reveals nothing before", async () => {
    const message = { reward_type: 3, custom_message: "Secret" };
    const { shop, reward } = await heldReward({ needs_approval: true }, message);
    const body = { ids: [reward.id], action: "approve" };
    const answer = await shop.campaign.owner.post("/api/v1/rewards/actions", body);
    expect(answer.data.results).toMatchObject([{ done: true, status: "fulfilled" }]);
    expect(await typesOf(shop)).toEqual(["reward.held", "reward.fulfilled"]);
    expect(await shop.campaign.stats()).toMatchObject({ rewards_pending: 0, total_rewards_given: 1 });
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("with a coupon takes no code before its release, and the next one then", async () => {
    const { shop, reward } = await heldReward({ hold_days: 1 }, { reward_type: 1 });
    const codes = someCodes(2);
    expect((await shop.campaign.upload(codes)).data).toMatchObject({ filled: 0 });
    expect(await shop.campaign.stats()).toMatchObject({ coupons_available: 2 });
    await afterDays(1);
    const { coupon, status } = (await shop.campaign.owner.get(`/api/v1/rewards/${reward.id}`)).data;
    expect([coupon, status]).toEqual([codes[0], "fulfilled"]);
    expect((await entriesOf(shop, reward.id)).map(([, to]: string[]) => to)).toEqual(["held", "pending", "fulfilled"]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("can be revoked, and is then no longer held", async () => {
    const { shop, reward } = await heldReward({ hold_days: 9 });
    const body = { ids: [reward.id], action: "revoke", note: "Bought it themselves" };
    expect((await shop.campaign.owner.post("/api/v1/rewards/actions", body)).data.results).toMatchObject([
      { done: true, status: "revoked" },
    ]);
    await afterDays(10);
    expect(await statusOf(shop, reward.id)).toBe("revoked");
    expect(await entriesOf(shop, reward.id)).toEqual([
      [null, "held", "earned", 100],
      ["held", "revoked", "Bought it themselves", -100],
    ]);
    expect(await brokenPromises(shop.campaign.id)).toEqual([]);
  });

  it("is revoked by its participant's erasure", async () => {
    const { shop, reward } = await heldReward({ hold_days: 9 });
    await shop.campaign.owner.delete(`/api/v1/participants/${shop.ada.id}`);
    await afterDays(10);
    expect(await statusOf(shop, reward.id)).toBe("revoked");
    expect((await shop.campaign.owner.get("/api/v1/rewards?status=held")).data.pagination.total).toBe(0);
  });

  it("cannot be seen or approved by another member", async () => {
    const { shop, reward } = await heldReward({ needs_approval: true });
    const stranger = await newMember();
    expect((await stranger.get(`/api/v1/rewards/${reward.id}`)).status).toBe(404);
    const answer = await stranger.post("/api/v1/rewards/actions", { ids: [reward.id], action: "approve" });
    expect(answer.data.results).toMatchObject([{ done: false, error: "This reward does not exist." }]);
    expect(await statusOf(shop, reward.id)).toBe("held");
  });

  it.each([
    ["approve", true],
    // It has not been approved.
    ["fulfill", false],
    ["revoke", true],
  ])("can be requested a hundred at a time to %s", async (action, done) => {
    const { shop, reward } = await heldReward({ needs_approval: true });
    const ids = [reward.id, ...Array.from({ length: 99 }, (_, n) => 1_000_000 + n)];
    const answer = await shop.campaign.owner.post("/api/v1/rewards/actions", { ids, action });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.data.results.map((result: { done: boolean }) => result.done)).toEqual([
      done,
      ...Array(99).fill(false),
    ]);
  });

  it("costs at most 17 rows to earn", async () => {
    const { shop } = await heldReward({ hold_days: 9, needs_approval: true });
    const work = await workOf(() => shop.buy({ participant_id: shop.grace.id }));
    expect(work).toMatchObject({ d1_calls: 1 });
    expect(work.rows_written).toBeLessThanOrEqual(17);
  });
});

it("of the campaign's own goal has a history, too", async () => {
  const shop = await newShop([], { num_signups: 1, reward_type: 5, reward: { cash_value: 3 } });
  const [reward] = await shop.campaign.rewards();
  await shop.campaign.owner.patch(`/api/v1/rewards/${reward.id}`, { status: "fulfilled", note: "By bank" });
  expect(await entriesOf(shop, reward.id)).toEqual([
    [null, "pending", "earned", 300],
    ["pending", "fulfilled", "By bank", null],
  ]);
});
