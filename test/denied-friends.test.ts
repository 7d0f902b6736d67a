import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { standings } from "../src/campaigns/contest/contest-store";
import { openDb } from "../src/lib/db";
import { settleReviews } from "../src/participants/reviews/settle";
import { heldRewards } from "../src/participants/reviews/settling-store";
import { releaseRewards } from "../src/participants/rewards/reward-records";
import { newCampaign as newShop, someone, type TestCampaign } from "./support/campaign";
import { entrants, join, newContest, runDraw } from "./support/contests";
import { brokenPromises } from "./support/invariants";
import { cash } from "./support/shop";

const FAKE = "fakes.example";
const fake = () => `fake-${crypto.randomUUID()}@${FAKE}`;

/** A campaign that holds what friends of one domain earn, and someone who brings them. */
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

describe("friends whom a review denied", () => {
  it("do not count toward a goal, or a rung, that comes later", async () => {
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
    // What was told of them stays as it was.
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

  it("credit nobody else either", async () => {
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

  it("are no entries in a contest", async () => {
    const { member, campaignId } = await newContest();
    const [star] = await join(campaignId, [{}]);
    const friends = await join(campaignId, [{ invited_by: star }, { invited_by: star }]);
    await env.DB.batch([
      env.DB.prepare("UPDATE participants SET referral_count = 2 WHERE id = ?").bind(star),
      reviewRow(campaignId, star as number, friends[0] as number, "denied"),
      reviewRow(campaignId, star as number, friends[1] as number, "approved"),
    ]);
    expect(await standings(openDb(env.DB, "first-primary"), Number(member.id), campaignId)).toMatchObject([
      { participant_id: star, entries: 2 },
    ]);
    await runDraw();
    expect((await entrants(campaignId)).text).toContain(`${star}:2\n`);
  });
});

const reviewRow = (campaign: number, referrer: number, participant: number, state: string) =>
  env.DB.prepare(
    `INSERT INTO reviews (id, member_id, campaign_id, referrer_id, participant_id, state, score, reasons, version, is_holding, event, date_opened, by)
    SELECT ?3 * 2, member_id, id, ?2, ?3, ?4, 900, '[]', 1, 1, 'evt_review', 0, 'Ada' FROM campaigns WHERE id = ?1`,
  ).bind(campaign, referrer, participant, state);

describe("rewards that wait for another review", () => {
  it("take nobody's turn", async () => {
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
