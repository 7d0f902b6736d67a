import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runJobs } from "../../src/cron";
import type { GoalItem } from "../../src/ledger/rewards/goals";
import { newEventId } from "../../src/lib/crypto";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { brokenPromises } from "../support/invariants";
import { cash } from "../support/shop";
import { workOf } from "../support/work";

type Person = { id: number; referral_code: string };
type Earned = { participant_id: number; rule_id: number | null; amount: number | null; status: string; role: string };

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const friends = { role: "referrer", trigger: "signup" };

/** A campaign whose own goal is out of reach, with these rules. */
async function withRules(rules: Record<string, unknown>[], fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({ num_signups: 1000, reward_invited: false, ...fields });
  const add = async (rule: Record<string, unknown>) => {
    const answer = await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, { ...friends, ...rule });
    expect(answer.status, answer.text).toBe(201);
    return answer.data;
  };
  const made = [];
  for (const rule of rules) made.push(await add(rule));
  return {
    campaign,
    rules: made,
    add,
    path: (rule: { id: number }) => `/api/v1/campaigns/${campaign.id}/rules/${rule.id}`,
  };
}

const join = async (campaign: TestCampaign): Promise<Person> => (await campaign.signUp(someone())).data;
const refer = (campaign: TestCampaign, { referral_code }: Person, count = 1) =>
  Promise.all(Array.from({ length: count }, () => campaign.refer(referral_code, someone())));
const visit = (person: Person, visitor: number) =>
  call("GET", `/t/${person.referral_code}`, undefined, {
    headers: { "User-Agent": CHROME, "CF-Connecting-IP": `203.0.113.${visitor}` },
  });

/** Each participant's rewards by rules, in order. */
const earned = async (campaign: TestCampaign, { id }: Pick<Person, "id">) =>
  (await campaign.rewards())
    .filter((reward: Earned) => reward.participant_id === id && reward.rule_id !== null)
    .map((reward: Earned) => reward.amount ?? reward.status)
    .reverse();

