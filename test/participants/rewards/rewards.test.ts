import { describe, expect, it } from "vitest";
import { newCampaign, someCodes, someone, type TestCampaign } from "../../support/campaign";
import { newMember } from "../../support/client";

/** A participant with this many friends. */
async function withFriends(campaign: TestCampaign, friends: number) {
  const person = (await campaign.signUp(someone())).data;
  const answers = [];
  for (let i = 0; i < friends; i++) answers.push(await campaign.refer(person.referral_code, someone()));
  return { person, answers };
}

describe("a goal of signups", () => {
  it("earns the reward when it is reached, once, and reports it to that call", async () => {
    const campaign = await newCampaign({ num_signups: 2, reward_type: 3, reward: { custom_message: "Thank you!" } });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { custom_message: "Thank you!" });
    const { person, answers } = await withFriends(campaign, 4);
    expect(answers.map((a) => a.data.reward?.participant_id ?? null)).toEqual([null, person.id, null, null]);
    expect(answers[1]?.data.reward).toMatchObject({
      role: "referrer",
      type: "message",
      status: "fulfilled",
      custom_message: "Thank you!",
      coupon: null,
      cash_value: null,
    });
    expect(await campaign.rewards()).toHaveLength(1);
    expect(await campaign.stats()).toMatchObject({ total_referrals: 4, total_rewards_given: 1, rewards_pending: 0 });
  });

  it.each([
    [
      2,
      { redirect_url: "https://shop.example/thanks" },
      "fulfilled",
      { type: "redirect", redirect_url: "https://shop.example/thanks" },
    ],
    [5, { cash_value: 12.5 }, "pending", { type: "cash", cash_value: 12.5 }],
  ])("records a reward of type %i with its value", async (reward_type, value, status, expected) => {
    const campaign = await newCampaign({ reward_type });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, value);
    const { answers } = await withFriends(campaign, 1);
    expect(answers[0]?.data.reward).toMatchObject({ status, reward_type, ...expected });
  });

  it("rewards the friend, too, if the campaign does", async () => {
    const campaign = await newCampaign({ num_signups: 5, reward_type: 3, reward_invited: true });
    const { answers } = await withFriends(campaign, 1);
    expect(answers[0]?.data).toMatchObject({ reward: null, invited_reward: { role: "invited", status: "fulfilled" } });
    expect(answers[0]?.data.invited_reward.participant_id).toBe(answers[0]?.data.id);
  });

  it("works concurrently: exactly one of many signups earns the reward", async () => {
    const campaign = await newCampaign({ num_signups: 3, reward_type: 3 });
    const person = (await campaign.signUp(someone())).data;
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => campaign.refer(person.referral_code, someone())),
    );
    expect(answers.filter((a) => a.data.reward)).toHaveLength(1);
    expect((await campaign.owner.get(`/api/v1/participants/${person.id}`)).data).toMatchObject({
      referral_count: 12,
      total_rewards: 1,
    });
  });
});

