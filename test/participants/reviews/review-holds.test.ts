import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { CampaignLedger } from "../../../src/ledger/ledger";
import { heldAgain } from "../../../src/ledger/reviews/suspicion";
import { openDb } from "../../../src/lib/db";
import { settleReviews } from "../../../src/participants/reviews/settle";
import { releaseRewards } from "../../../src/participants/rewards/reward-records";
import { newCampaign, someone, type TestCampaign } from "../../support/campaign";
import { brokenPromises } from "../../support/invariants";
import { withFault } from "../../support/ledger-fault";
import { cash } from "../../support/shop";

const FAKE = "fakes.example";
const fake = () => `fake-${crypto.randomUUID()}@${FAKE}`;

/** A campaign that holds rewards for friends of one domain, and their referrer. */
async function watched(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({ num_signups: 1, reward_type: 5, reward: { cash_value: 5 }, ...fields });
  await campaign.owner.post("/api/v1/lists", { kind: "domain", value: FAKE, action: "block" });
  const ada = (await campaign.signUp(someone())).data;
  const bring = async (email = someone()) => (await campaign.refer(ada.referral_code, email)).data;
  return { campaign, ada, bring };
}

const statuses = async (campaign: TestCampaign) =>
  (await campaign.rewards()).map(({ status }: { status: string }) => status).sort();
/** A signup's review holds earlier rewards after the response. */
const untilHeld = (campaign: TestCampaign) =>
  vi.waitUntil(async () => (await statuses(campaign)).every((status: string) => status === "held"));
const decide = async ({ owner }: TestCampaign, participant: number, verdict: string) =>
  expect((await owner.post(`/api/v1/reviews/${participant * 2}`, { verdict })).status).toBe(200);

const minutesLater = (n: number) => ({
  db: openDb(env.DB, "first-primary"),
  env,
  now: () => new Date(Date.now() + n * 60_000),
});
async function settle(minutes = 6) {
  await settleReviews(minutesLater(minutes));
  await releaseRewards(minutesLater(minutes + 1));
}
/** Ends the time in which this decision can be undone. */
const cannotUndo = (participant: number) =>
  env.DB.prepare("UPDATE reviews SET settles_at = 1 WHERE id = ?")
    .bind(participant * 2)
    .run();

