import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { standings } from "../../../src/campaigns/contest/contest-store";
import { openDb } from "../../../src/lib/db";
import { leadersOf, rankOf, toLeaders } from "../../../src/participants/leaderboard";
import { settleReviews } from "../../../src/participants/reviews/settle";
import { dueReviews, heldRewards, settlingReviews } from "../../../src/participants/reviews/settling-store";
import { releaseRewards } from "../../../src/participants/rewards/reward-records";
import { newCampaign as newShop, someCodes, someone, type TestCampaign } from "../../support/campaign";
import { entrants, join, newContest, runDraw } from "../../support/contests";
import { brokenPromises } from "../../support/invariants";
import { withFault } from "../../support/ledger-fault";
import { cash } from "../../support/shop";

const FAKE = "fakes.example";
const fake = () => `fake-${crypto.randomUUID()}@${FAKE}`;

/** A campaign that holds rewards for friends of one domain, and their referrer. */
async function watched(fields: Record<string, unknown> = {}) {
  const campaign = await newShop({
    num_signups: 3,
    reward_type: 5,
    reward: { cash_value: 5 },
    reward_invited: false,
    ...fields,
  });
  await campaign.owner.post("/api/v1/lists", { kind: "domain", value: FAKE, action: "block" });
  const ada = (await campaign.signUp(someone())).data;
  const bring = async (email = someone()) => (await campaign.refer(ada.referral_code, email)).data;
  return { campaign, ada, bring };
}

const reviewsOf = async ({ owner, id }: TestCampaign, state: string) =>
  (await owner.get(`/api/v1/reviews?campaign_id=${id}&state=${state}`)).data.reviews as { id: number }[];

async function decide(campaign: TestCampaign, verdict: string) {
  const list = await reviewsOf(campaign, verdict === "reopen" ? "denied" : "open");
  expect(list.length).toBeGreaterThan(0);
  for (const { id } of list) expect((await campaign.owner.post(`/api/v1/reviews/${id}`, { verdict })).status).toBe(200);
}

const minutesLater = (n: number) => ({
  db: openDb(env.DB, "first-primary"),
  env,
  now: () => new Date(Date.now() + n * 60_000),
});
async function settle() {
  await settleReviews(minutesLater(6));
  await releaseRewards(minutesLater(7));
}
const earned = async (campaign: TestCampaign) =>
  (await campaign.rewards()).map(({ status }: { status: string }) => status);

