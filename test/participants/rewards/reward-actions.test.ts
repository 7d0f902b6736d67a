import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone, type TestCampaign } from "../../support/campaign";
import { brokenPromises } from "../../support/invariants";
import { cash, newShop } from "../../support/shop";
import { workOf } from "../../support/work";

const DAY_MS = 86_400_000;

describe("actions on the rewards that a filter matches", () => {
  const act = ({ owner }: TestCampaign, body: Record<string, unknown>) => owner.post("/api/v1/rewards/actions", body);

  it("take the oldest 100 matching rewards, and report whether there are more", async () => {
    const each = { trigger: "signup", repeat: "every", reward: cash({ amount: 1 }), needs_approval: true };
    const { campaign, grace, ada } = await newShop([each]);
    const filter = { campaign_id: campaign.id };
    const own = { ...filter, participant_id: grace.id };
    for (let n = 0; n < 2; n++) await campaign.refer(grace.referral_code, someone());
    await Promise.all(Array.from({ length: 100 }, () => campaign.refer(ada.referral_code, someone())));
    expect((await act(campaign, { filter, action: "fulfill" })).data).toEqual({ results: [], has_more: false });
    const mine = (await act(campaign, { filter: own, action: "approve", note: "Checked" })).data;
    expect(mine).toMatchObject({ results: Array(2).fill({ done: true, status: "pending" }), has_more: false });
    const coupons = await act(campaign, { filter: { ...filter, reward_type: 1 }, action: "approve" });
    expect(coupons.data.results).toEqual([]);
    const first = (await act(campaign, { filter, action: "approve" })).data;
    expect([first.results.length, first.has_more]).toEqual([100, true]);
    const rest = (await act(campaign, { filter: { ...filter, status: "held" }, action: "revoke" })).data;
    expect(rest).toMatchObject({ results: [{ done: true, status: "revoked" }], has_more: false });
    const early = { ...filter, earned_before: new Date(Date.now() - DAY_MS).toISOString() };
    expect((await act(campaign, { filter: early, action: "fulfill" })).data.results).toEqual([]);
    const late = { ...filter, reward_type: 5, earned_after: early.earned_before };
    const paid = (await act(campaign, { filter: late, action: "fulfill" })).data;
    expect([paid.results.length, paid.has_more]).toEqual([100, true]);
    expect(await campaign.stats()).toMatchObject({ rewards_pending: 2 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("refuse ambiguous requests, and other members' campaigns", async () => {
    const { campaign } = await newShop([]);
    const filter = { campaign_id: campaign.id };
    for (const body of [
      { action: "approve" },
      { action: "approve", filter, ids: [1] },
      { action: "approve", filter: {} },
      { action: "approve", filter: { ...filter, status: "pending" } },
      { action: "approve", filter: { ...filter, reward_type: 7 } },
      { action: "fulfill", filter: { ...filter, status: "held" } },
      { action: "revoke", filter },
      { action: "revoke", filter: { ...filter, status: "fulfilled" } },
    ])
      expect(await act(campaign, body), JSON.stringify(body)).toMatchObject({ status: 400 });
    expect(await act(await newCampaign(), { action: "approve", filter })).toMatchObject({ status: 404 });
  });
});

it("pay rewards earned before a moment, and leave the rest", async () => {
  const { campaign, ada, buy, grace } = await newShop([{ reward: cash({ amount: 100 }) }]);
  await buy({ participant_id: grace.id });
  const pay = (earned_before: Date) =>
    campaign.owner.post("/api/v1/payouts", {
      filter: { participant_id: ada.id, earned_before: earned_before.toISOString() },
      reference: "November",
    });
  expect(await pay(new Date(Date.now() - DAY_MS))).toMatchObject({ status: 409, code: "conflict" });
  const [reward] = await campaign.rewards();
  expect((await pay(new Date(Date.now() + DAY_MS))).data).toMatchObject({
    paid: [reward.id],
    skipped: [],
    more: false,
  });
});

it("read the same number of rows, however many rewards wait", async () => {
  const read = [];
  for (const n of [150, 3000]) {
    const { campaign, grace, buy } = await newShop([{ reward: cash({ percent: 10 }) }]);
    const [{ id }] = (await buy({ participant_id: grace.id })).data.rewards;
    await env.DB.prepare(
      `WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < ?2)
      INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, amount, currency, rule_id, date_earned, earn_event)
      SELECT w.id + v, w.member_id, w.campaign_id, w.participant_id, w.role, w.reward_type, 'pending', w.amount, w.currency, w.rule_id, w.date_earned + v, 'x' || v
      FROM n, rewards w WHERE w.id = ?1`,
    )
      .bind(id, n)
      .run();
    // One to approve, one held for days, and one approved before its days are over. All others wait for their payment.
    await env.DB.prepare(
      `UPDATE rewards SET needs_approval = CASE id - ?1 WHEN 1 THEN 1 WHEN 3 THEN 0 END, held_until = iif(id - ?1 IN (2, 3), date_earned + 7 * ?3, NULL)
        WHERE campaign_id = ?2`,
    )
      .bind(id, campaign.id, DAY_MS)
      .run();
    const act = (action: string, status: string | undefined, done: number) =>
      workOf(async () => {
        const body = { filter: { campaign_id: campaign.id, status }, action };
        const answer = await campaign.owner.post("/api/v1/rewards/actions", body);
        expect(answer.data.results, action).toHaveLength(done);
      });
    const work = [
      await act("revoke", "held", 3),
      await act("revoke", "held", 0),
      await act("approve", undefined, 0),
      await act("fulfill", undefined, 100),
    ];
    read.push(work.map(({ rows_read }) => rows_read));
  }
  expect(read[1]).toEqual(read[0]);
});