describe("a referrer's pending rewards", () => {
  it("are held when a list opens a review of another friend", async () => {
    const { campaign, bring } = await watched();
    await bring();
    expect(await statuses(campaign)).toEqual(["pending"]);
    const { id } = await bring(fake());
    await untilHeld(campaign);
    expect(await campaign.events("reward.held")).toHaveLength(1);
    expect(await brokenPromises(campaign.id)).toEqual([]);
    await decide(campaign, id, "approve");
    await settle();
    expect(await statuses(campaign)).toEqual(["pending"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("are held once, by any number of reviews in a group", async () => {
    const { campaign, ada, bring } = await watched();
    const [one, two] = [await bring(fake()), await bring(fake())];
    for (const { id } of [one, two]) await decide(campaign, id, "approve");
    await settle();
    expect(await statuses(campaign)).toEqual(["pending"]);
    await env.DB.prepare("UPDATE reviews SET state = 'open' WHERE campaign_id = ?").bind(campaign.id).run();
    await runInDurableObject(env.LEDGER.getByName(String(campaign.id)), (ledger: CampaignLedger) => {
      const when = { at: Date.now(), origin: "https://referrals.test" };
      const busy = { ...when, kind: "goal" as const, id: "evt_busy", participant_id: ada.id };
      // Both wait for the first commit, and go into the next one.
      return Promise.all([
        ledger.meetGoals([busy]),
        ledger.holdBack([heldAgain(one.id * 2, when), heldAgain(two.id * 2, when)]),
      ]);
    });
    expect(await statuses(campaign)).toEqual(["held"]);
    expect(await campaign.events("reward.held")).toHaveLength(2);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("are held when a decision is undone, if they were earned meanwhile", async () => {
    const { campaign, bring } = await watched({ num_signups: 2 });
    const { id } = await bring(fake());
    await decide(campaign, id, "approve");
    await bring();
    expect(await statuses(campaign)).toEqual(["pending"]);
    await decide(campaign, id, "reopen");
    expect(await statuses(campaign)).toEqual(["held"]);
    await decide(campaign, id, "approve");
    await settle();
    expect(await statuses(campaign)).toEqual(["pending"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

/** Marks of reviews whose rewards are not held yet. */
const marked = async ({ id }: TestCampaign) =>
  (await env.DB.prepare("SELECT 1 FROM reviews WHERE campaign_id = ? AND recounts_at IS NOT NULL").bind(id).all())
    .results.length;

describe("a review that was opened when its ledger died", () => {
  /** A reviewed friend signs up, and the ledger dies before the holds. */
  async function bringThenDie(campaign: TestCampaign, bring: (email: string) => Promise<{ id: number }>) {
    const batches: string[] = [];
    const mend = await withFault(campaign, async (batch, statements) => {
      batches.push(batches.length === 0 ? "done" : "lost");
      if (batches.length > 1) throw new Error("the ledger died");
      return batch(statements);
    });
    const friend = await bring(fake());
    await vi.waitUntil(() => batches.includes("lost"));
    await mend();
    return friend;
  }

  it("releases no reward that was held for its days", async () => {
    const { campaign, bring } = await watched({ num_signups: 1000 });
    const rule = { role: "referrer", trigger: "conversion", reward: cash({ percent: 10 }), hold_days: 1 };
    expect((await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, rule)).status).toBe(201);
    const buyer = await bring();
    const sale = { campaign_id: campaign.id, participant_id: buyer.id, conversion_id: "order", amount: 1000 };
    expect((await campaign.owner.post("/api/v1/conversions", sale)).status).toBe(201);
    const { id } = await bringThenDie(campaign, bring);
    const [dayLater, day] = [minutesLater(24 * 60 + 1), 24 * 60];
    await releaseRewards(dayLater);
    expect(await statuses(campaign)).toEqual(["held"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
    await decide(campaign, id, "approve");
    await settle(day + 6);
    expect(await statuses(campaign)).toEqual(["pending"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("holds pending rewards as soon as the sweep finds it", async () => {
    const { campaign, bring } = await watched();
    await bring();
    const { id } = await bringThenDie(campaign, bring);
    expect([await statuses(campaign), await marked(campaign)]).toEqual([["pending"], 1]);
    await settleReviews(minutesLater(2));
    expect([await statuses(campaign), await marked(campaign)]).toEqual([["held"], 0]);
    expect(await campaign.events("review.opened")).toHaveLength(1);
    expect(await brokenPromises(campaign.id)).toEqual([]);
    await decide(campaign, id, "approve");
    await settle();
    expect(await statuses(campaign)).toEqual(["pending"]);
  });

  it("has no mark after that, or if nothing is held", async () => {
    const { campaign, bring } = await watched();
    await bring();
    await bring(fake());
    await untilHeld(campaign);
    expect(await marked(campaign)).toBe(0);
    const { campaign: looked, bring: lookAt } = await watched({ fraud_mode: "watch" });
    await lookAt(fake());
    expect(await looked.events("review.opened")).toHaveLength(1);
    expect(await marked(looked)).toBe(0);
  });
});

describe("a decision that can still be undone", () => {
  it("does not take effect with another one of the same referrer", async () => {
    const { campaign, bring } = await watched({ num_signups: 1000 });
    const rule = { role: "referrer", trigger: "conversion", reward: cash({ percent: 10 }) };
    expect((await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, rule)).status).toBe(201);
    const friends = [await bring(fake()), await bring(fake())];
    for (const { id } of friends) {
      const sale = { campaign_id: campaign.id, participant_id: id, conversion_id: `of-${id}`, amount: 1000 };
      expect((await campaign.owner.post("/api/v1/conversions", sale)).status).toBe(201);
    }
    const [earlier, later] = friends as [{ id: number }, { id: number }];
    await decide(campaign, earlier.id, "approve");
    await decide(campaign, later.id, "deny");
    await cannotUndo(earlier.id);
    await settle(0);
    expect(await statuses(campaign)).toEqual(["held", "held"]);
    await decide(campaign, later.id, "reopen");
    await decide(campaign, later.id, "approve");
    await settle();
    expect(await statuses(campaign)).toEqual(["pending", "pending"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

describe("the review of an erased friend", () => {
  it("stays until it is decided, without its findings, and is then deleted", async () => {
    const { campaign, bring } = await watched();
    const { id } = await bring(fake());
    const path = `/api/v1/reviews/${id * 2}`;
    expect((await campaign.owner.delete(`/api/v1/participants/${id}`)).status).toBe(200);
    expect((await campaign.owner.get(path)).data).toMatchObject({
      state: "open",
      reasons: [],
      participant: { email: null },
    });
    await settle();
    expect(await statuses(campaign)).toEqual(["held"]);
    await decide(campaign, id, "approve");
    await settle();
    expect(await statuses(campaign)).toEqual(["pending"]);
    expect((await campaign.owner.get(path)).status).toBe(404);
  });
});