describe("coupons", () => {
  it("are read from JSON, text, and CSV, each code once", async () => {
    const campaign = await newCampaign();
    const path = `/api/v1/campaigns/${campaign.id}/coupons`;
    const [a, b, c, d] = someCodes(4) as [string, string, string, string];
    expect(await campaign.upload([a, a.toUpperCase(), "", "x".repeat(101), "bad\u0007", 12345])).toMatchObject({
      status: 201,
      data: { added: 2, duplicates: 1, invalid: 3, filled: 0 },
    });
    const text = await campaign.owner.post(path, `${a}\r\n${b}\n\n`, { headers: { "Content-Type": "text/plain" } });
    expect(text.data).toEqual({ added: 1, duplicates: 1, invalid: 0, filled: 0 });
    const csv = await campaign.owner.post(path, `\uFEFFCode,Note\n"${c}","with, comma"\n${d},\n`, {
      headers: { "Content-Type": "text/csv" },
    });
    expect(csv.data).toEqual({ added: 2, duplicates: 0, invalid: 0, filled: 0 });
    const { data } = await campaign.owner.get(path);
    expect(data).toMatchObject({ total: 5, available: 5, assigned: 0, pagination: { total: 5, totalPages: 1 } });
    expect(data.coupons.map((k: { code: string }) => k.code)).toEqual([d, c, b, "12345", a]);
  });

  it("can be sent by curl, which labels every text a form", async () => {
    const campaign = await newCampaign();
    const path = `/api/v1/campaigns/${campaign.id}/coupons`;
    const send = (text: string, type = "application/x-www-form-urlencoded") =>
      campaign.owner.post(path, text, { headers: { "Content-Type": type } });
    const [a, b, c, d] = someCodes(4) as [string, string, string, string];
    expect((await send(`${a}\n${b}\n`)).data).toMatchObject({ added: 2, invalid: 0 });
    expect((await send(` {"codes": ["${c}"]}`)).data).toMatchObject({ added: 1, invalid: 0 });
    expect((await send(JSON.stringify({ codes: [d] }), "text/plain")).data).toMatchObject({ added: 1, invalid: 0 });
    expect((await send(`{${a}}\n[${b}]\n`, "text/plain")).data).toMatchObject({ added: 2, invalid: 0 });
    expect(await send('{"codes": "A"}')).toMatchObject({ status: 400, details: [{ path: "codes" }] });
    for (const form of ["codes=A&codes=B", "codes[]=A", "codes%5B%5D=A"])
      expect(await send(form)).toMatchObject({ status: 400, details: [{ path: "Content-Type" }] });
    expect((await campaign.owner.get(path)).data.coupons.map((k: { code: string }) => k.code)).toEqual(
      expect.arrayContaining([a, b, c, d, `{${a}}`, `[${b}]`]),
    );
  });

  it("are given in upload order, with their recipients", async () => {
    const campaign = await newCampaign();
    const codes = someCodes(3);
    await campaign.upload(codes);
    const one = await withFriends(campaign, 1);
    const two = await withFriends(campaign, 1);
    expect([one, two].map((x) => x.answers[0]?.data.reward.coupon)).toEqual(codes.slice(0, 2));
    const path = `/api/v1/campaigns/${campaign.id}/coupons`;
    const assigned = (await campaign.owner.get(`${path}?status=assigned`)).data;
    expect(assigned).toMatchObject({ total: 3, available: 1, assigned: 2, pagination: { total: 2 } });
    expect(assigned.coupons.map((k: { participant_id: number }) => k.participant_id)).toEqual([
      two.person.id,
      one.person.id,
    ]);
    expect(
      (await campaign.owner.get(`${path}?status=available`)).data.coupons.map((k: { code: string }) => k.code),
    ).toEqual([codes[2]]);
  });

  it("of 200 at once, each sent twice, go to a hundred; the others wait and are filled by the next upload, oldest first", async () => {
    const campaign = await newCampaign();
    const codes = someCodes(100);
    await campaign.upload(codes);
    const people = await Promise.all(Array.from({ length: 200 }, () => campaign.signUp(someone())));
    const answers = await Promise.all(
      people.flatMap(({ data }) => {
        const friend = someone();
        return [campaign.refer(data.referral_code, friend), campaign.refer(data.referral_code, friend)];
      }),
    );
    expect(answers.filter((a) => a.status === 201)).toHaveLength(200);
    expect(answers.filter((a) => a.status === 200)).toHaveLength(200);

    const given = answers.flatMap((a) => a.data.reward?.coupon ?? []);
    expect(given).toHaveLength(100);
    expect(new Set(given)).toEqual(new Set(codes));
    const pending = [...(await campaign.rewards("&status=pending"))].reverse();
    expect(pending).toHaveLength(100);
    expect(await campaign.stats()).toMatchObject({
      coupons_available: 0,
      rewards_pending: 100,
      total_rewards_given: 100,
    });

    const more = someCodes(120);
    expect((await campaign.upload(more.slice(0, 40))).data).toMatchObject({ added: 40, filled: 40 });
    const first = await Promise.all(
      pending.slice(0, 40).map((w) => campaign.owner.get(`/api/v1/participants/${w.participant_id}`)),
    );
    expect(first.map((p) => p.data.rewards[0].coupon)).toEqual(more.slice(0, 40));
    expect((await campaign.upload(more)).data).toMatchObject({ added: 80, duplicates: 40, filled: 60 });
    expect(await campaign.stats()).toMatchObject({
      coupons_available: 20,
      rewards_pending: 0,
      total_rewards_given: 200,
    });
    const all = [
      ...(await campaign.rewards("&status=fulfilled")),
      ...(await campaign.rewards("&status=fulfilled&page=2")),
    ];
    expect(new Set(all.map((w) => w.coupon)).size).toBe(200);
    expect(await campaign.events("reward.fulfilled")).toHaveLength(200);
    expect(await campaign.events("reward.pending")).toHaveLength(100);
  });

  it("are announced once when 10% are left, and once when none are", async () => {
    const campaign = await newCampaign({ reward_invited: true, num_signups: 1 });
    await campaign.upload(someCodes(20));
    const seen = async () => [
      (await campaign.events("coupons.low")).length,
      (await campaign.events("coupons.exhausted")).length,
    ];
    for (let i = 0; i < 8; i++) await withFriends(campaign, 1);
    expect(await seen()).toEqual([0, 0]);
    await withFriends(campaign, 1);
    expect(await seen()).toEqual([1, 0]);
    await withFriends(campaign, 1);
    expect(await seen()).toEqual([1, 1]);
    await withFriends(campaign, 2);
    expect(await seen()).toEqual([1, 1]);
    expect((await campaign.upload(someCodes(13))).data.filled).toBe(3);
    for (let i = 0; i < 5; i++) await withFriends(campaign, 1);
    expect(await seen()).toEqual([2, 2]);
  });

  it("fire exhausted once for a pool that never had any", async () => {
    const campaign = await newCampaign();
    await withFriends(campaign, 1);
    await withFriends(campaign, 1);
    expect(await campaign.events("coupons.exhausted")).toHaveLength(1);
    expect(await campaign.events("coupons.low")).toHaveLength(0);
  });

  it("can be deleted if unused; given ones stay", async () => {
    const campaign = await newCampaign();
    const codes = someCodes(5);
    await campaign.upload(codes);
    await withFriends(campaign, 1);
    const path = `/api/v1/campaigns/${campaign.id}/coupons`;
    expect((await campaign.owner.delete(path)).data).toEqual({ deleted: 4 });
    expect((await campaign.owner.delete(path)).data).toEqual({ deleted: 0 });
    expect((await campaign.owner.get(path)).data).toMatchObject({ total: 1, available: 0, assigned: 1 });
    expect((await campaign.upload(codes)).data).toMatchObject({ added: 4, duplicates: 1 });
    expect((await withFriends(campaign, 1)).answers[0]?.data.reward.coupon).toBe(codes[1]);
  });

  it("are hidden from others, and refused in other formats", async () => {
    const campaign = await newCampaign();
    const stranger = await newMember();
    const path = `/api/v1/campaigns/${campaign.id}/coupons`;
    expect(await stranger.post(path, { codes: ["A"] })).toMatchObject({ status: 404 });
    expect(await stranger.get(path)).toMatchObject({ status: 404 });
    expect(await stranger.delete(path)).toMatchObject({ status: 404 });
    for (const body of [{}, { codes: "A" }, [1], "not json"])
      expect((await campaign.owner.post(path, body)).status).toBe(400);
    expect((await campaign.owner.post(path, "<a/>", { headers: { "Content-Type": "application/xml" } })).status).toBe(
      400,
    );
    expect((await campaign.owner.get(path)).data.total).toBe(0);
  });
});

