import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { farmingWeights, POINTS_MAX } from "../../src/fraud/farming.ts";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call, newMember } from "../support/client";
import { brokenPromises } from "../support/invariants";

type Member = Awaited<ReturnType<typeof newMember>>;
const campaignsOf = async (owner: Member, count: number) => {
  const all: TestCampaign[] = [];
  const fields = {
    reward_type: 5,
    num_signups: 9,
    reward_invited: true,
    reward: { cash_value: 5 },
    default_emails: [],
  };
  for (let n = 0; n < count; n++) all.push(await newCampaign(fields, owner));
  return all;
};

/** Signs up in the widget, from a home of their own. */
let homes = 0;
async function join(campaign: TestCampaign, email: string, ref?: string) {
  homes += 1;
  const headers = { "CF-Connecting-IP": `81.${homes % 200}.${homes % 90}.142`, "User-Agent": "Mozilla/5.0 (X11)" };
  const answer = await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, ref }, { headers });
  expect(answer.status, answer.text).toBe(200);
  return answer.data;
}
/** `email` signs up with the link of `host`. */
const invited = async (campaign: TestCampaign, email: string, host = someone()) =>
  join(campaign, email, (await join(campaign, host)).referral_code);

type Review = { id: number; score: number; proof: string | null; reasons: { code: string; weight: number }[] };
const reviewsOf = async ({ owner, id }: TestCampaign): Promise<Review[]> =>
  (await owner.get(`/api/v1/reviews?campaign_id=${id}`)).data.reviews;
const statuses = async (campaign: TestCampaign) =>
  (await campaign.rewards()).map((one: { status: string }) => one.status);
const weights = farmingWeights().weights;

type Six = [TestCampaign, TestCampaign, TestCampaign, TestCampaign, TestCampaign, TestCampaign];

/** As if all of the account's invitations were this old. */
const daysAgo = (days: number, [one]: TestCampaign[]) =>
  env.DB.prepare(
    "UPDATE participants SET date_invited = date_invited - ? WHERE member_id = (SELECT member_id FROM campaigns WHERE id = ?) AND invited_by IS NOT NULL",
  )
    .bind(days * 86_400_000, one?.id)
    .run();

describe("a mailbox that collects friend rewards in many campaigns", () => {
  it("is held from the fifth campaign of a week on, and reviewed in the earlier ones", async () => {
    const [owner, farmer] = [await newMember(), someone()];
    const campaigns = await campaignsOf(owner, 5);
    const [name, domain] = farmer.split("@");
    for (const [n, campaign] of campaigns.entries()) {
      await invited(campaign, n === 2 ? `${name}+shop@${domain}` : farmer);
      if (n < 4) expect([await reviewsOf(campaign), await statuses(campaign)]).toEqual([[], ["pending"]]);
    }
    for (const campaign of campaigns) {
      await vi.waitUntil(async () => (await statuses(campaign))[0] === "held");
      const [review] = await reviewsOf(campaign);
      expect(review?.reasons.map(({ code }) => code)).toContain("rewards_elsewhere");
      expect(review?.proof).toBeNull();
      expect(review?.score).toBeGreaterThanOrEqual((weights[8] ?? 0) / 1000);
      expect(await brokenPromises(campaign.id)).toEqual([]);
    }
  });

  it("is not that of a fan of four brands, of old signups, of an erased person, or of another account", async () => {
    const [owner, fan] = [await newMember(), someone()];
    const campaigns = await campaignsOf(owner, 6);
    const [first, second, third, fourth, fifth, sixth] = campaigns as Six;
    for (const campaign of [first, second, third, fourth]) await invited(campaign, fan);
    await daysAgo(366, campaigns);
    await invited(fifth, fan);
    expect(await reviewsOf(fifth)).toEqual([]);
    await daysAgo(-366, campaigns);
    const { participants } = (await owner.get(`/api/v1/participants?campaign_id=${first.id}&email=${fan}`)).data;
    for (const { id } of participants) expect((await owner.delete(`/api/v1/participants/${id}`)).status).toBe(200);
    const rows = "SELECT 1 FROM participants WHERE campaign_id = ? AND email_canonical = ?";
    expect((await env.DB.prepare(rows).bind(first.id, fan).all()).results).toEqual([]);
    const [elsewhere] = (await campaignsOf(await newMember(), 1)) as [TestCampaign];
    await invited(elsewhere, fan);
    expect(await reviewsOf(elsewhere)).toEqual([]);
    // Of the five, three count, and a fourth without an invitation does not.
    await env.DB.prepare("DELETE FROM participants WHERE campaign_id = ? AND email = ?").bind(fifth.id, fan).run();
    await join(fifth, fan);
    await invited(sixth, fan);
    expect(await reviewsOf(sixth)).toEqual([]);
  });

  it("is not that of a friend invited to another campaign every year", async () => {
    const [owner, fan, host] = [await newMember(), someone(), someone()];
    const campaigns = await campaignsOf(owner, 5);
    for (const campaign of campaigns) {
      await daysAgo(366, campaigns);
      await invited(campaign, fan, host);
      expect(await reviewsOf(campaign)).toEqual([]);
    }
  });

  it("is found in two who invite each other in turn, weeks apart, in their fifth campaign", async () => {
    const owner = await newMember();
    const campaigns = await campaignsOf(owner, 5);
    let pair: [string, string] = [someone(), someone()];
    for (const campaign of campaigns) {
      await daysAgo(20, campaigns);
      await invited(campaign, pair[1], pair[0]);
      pair = [pair[1], pair[0]];
    }
    const [last] = await reviewsOf(campaigns[4] as TestCampaign);
    expect(last?.reasons).toMatchObject([{ code: "rewards_elsewhere", weight: (weights[8] ?? 0) / 1000 }]);
    await vi.waitUntil(async () => (await reviewsOf(campaigns[2] as TestCampaign)).length === 1);
    expect(await reviewsOf(campaigns[1] as TestCampaign)).toEqual([]);
  });
});

it("has a weight that learns from people's decisions", () => {
  const { weights: halved, factor } = farmingWeights({ rewards_elsewhere: 0.5 });
  expect([halved[POINTS_MAX], factor]).toEqual([(weights[POINTS_MAX] ?? 0) / 2, 0.5]);
  expect(farmingWeights()).not.toHaveProperty("factor");
});
