import { expect } from "vitest";
import type { TestCampaign } from "./campaign";
import { type Model, type Reward, rewardId } from "./model";

/** Compares the API's data about a campaign with its model. `loose`: rewards whose codes may be swapped. */
export async function compare(model: Model, campaign: TestCampaign, loose: Reward[]) {
  const get = async (path: string) => (await campaign.owner.get(path)).data;
  const [stats, ranking, rewards, coupons, people] = await Promise.all([
    campaign.stats(),
    get(`/api/v1/campaigns/${campaign.id}/leaderboard?limit=100`),
    campaign.rewards(),
    get(`/api/v1/campaigns/${campaign.id}/coupons?limit=100`),
    get(`/api/v1/participants?campaign_id=${campaign.id}&limit=100`),
  ]);
  const living = model.living();

  const shown = new Map<number, { coupon: string | null; date_earned: string }>(
    rewards.map((reward: { id: number }) => [reward.id, reward]),
  );
  const codesOf = (list: { coupon: string | null }[]) => list.map(({ coupon }) => coupon).sort();
  expect(codesOf(loose.flatMap((reward) => shown.get(rewardId(reward)) ?? []))).toEqual(codesOf(loose));
  for (const reward of loose) reward.coupon = shown.get(rewardId(reward))?.coupon ?? null;
  for (const reward of model.rewards) reward.at ||= shown.get(rewardId(reward))?.date_earned ?? "";
  const newest = model.rewards.toSorted((a, b) => b.at.localeCompare(a.at) || rewardId(b) - rewardId(a));
  expect(rewards).toMatchObject(
    newest.map(({ person, role, type, status, coupon, at }) => ({
      ...{ id: rewardId({ person, role }), participant_id: person, date_earned: at },
      ...{ role, type, status, coupon },
    })),
  );

  const given = model.rewards.filter((reward) => reward.coupon !== null);
  expect(coupons).toMatchObject({
    total: model.codes.size,
    available: model.pool.length,
    assigned: model.codes.size - model.pool.length,
  });
  const listed = (status: string) =>
    coupons.coupons.filter((coupon: { status: string }) => coupon.status === status).reverse();
  expect(listed("available")).toMatchObject(model.pool.map((code) => ({ code, participant_id: null })));
  const holders = (list: { code: string | null; participant_id: number }[]) =>
    list.map(({ code, participant_id }) => `${code} ${participant_id}`).sort();
  expect(holders(listed("assigned"))).toEqual(
    holders(given.map(({ coupon, person }) => ({ code: coupon, participant_id: person }))),
  );

  const ranked = living
    .filter(({ status }) => status === "active")
    .sort((a, b) => b.count - a.count || a.id - b.id)
    .map(({ id, count }, _, all) => ({
      rank: all.filter((other) => other.count > count).length + 1,
      participant_id: id,
      referral_count: count,
    }));
  expect(ranking).toMatchObject({ leaderboard: ranked, pagination: { total: ranked.length } });
  expect(people).toMatchObject({
    participants: living
      .toSorted((a, b) => b.id - a.id)
      .map(({ id, email, inviter, count, status }) => ({
        ...{ id, email, status },
        ...{ invited_by: inviter, referral_count: count },
      })),
    pagination: { total: living.length },
  });

  const countOf = (status: string) => model.rewards.filter((reward) => reward.status === status).length;
  expect(stats).toMatchObject({
    total_participants: living.length,
    total_referrals: model.referrals,
    total_rewards_given: countOf("fulfilled"),
    rewards_pending: countOf("pending"),
    coupons_available: model.pool.length,
  });
  const daily = Object.values<number>(stats.daily_signups).reduce((sum, n) => sum + n, 0);
  expect(daily).toBe(model.signups);
}