describe("earned rewards", () => {
  it("are listed by campaign, participant, status, and type, and only to their owner", async () => {
    const campaign = await newCampaign({ reward_type: 5 });
    const { person } = await withFriends(campaign, 1);
    await withFriends(campaign, 1);
    const { owner } = campaign;
    const count = async (query: string) => (await owner.get(`/api/v1/rewards?${query}`)).data.pagination.total;
    expect(await count("")).toBe(2);
    expect(await count(`campaign_id=${campaign.id}`)).toBe(2);
    expect(await count(`participant_id=${person.id}`)).toBe(1);
    expect(await count("status=pending")).toBe(2);
    expect(await count("status=fulfilled")).toBe(0);
    expect(await count("reward_type=5")).toBe(2);
    expect(await count("reward_type=1")).toBe(0);
    const stranger = await newMember();
    expect((await stranger.get("/api/v1/rewards")).data.rewards).toEqual([]);
    expect((await stranger.get(`/api/v1/rewards?participant_id=${person.id}`)).data.rewards).toEqual([]);
    expect((await stranger.get(`/api/v1/rewards?campaign_id=${campaign.id}`)).status).toBe(404);
    expect((await owner.get("/api/v1/rewards?status=lost")).status).toBe(400);
  });

  it("of cash are marked as paid once, with one event", async () => {
    const campaign = await newCampaign({ reward_type: 5 });
    const { answers } = await withFriends(campaign, 1);
    const { id } = answers[0]?.data.reward ?? {};
    const path = `/api/v1/rewards/${id}`;
    expect(await (await newMember()).patch(path, { status: "fulfilled" })).toMatchObject({ status: 404 });
    const paid = await campaign.owner.patch(path, { status: "fulfilled", note: "By bank" });
    expect(paid).toMatchObject({ status: 200, data: { id, status: "fulfilled" } });
    expect(paid.data.date_fulfilled).toBeTruthy();
    expect(await campaign.owner.patch(path, { status: "fulfilled" })).toMatchObject({ status: 200 });
    expect(await campaign.events("reward.fulfilled")).toHaveLength(1);
    expect(await campaign.stats()).toMatchObject({ total_rewards_given: 1, rewards_pending: 0 });
  });

  it("are revoked for good, and a revoked coupon is never given again", async () => {
    const campaign = await newCampaign();
    const [code, other] = someCodes(2);
    await campaign.upload([code]);
    const { answers } = await withFriends(campaign, 1);
    const path = `/api/v1/rewards/${answers[0]?.data.reward.id}`;
    expect((await campaign.owner.patch(path, { status: "revoked" })).data).toMatchObject({
      status: "revoked",
      coupon: code,
    });
    expect(await campaign.owner.patch(path, { status: "fulfilled" })).toMatchObject({ status: 409, code: "conflict" });
    expect((await withFriends(campaign, 1)).answers[0]?.data.reward).toMatchObject({ status: "pending", coupon: null });
    expect((await campaign.upload([code, other])).data).toMatchObject({ added: 1, duplicates: 1, filled: 1 });
    expect(await campaign.stats()).toMatchObject({ total_rewards_given: 1, rewards_pending: 0 });
  });

  it("of a participant blocked during the upload are filled after unblocking, before later ones", async () => {
    const campaign = await newCampaign();
    const { person } = await withFriends(campaign, 1);
    const become = (status: string) => campaign.owner.patch(`/api/v1/participants/${person.id}`, { status });
    await become("blocked");
    const [first, second] = someCodes(2);
    expect((await campaign.upload([first, second])).data).toMatchObject({ added: 2, filled: 0 });
    await become("active");
    expect(await campaign.rewards()).toMatchObject([{ participant_id: person.id, status: "fulfilled", coupon: first }]);
    expect(await campaign.events("reward.fulfilled")).toHaveLength(1);
    expect((await withFriends(campaign, 1)).answers[0]?.data.reward.coupon).toBe(second);
    expect(await campaign.stats()).toMatchObject({ rewards_pending: 0, total_rewards_given: 2, coupons_available: 0 });
  });

  it("that wait for a coupon cannot be fulfilled by hand", async () => {
    const campaign = await newCampaign();
    const { answers } = await withFriends(campaign, 1);
    expect(
      await campaign.owner.patch(`/api/v1/rewards/${answers[0]?.data.reward.id}`, { status: "fulfilled" }),
    ).toMatchObject({ status: 409 });
  });
});
