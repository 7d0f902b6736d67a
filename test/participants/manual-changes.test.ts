import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { brokenPromises } from "../support/invariants";
import { browserOf, colleagueOf } from "../support/session";

type Campaign = TestCampaign;
const give = ({ owner }: Campaign, id: number, gift: object) => owner.post(`/api/v1/participants/${id}/rewards`, gift);
const statsOf = async ({ owner, id }: Campaign) => (await owner.get(`/api/v1/campaigns/${id}/stats`)).data;
const audit = async ({ owner }: Campaign) =>
  (
    await env.DB.prepare("SELECT action FROM audit_entries WHERE account_id = ? ORDER BY id")
      .bind(owner.id)
      .all<{ action: string }>()
  ).results.map(({ action }) => action);

describe("a reward given by hand", () => {
  it.each([
    [
      { reward_type: 5, amount: 1250 },
      { type: "cash", status: "pending", amount: 1250, cash_value: 12.5 },
    ],
    [
      { reward_type: 6, amount: 500 },
      { type: "credit", status: "fulfilled", credit_value: 5 },
    ],
    [
      { reward_type: 2, redirect_url: "https://acme.example/gift" },
      { type: "redirect", status: "fulfilled" },
    ],
    [
      { reward_type: 3, custom_message: "Thanks" },
      { type: "message", status: "fulfilled", custom_message: "Thanks" },
    ],
    [{ reward_type: 1 }, { type: "coupon", status: "pending", coupon: null }],
  ])("works like any other: %j", async (gift, expected) => {
    const campaign = await newCampaign({ num_signups: 1, reward_type: 5, reward: { cash_value: 1 } });
    const { data: ada } = await campaign.signUp(someone());
    const { status, data } = await give(campaign, ada.id, { ...gift, note: "For the wait" });
    expect(status).toBe(201);
    expect(data).toMatchObject({
      ...expected,
      participant_id: ada.id,
      rule_id: null,
      role: "referrer",
      currency: "USD",
    });
    const { entries } = (await campaign.owner.get(`/api/v1/rewards/${data.id}`)).data;
    expect(entries).toMatchObject([{ from: null, to: data.status, reason: "given by hand", amount: data.amount }]);
    expect(await campaign.events(`reward.${data.status}`)).toHaveLength(1);
    const { decisions } = (await campaign.owner.get(`/api/v1/decisions?participant_id=${ada.id}`)).data;
    expect(decisions[0]).toMatchObject({
      subject: { type: "reward", id: data.id },
      outcome: "credited",
      reasons: [{ code: "given_by_hand" }],
    });
    expect(await audit(campaign)).toContain("Gave a reward manually");
    expect(await brokenPromises(campaign.id)).toEqual([]);
    // The goal's own reward can still be earned: its decision does not mistake the gift for it.
    const friend = await campaign.refer(ada.referral_code, someone());
    expect(friend.data.reward).toMatchObject({ type: "cash", cash_value: 1 });
    expect((await campaign.owner.patch(`/api/v1/rewards/${data.id}`, { status: "revoked" })).data.status).toBe(
      "revoked",
    );
    expect(await statsOf(campaign)).toMatchObject({ rewards_pending: 1 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("takes a coupon code after waiting rewards, once per request", async () => {
    const campaign = await newCampaign({ num_signups: 1, reward_type: 1 });
    const { data: ada } = await campaign.signUp(someone());
    await campaign.refer(ada.referral_code, someone());
    await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/coupons`, { codes: ["FIRST", "SECOND", "THIRD"] });
    const key = { headers: { "Idempotency-Key": crypto.randomUUID() } };
    const path = `/api/v1/participants/${ada.id}/rewards`;
    const [one, again] = [
      await campaign.owner.post(path, { reward_type: 1 }, key),
      await campaign.owner.post(path, { reward_type: 1 }, key),
    ];
    expect(one.data).toMatchObject({ status: "fulfilled", coupon: "SECOND" });
    expect(again.data).toEqual(one.data);
    expect(await campaign.rewards()).toHaveLength(2);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("refuses invalid input with a reason", async () => {
    const campaign = await newCampaign();
    const { data: ada } = await campaign.signUp(someone());
    for (const [gift, error] of [
      [{ reward_type: 5 }, "amount is required"],
      [{ reward_type: 5, amount: 0 }, "amount"],
      [{ reward_type: 4 }, "reward_type must be"],
      [{ reward_type: 1, amount: 5 }, "amount is not for this reward_type"],
      [{ reward_type: 2, redirect_url: "javascript:alert(1)" }, "redirect_url"],
    ] as const) {
      const answer = await give(campaign, ada.id, gift);
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(error)]);
    }
    await campaign.owner.patch(`/api/v1/participants/${ada.id}`, { status: "blocked" });
    expect(await give(campaign, ada.id, { reward_type: 1 })).toMatchObject({ status: 409 });
    const stranger = await newCampaign();
    expect(await give(stranger, ada.id, { reward_type: 1 })).toMatchObject({ status: 404 });
    expect(await campaign.rewards()).toEqual([]);
  });
});

describe("a changed referrer", () => {
  /** Rewards stay with those who earned them, though they are not at the goal anymore. */
  const broken = async ({ id }: Campaign) =>
    (await brokenPromises(id)).filter(
      (promise) => promise !== "whoever is at the goal has its reward, and nobody else",
    );
  /** Ada has brought Grace; Bob has brought nobody. */
  async function threesome(fields: Record<string, unknown> = {}) {
    const campaign = await newCampaign({ num_signups: 1, reward_type: 5, reward: { cash_value: 1 }, ...fields });
    const [ada, bob] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    const grace = (await campaign.refer(ada.referral_code, someone())).data.participant;
    const move = (id: number, invited_by: number | null) =>
      campaign.owner.patch(`/api/v1/participants/${id}`, { invited_by });
    const countOf = async ({ id }: { id: number }) =>
      (await campaign.owner.get(`/api/v1/participants/${id}`)).data.referral_count;
    return { campaign, ada, bob, grace, move, countOf };
  }

  it("moves the count and rewards the new referrer; existing rewards stay", async () => {
    const { campaign, ada, bob, grace, move, countOf } = await threesome({ reward_invited: true });
    const answer = await move(grace.id, bob.id);
    expect(answer).toMatchObject({ status: 200, data: { invited_by: bob.id } });
    expect([await countOf(ada), await countOf(bob)]).toEqual([0, 1]);
    const rewards: { participant_id: number; role: string }[] = await campaign.rewards();
    expect(
      rewards
        .filter(({ role }) => role === "referrer")
        .map((w) => w.participant_id)
        .sort(),
    ).toEqual([ada.id, bob.id].sort());
    expect(rewards.filter(({ role }) => role === "invited")).toHaveLength(1);
    const [event] = await campaign.events("participant.attributed");
    expect(JSON.parse(event?.data ?? "{}")).toMatchObject({ invited_by: bob.id });
    expect((await campaign.owner.get("/api/v1/events?limit=100")).text).toContain("participant.attributed");
    const codes = (await campaign.owner.get(`/api/v1/decisions?participant_id=${grace.id}`)).data.decisions.map(
      (one: { subject: { type: string }; reasons: { code: string }[] }) =>
        `${one.subject.type} ${one.reasons[0]?.code}`,
    );
    expect(codes).toEqual(["signup earned", "signup referrer_changed"]);
    expect(await audit(campaign)).toContain("Changed a participant's referrer");
    expect(await broken(campaign)).toEqual([]);
    expect(await statsOf(campaign)).toMatchObject({ total_referrals: 1 });
    // Moving there and back rewards nobody twice.
    await move(grace.id, ada.id);
    await move(grace.id, bob.id);
    expect(await campaign.rewards()).toHaveLength(3);
    expect(await broken(campaign)).toEqual([]);
  });

  it("removes the credit, or gives it to a participant without one", async () => {
    const { campaign, ada, bob, grace, move, countOf } = await threesome();
    expect((await move(grace.id, null)).data.invited_by).toBeNull();
    expect([await countOf(ada), (await statsOf(campaign)).total_referrals]).toEqual([0, 0]);
    expect(await broken(campaign)).toEqual([]);
    await move(grace.id, bob.id);
    expect([await countOf(bob), (await statsOf(campaign)).total_referrals]).toEqual([1, 1]);
    // Someone who came without a friend.
    await move(ada.id, bob.id);
    expect(await countOf(bob)).toBe(2);
    expect(await broken(campaign)).toEqual([]);
  });

  it("counts for every-friend rules and the waitlist, and refuses circles and strangers", async () => {
    const { campaign, ada, bob, grace, move } = await threesome({ waitlist_enabled: true });
    const rule = { role: "referrer", trigger: "signup", repeat: "every", reward: { reward_type: 6, amount: 300 } };
    expect((await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, rule)).status).toBe(201);
    await move(grace.id, bob.id);
    const credits = (await campaign.rewards()).filter(({ reward_type }: { reward_type: number }) => reward_type === 6);
    expect(credits).toMatchObject([{ participant_id: bob.id, amount: 300 }]);
    await move(bob.id, ada.id);
    const other = await newCampaign({}, campaign.owner);
    const stranger = (await other.signUp(someone())).data;
    await campaign.owner.patch(`/api/v1/participants/${ada.id}`, { status: "blocked" });
    const dan = (await campaign.signUp(someone())).data;
    for (const [who, referrer, expected] of [
      [grace.id, grace.id, { status: 400, code: "self_referral" }],
      [ada.id, grace.id, { status: 409 }],
      [grace.id, stranger.id, { status: 404 }],
      [grace.id, 999_999_999, { status: 404 }],
      [dan.id, ada.id, { status: 409 }],
      [stranger.id, bob.id, { status: 404 }],
    ] as const)
      expect(await move(who, referrer)).toMatchObject(expected);
    expect(await broken(campaign)).toEqual([]);
  });
});

describe("manual changes on the participant's page", () => {
  it("give a reward, change the referrer after a preview, and are hidden from viewers", async () => {
    const campaign = await newCampaign({ name: "Figs" });
    const [ada, bob] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    const grace = (await campaign.refer(ada.referral_code, someone())).data.participant;
    const { page, submit: send } = await browserOf(campaign.owner);
    const at = `/participants/${grace.id}`;
    expect((await page(at)).text).toContain(`${at}/reward`);
    const wrong = await send(`${at}/reward`, { reward_type: "5", currency: "USD", amount: "12.345" });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining("at most 2 decimals")]);
    const given = await send(`${at}/reward`, {
      reward_type: "5",
      currency: "USD",
      amount: "12.50",
      note: "For the wait",
      redirect_url: "",
    });
    expect(given.status).toBe(303);
    const reward = await page(given.headers.get("Location") ?? "");
    for (const text of ["Given manually", "$12.50", "For the wait"]) expect(reward.text).toContain(text);
    expect((await page(at)).text).toContain("Given manually");

    const preview = await send(`${at}/referrer`, { referrer: bob.email });
    expect([preview.status, preview.text]).toEqual([200, expect.stringContaining("Existing rewards stay")]);
    expect((await page(at)).text).not.toContain("Referrer changed");
    expect((await campaign.owner.get(`/api/v1/participants/${grace.id}`)).data.invited_by).toBe(ada.id);
    expect((await send(`${at}/referrer`, { referrer: "nobody@example.com" })).status).toBe(400);
    expect((await send(`${at}/referrer`, { referrer: "nonsense" })).status).toBe(400);
    expect((await send(`${at}/referrer`, { chosen: String(bob.id) })).status).toBe(303);
    expect((await campaign.owner.get(`/api/v1/participants/${grace.id}`)).data.invited_by).toBe(bob.id);
    expect((await audit(campaign)).filter((said) => said === "Changed a participant's referrer")).toHaveLength(1);

    const viewer = await colleagueOf(campaign.owner, "viewer");
    expect((await viewer.page(at)).text).not.toContain(`${at}/reward`);
    for (const path of ["reward", "referrer"]) {
      expect((await viewer.page(`${at}/${path}`)).status).toBe(403);
      expect((await viewer.submit(`${at}/${path}`, { reward_type: "1", chosen: "0" })).status).toBe(403);
    }
  });
});