describe("denied friends", () => {
  it("do not count toward a later goal or tier", async () => {
    const { campaign, ada, bring } = await watched();
    const rung = { role: "referrer", trigger: "signup", threshold: 3, repeat: "once", reward: cash({ amount: 500 }) };
    expect((await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, rung)).status).toBe(201);
    await bring(fake());
    await bring(fake());
    await decide(campaign, "deny");
    await settle();
    await bring();
    await bring();
    expect(await earned(campaign)).toEqual([]);
    await bring();
    expect(await earned(campaign)).toHaveLength(2);
    // Numbers already sent stay unchanged.
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(5);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("count again once the decision is undone", async () => {
    const { campaign, bring } = await watched();
    await bring(fake());
    await decide(campaign, "deny");
    await bring();
    await bring();
    expect(await earned(campaign)).toEqual([]);
    await decide(campaign, "reopen");
    expect(await earned(campaign)).toEqual(["held"]);
    await decide(campaign, "approve");
    await settle();
    expect(await earned(campaign)).toEqual(["pending"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("are counted again by the sweep if the undoing request was cut short", async () => {
    const { campaign, bring } = await watched({ num_signups: 2 });
    await bring(fake());
    await decide(campaign, "deny");
    await bring();
    const heal = await withFault(campaign, () => Promise.reject(new Error("D1_ERROR: Network connection lost.")));
    await decide(campaign, "reopen");
    await heal();
    expect(await earned(campaign)).toEqual([]);
    await settleReviews(minutesLater(2));
    expect(await earned(campaign)).toEqual(["held"]);
    await settleReviews(minutesLater(3));
    expect(await earned(campaign)).toEqual(["held"]);
    const left = env.DB.prepare("SELECT id FROM reviews WHERE campaign_id = ? AND recounts_at IS NOT NULL");
    expect((await left.bind(campaign.id).all()).results).toEqual([]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("do not credit another referrer either", async () => {
    const { campaign, bring } = await watched({ num_signups: 2 });
    const { id } = await bring(fake());
    await decide(campaign, "deny");
    await settle();
    const bob = (await campaign.signUp(someone())).data;
    await campaign.refer(bob.referral_code, someone());
    const moved = await campaign.owner.patch(`/api/v1/participants/${id}`, { invited_by: bob.id });
    expect(moved.status, moved.text).toBe(200);
    expect((await campaign.owner.get(`/api/v1/participants/${bob.id}`)).data.referral_count).toBe(1);
    expect(await earned(campaign)).toEqual([]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("are not entries in a contest", async () => {
    const { member, campaignId } = await newContest();
    const [star] = await join(campaignId, [{}]);
    const friends = await join(campaignId, [{ invited_by: star }, { invited_by: star }]);
    await env.DB.batch([
      env.DB.prepare("UPDATE participants SET referral_count = 2 WHERE id = ?").bind(star),
      reviewRow(campaignId, star as number, friends[0] as number),
      reviewRow(campaignId, star as number, friends[1] as number),
      env.DB.prepare(
        "UPDATE reviews SET state = iif(participant_id = ?, 'denied', 'approved') WHERE campaign_id = ?",
      ).bind(friends[0], campaignId),
    ]);
    expect(await standings(openDb(env.DB, "first-primary"), Number(member.id), campaignId)).toMatchObject([
      { participant_id: star, entries: 2 },
    ]);
    await runDraw();
    expect((await entrants(campaignId)).text).toContain(`${star}:2\n`);
  });
});

const onRules = async (campaign: TestCampaign, rule: Record<string, unknown>) => {
  const made = await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, {
    role: "referrer",
    trigger: "signup",
    reward: cash({ amount: 500 }),
    ...rule,
  });
  expect(made.status, made.text).toBe(201);
};
const count = async (campaign: TestCampaign) => Map.groupBy(await earned(campaign), (status) => status);
const told = async (campaign: TestCampaign) => (await campaign.events("reward.%")).map(({ type }) => type).toSorted();

describe("a public leaderboard", () => {
  it("ranks by counting friends, and reads no more rows with more people", async () => {
    const { campaign, ada, bring } = await watched({ num_signups: 1000, publish: "public" });
    for (let i = 0; i < 3; i++) await bring(fake());
    await bring();
    const others: { id: number; referral_code: string }[] = [];
    for (let i = 0; i < 2; i++) others.push((await campaign.signUp(someone(), { name: "Grace Hopper" })).data);
    for (const one of [others[0], others[0], others[1]]) await campaign.refer(one?.referral_code ?? "", someone());
    const db = openDb(env.DB, "first-primary");
    const board = async () => {
      const [rows] = await db.batch([leadersOf({ db }, campaign.id, 10)]);
      return toLeaders(rows).map(({ rank, name, referral_count }) => `${rank}. ${name} ${referral_count}`);
    };
    const ranks = () => Promise.all([ada, ...others].map(({ id }) => rankOf({ db }, campaign.id, id)));
    expect(await board()).toEqual(["1. Somebody 4", "2. Grace H. 2", "3. Grace H. 1"]);
    expect(await ranks()).toEqual([1, 2, 3]);
    await decide(campaign, "deny");
    expect(await board()).toEqual(["1. Grace H. 2", "2. Somebody 1", "2. Grace H. 1"]);
    expect(await ranks()).toEqual([2, 1, 2]);
    const api = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/leaderboard`)).data.leaderboard;
    expect(api[0]).toMatchObject({ participant_id: ada.id, referral_count: 4 });
    await env.DB.prepare(
      `INSERT INTO participants (member_id, campaign_id, email, date_signedup, signup_event, referral_count, denied_friends)
      SELECT c.member_id, c.id, 'crowd-' || value, 0, 'evt_' || value, 2, 2 FROM campaigns c, json_each(?2) WHERE c.id = ?1`,
    )
      .bind(campaign.id, JSON.stringify(Array.from({ length: 1500 }, (_, i) => i)))
      .run();
    const before = db.meter.rows_read;
    await board();
    expect(db.meter.rows_read - before).toBeLessThan(500);
  });
});

describe("a goal's reward that a denial revoked", () => {
  /** A goal of two friends. One of them was denied, so the coupon was revoked. */
  async function revoked() {
    const all = await watched({ num_signups: 2, reward_type: 1, reward: {} });
    await all.campaign.upload(someCodes(3));
    await all.bring(fake());
    await all.bring();
    await decide(all.campaign, "deny");
    await settle();
    expect(await earned(all.campaign)).toEqual(["revoked"]);
    return all;
  }

  it("is earned again with later friends, once, with one code and one event", async () => {
    const { campaign, bring } = await revoked();
    // The answer of the earning commit is lost, so the ledger repeats it.
    let calls = 0;
    const heal = await withFault(campaign, async (batch, statements) => {
      const results = await batch(statements);
      if (calls++ === 0) throw new Error("D1_ERROR: Network connection lost.");
      return results;
    });
    await bring();
    await heal();
    await bring();
    const [reward] = await campaign.rewards();
    expect(reward).toMatchObject({ status: "fulfilled", coupon: expect.any(String) });
    expect(await told(campaign)).toEqual(["reward.fulfilled", "reward.held", "reward.revoked"]);
    expect(await campaign.stats()).toMatchObject({ coupons_available: 2 });
    const { entries } = (await campaign.owner.get(`/api/v1/rewards/${reward.id}`)).data;
    expect(entries.map(({ reason, to }: { reason: string; to: string }) => `${reason}: ${to}`).toSorted()).toEqual([
      "Denied in a review: revoked",
      "earned again: fulfilled",
      "earned: held",
    ]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("stays revoked if a person revoked it", async () => {
    const { campaign, bring } = await revoked();
    await campaign.owner.post("/api/v1/lists", { kind: "domain", value: "more.example", action: "block" });
    await bring(`x-${crypto.randomUUID()}@more.example`);
    expect(await earned(campaign)).toEqual(["held"]);
    const [{ id }] = await campaign.rewards();
    expect((await campaign.owner.patch(`/api/v1/rewards/${id}`, { status: "revoked" })).status).toBe(200);
    await bring();
    expect(await earned(campaign)).toEqual(["revoked"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("is kept if enough other friends remain, and is earned again within a budget for one", async () => {
    const { campaign, bring } = await watched({ num_signups: 1 });
    await onRules(campaign, { threshold: 2, repeat: "once", budget: 500, max_per_participant: 1 });
    await bring(fake());
    await bring();
    expect(await earned(campaign)).toEqual(["held", "held"]);
    await decide(campaign, "deny");
    await settle();
    // The goal asks for one friend, and the tier for two.
    expect((await earned(campaign)).toSorted()).toEqual(["pending", "revoked"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
    await bring();
    await bring();
    expect((await earned(campaign)).toSorted()).toEqual(["pending", "pending", "revoked"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

describe("a rule for every N friends", () => {
  it("rewards friends who are not denied", async () => {
    const { campaign, bring } = await watched({ num_signups: 1000 });
    await onRules(campaign, { threshold: 2, repeat: "every", budget: 1000 });
    await bring(fake());
    for (let i = 0; i < 3; i++) await bring();
    expect(await earned(campaign)).toEqual(["held", "held"]);
    await decide(campaign, "deny");
    await settle();
    expect((await earned(campaign)).toSorted()).toEqual(["pending", "revoked"]);
    await bring();
    expect((await earned(campaign)).toSorted()).toEqual(["pending", "pending", "revoked"]);
    for (let i = 0; i < 2; i++) await bring();
    // The budget was for two.
    expect((await count(campaign)).get("pending")).toHaveLength(2);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("pays nobody twice or too little if a denial is undone", async () => {
    const { campaign, bring } = await watched({ num_signups: 1000 });
    await onRules(campaign, { threshold: 2, repeat: "every" });
    await bring(fake());
    await bring();
    expect(await earned(campaign)).toEqual(["held"]);
    await decide(campaign, "deny");
    await bring();
    await decide(campaign, "reopen");
    // Three friends count, and one reward was for two of them.
    expect(await earned(campaign)).toEqual(["held"]);
    await decide(campaign, "deny");
    await bring();
    await bring();
    // Four count without the one who is denied.
    expect(await earned(campaign)).toHaveLength(2);
    await bring();
    expect(await earned(campaign)).toHaveLength(2);
    await decide(campaign, "reopen");
    expect(await earned(campaign)).toHaveLength(3);
    await decide(campaign, "approve");
    await settle();
    expect(await earned(campaign)).toEqual(["pending", "pending", "pending"]);
    await bring();
    expect(await earned(campaign)).toHaveLength(3);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("ignores friends who were denied before it existed", async () => {
    const { campaign, bring } = await watched({ num_signups: 1000 });
    await bring(fake());
    await decide(campaign, "deny");
    await new Promise((done) => setTimeout(done, 2));
    await onRules(campaign, { threshold: 1, repeat: "every" });
    await bring();
    expect(await earned(campaign)).toEqual(["pending"]);
  });
});

const reviewRow = (campaign: number, referrer: number, participant: number) =>
  env.DB.prepare(
    `INSERT INTO reviews (id, member_id, campaign_id, referrer_id, participant_id, state, score, reasons, version, is_holding, event, date_opened, by)
    SELECT ?3 * 2, member_id, id, ?2, ?3, 'open', 900, '[]', 1, 1, 'evt_review', 0, 'Ada' FROM campaigns WHERE id = ?1`,
  ).bind(campaign, referrer, participant);

describe("due reviews", () => {
  it("are decided in turns by account, even if one floods the queue", async () => {
    const [flood, other] = [await newShop(), await newShop()];
    const old = (campaign: TestCampaign, first: number, n: number) =>
      env.DB.prepare(
        `INSERT INTO reviews (id, member_id, campaign_id, referrer_id, participant_id, state, score, reasons, version, is_holding, event, date_opened, settles_at, decides_at)
        SELECT 2 * (1000000 + ?1 + value), c.member_id, c.id, 1, 1000000 + ?1 + value, 'open', 900, '[]', 1, 1, 'evt_review', 0, ?1, ?1
        FROM campaigns c, json_each(?3) WHERE c.id = ?2`,
      ).bind(first, campaign.id, JSON.stringify(Array.from({ length: n }, (_, i) => i)));
    await env.DB.batch([old(flood, 1, 6), old(other, 100, 2)]);
    const db = openDb(env.DB, "first-primary");
    const found = await Promise.all([settlingReviews(db, new Date(), 4), dueReviews(db, new Date(), 4)]);
    for (const list of found)
      expect(list.map(({ campaign_id }) => campaign_id).toSorted()).toEqual([flood.id, flood.id, other.id, other.id]);
    await env.DB.prepare("DELETE FROM reviews WHERE event = 'evt_review'").run();
  });

  it("are settled even if another account's ledger fails", async () => {
    const [one, two] = [await watched({ num_signups: 1 }), await watched({ num_signups: 1 })];
    for (const { bring, campaign } of [one, two]) {
      await bring(fake());
      await decide(campaign, "approve");
    }
    const heal = await withFault(one.campaign, () => Promise.reject(new Error("D1_ERROR: Network connection lost.")));
    await settle();
    await heal();
    expect([await earned(one.campaign), await earned(two.campaign)]).toEqual([["held"], ["pending"]]);
    await settle();
    expect(await earned(one.campaign)).toEqual(["pending"]);
  });
});

describe("rewards that wait for another review", () => {
  it("do not take another reward's turn", async () => {
    const one = await watched({ num_signups: 1 });
    const two = await watched({ num_signups: 1 });
    await one.bring(fake());
    await two.bring(fake());
    await decide(two.campaign, "approve");
    const found = await heldRewards(
      openDb(env.DB, "first-primary"),
      [one.ada.id, two.ada.id],
      1,
      minutesLater(6).now(),
    );
    expect(found).toMatchObject([{ campaign_id: two.campaign.id, verdict: "free" }]);
  });
});