describe("signup rules", () => {
  it("are tiers: each gives its own reward once, even to a concurrent crowd", async () => {
    for (const isCrowd of [false, true]) {
      const { campaign } = await withRules(
        [3, 5, 10].map((threshold) => ({ threshold, repeat: "once", reward: cash({ amount: threshold * 100 }) })),
      );
      const ada = await join(campaign);
      if (isCrowd) await refer(campaign, ada, 12);
      else {
        await refer(campaign, ada, 2);
        expect(await earned(campaign, ada)).toEqual([]);
        await refer(campaign, ada);
        expect(await earned(campaign, ada)).toEqual([300]);
        for (let i = 0; i < 9; i++) await refer(campaign, ada);
      }
      expect(await earned(campaign, ada)).toEqual([300, 500, 1000]);
      expect(await campaign.events("reward.pending")).toHaveLength(3);
      expect(await brokenPromises(campaign.id)).toEqual([]);
    }
  });

  it("reward every friend or every N, and friends differently, beside the campaign's own reward", async () => {
    const { campaign } = await withRules(
      [
        { reward: cash({ amount: 100 }) },
        { threshold: 3, reward: cash({ amount: 7 }) },
        { role: "invited", reward: { reward_type: 3, custom_message: "Welcome!" } },
      ],
      { num_signups: 2, reward_type: 5, reward_invited: true, reward: { cash_value: 1 } },
    );
    const ada = await join(campaign);
    const [first] = await refer(campaign, ada, 7);
    expect((await earned(campaign, ada)).toSorted((a: number, b: number) => a - b)).toEqual([
      ...[7, 7],
      ...Array(7).fill(100),
    ]);
    expect(await earned(campaign, first?.data.participant)).toEqual(["fulfilled"]);
    const own = (await campaign.rewards()).filter((reward: Earned) => reward.rule_id === null);
    expect(own.filter(({ role }: Earned) => role === "referrer")).toHaveLength(1);
    expect(own.filter(({ role }: Earned) => role === "invited")).toHaveLength(7);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("stop at their caps and budgets, even with concurrent signups", async () => {
    const { campaign, rules } = await withRules([
      { reward: cash({ amount: 300 }), budget: 3_100 },
      { reward: cash({ amount: 5 }), max_per_participant: 4 },
      { reward: cash({ amount: 1 }), max_per_month: 2 },
    ]);
    const [ada, grace] = [await join(campaign), await join(campaign)];
    await Promise.all([refer(campaign, ada, 20), refer(campaign, grace, 20)]);
    const all: Earned[] = await campaign.rewards();
    const of = (amount: number) => all.filter((reward) => reward.amount === amount);
    expect([of(300).length, of(5).length, of(1).length]).toEqual([10, 8, 4]);
    expect((await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/rules/${rules[0].id}`)).data.spent).toBe(3000);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("hold rewards like conversion rules", async () => {
    const { campaign } = await withRules([{ reward: cash({ amount: 300 }), needs_approval: true }]);
    const ada = await join(campaign);
    await refer(campaign, ada);
    const [reward] = await campaign.rewards();
    expect(reward).toMatchObject({ status: "held", needs_approval: true, conversion_id: null });
    await campaign.owner.post("/api/v1/rewards/actions", { ids: [reward.id], action: "approve" });
    const { status, entries } = (await campaign.owner.get(`/api/v1/rewards/${reward.id}`)).data;
    expect([status, entries.map(({ to }: { to: string }) => to)]).toEqual(["pending", ["held", "held", "pending"]]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
    await campaign.owner.delete(`/api/v1/participants/${ada.id}`);
    const { results } = await env.DB.prepare("SELECT sum(amount) AS owed FROM credit_entries WHERE reward_id = ?")
      .bind(reward.id)
      .all();
    expect(results).toEqual([{ owed: 0 }]);
  });

  it("give each code once beside the campaign's own reward, and rewards without a code wait", async () => {
    const coupon = { reward_type: 1 };
    const { campaign } = await withRules([{ reward: coupon }, { role: "invited", reward: coupon }], {
      num_signups: 1,
      reward_type: 1,
      reward_invited: true,
    });
    const codes = someCodes(20);
    await campaign.upload(codes);
    const ada = await join(campaign);
    await refer(campaign, ada, 8);
    const rewards: { status: string; coupon: string | null }[] = await campaign.rewards();
    // The goal's once, and three for each friend.
    expect(rewards).toHaveLength(25);
    expect(rewards.flatMap((reward) => reward.coupon ?? []).sort()).toEqual(codes.toSorted());
    expect(rewards.filter(({ status }) => status === "pending")).toHaveLength(5);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("count a friend when they are admitted, for tiers that their referrer or they have reached", async () => {
    const { campaign } = await withRules(
      [
        { threshold: 1, repeat: "once", reward: cash({ amount: 1 }) },
        { reward: cash({ amount: 20 }) },
        { role: "invited", reward: cash({ amount: 300 }) },
      ],
      { double_opt_in: true },
    );
    const ada = await join(campaign);
    const email = someone();
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, ref: ada.referral_code });
    const list = await campaign.owner.get(
      `/api/v1/participants?campaign_id=${campaign.id}&email=${encodeURIComponent(email)}`,
    );
    const [grace] = list.data.participants;
    await refer(campaign, grace);
    expect([await earned(campaign, ada), await earned(campaign, grace)]).toEqual([[], []]);
    expect((await campaign.owner.patch(`/api/v1/participants/${grace.id}`, { status: "active" })).status).toBe(200);
    expect([await earned(campaign, ada), await earned(campaign, grace)]).toEqual([
      [1, 20],
      [1, 300],
    ]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("refuse campaigns whose codes cannot be used to sign up", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 5 });
    const rule = { ...friends, reward: cash({ amount: 1 }) };
    expect(await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, rule)).toMatchObject({ status: 409 });
  });

  it("cost no row while no tier is reached, and a limited number then", async () => {
    const { campaign, add } = await withRules([]);
    const ada = await join(campaign);
    await refer(campaign, ada, 2);
    const cost = async () =>
      (await workOf(() => campaign.refer(ada.referral_code, someone()))) as { rows_written: number; d1_calls: number };
    const without = await cost();
    for (const threshold of [30, 50, 100]) await add({ threshold, repeat: "once", reward: cash({ amount: 1 }) });
    expect(await cost()).toMatchObject({ d1_calls: 1, rows_written: without.rows_written });
    await add({ reward: cash({ amount: 1 }) });
    await cost();
    // The reward and its five index entries, its row in the ledger, its count, the campaign's spending, and its event with its number.
    expect((await cost()).rows_written).toBeLessThanOrEqual(without.rows_written + 11);
  });
});

describe("visit rules", () => {
  it("count a visitor a day, in a campaign of signups, too, and reward every N or once", async () => {
    const { campaign } = await withRules([
      { trigger: "visit", threshold: 2, reward: cash({ amount: 1 }) },
      { trigger: "visit", threshold: 3, repeat: "once", reward: cash({ amount: 50 }) },
    ]);
    const ada = await join(campaign);
    for (const visitor of [1, 1, 2, 3, 4, 4]) await visit(ada, visitor);
    expect(await earned(campaign, ada)).toEqual([1, 50, 1]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

describe("a changed rule", () => {
  it("gives a new or lower tier to participants who have reached it, once, and takes nothing back", async () => {
    const { campaign, add, path } = await withRules([]);
    const [ada, grace, blocked] = [await join(campaign), await join(campaign), await join(campaign)];
    await refer(campaign, ada, 4);
    await refer(campaign, grace, 2);
    await refer(campaign, blocked, 4);
    await campaign.owner.patch(`/api/v1/participants/${blocked.id}`, { status: "blocked" });
    const rung = await add({ threshold: 3, repeat: "once", reward: cash({ amount: 300 }) });
    expect([await earned(campaign, ada), await earned(campaign, grace)]).toEqual([[300], []]);
    await campaign.owner.put(path(rung), { threshold: 5, reward: cash({ amount: 400 }) });
    await campaign.owner.put(path(rung), { threshold: 2 });
    expect([await earned(campaign, ada), await earned(campaign, grace)]).toEqual([[300], [400]]);
    expect(await earned(campaign, blocked)).toEqual([]);
    await campaign.owner.patch(`/api/v1/participants/${blocked.id}`, { status: "active" });
    expect(await earned(campaign, blocked)).toEqual([400]);
    await campaign.owner.delete(path(rung));
    await refer(campaign, await join(campaign), 3);
    expect((await campaign.rewards()).map(({ amount }: Earned) => amount).sort()).toEqual([300, 400, 400]);
    const snapshots = await env.DB.prepare(
      "SELECT rule ->> 'amount' AS amount FROM credit_entries c JOIN rewards w ON w.id = c.reward_id WHERE w.campaign_id = ? ORDER BY 1",
    )
      .bind(campaign.id)
      .all<{ amount: number }>();
    expect(snapshots.results.map(({ amount }) => amount)).toEqual([300, 400, 400]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("does not reward earlier friends again for a repeated reward", async () => {
    const { campaign, add, path } = await withRules([]);
    const ada = await join(campaign);
    await refer(campaign, ada, 3);
    const rule = await add({ threshold: 2, reward: cash({ amount: 1 }) });
    await runJobs(env);
    await refer(campaign, ada);
    expect(await earned(campaign, ada)).toEqual([]);
    await refer(campaign, ada);
    expect(await earned(campaign, ada)).toEqual([1]);
    await campaign.owner.put(path(rule), { threshold: 1, reward: cash({ amount: 2 }) });
    expect(await earned(campaign, ada)).toEqual([1]);
    await refer(campaign, ada);
    expect(await earned(campaign, ada)).toEqual([1, 2]);
    expect(await campaign.owner.put(path(rule), { trigger: "visit" })).toMatchObject({ status: 409 });
  });

  it("gives a tier once, whoever asks for it again", async () => {
    const { campaign } = await withRules([{ threshold: 1, repeat: "once", reward: cash({ amount: 5 }) }]);
    const ada = await join(campaign);
    await refer(campaign, ada);
    const { id } = await join(campaign);
    await env.DB.prepare("UPDATE participants SET referral_count = 3 WHERE id = ?").bind(id).run();
    const item: GoalItem = {
      kind: "goal",
      id: newEventId(new Date()),
      at: Date.now(),
      origin: "https://referrals.test",
      participant_id: id,
    };
    const ledger = env.LEDGER.getByName(String(campaign.id));
    for (let i = 0; i < 2; i++) await ledger.meetGoals([item, { ...item, participant_id: ada.id, id: `${item.id}b` }]);
    await ledger.meetGoals([{ ...item, id: newEventId(new Date()) }]);
    expect([await earned(campaign, { id }), await earned(campaign, ada)]).toEqual([[5], [5]]);
    expect(await campaign.stats()).toMatchObject({ rewards_pending: 2 });
    expect(await campaign.events("reward.%")).toHaveLength(2);
  });
});
