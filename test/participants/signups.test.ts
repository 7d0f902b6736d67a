import { describe, expect, it } from "vitest";
import { newCampaign, plainCode, someone } from "../support/campaign";
import { newMember } from "../support/client";

describe("signing up", () => {
  it("creates a participant with a code and a link", async () => {
    const campaign = await newCampaign();
    const email = someone();
    const answer = await campaign.signUp(` ${email.toUpperCase()} `, {
      external_id: "cus_1",
      metadata: { plan: "pro" },
      referral_url: "https://shop.example/landing",
      ip_address: "203.0.113.7",
    });
    expect(answer).toMatchObject({
      status: 201,
      data: {
        campaign_id: campaign.id,
        email,
        name: "Somebody",
        invited_by: null,
        invited_social: null,
        external_id: "cus_1",
        metadata: { plan: "pro" },
        referral_url: "https://shop.example/landing",
        referral_count: 0,
        click_count: 0,
        share_count: 0,
        status: "active",
      },
    });
    const { data } = answer;
    expect(atob(data.referral_code.split(".")[0])).toBe(`${campaign.id}:6:${data.id}`);
    expect(data.share_url).toBe(`https://referrals.test/t/${data.referral_code}`);
    expect(answer.text).not.toContain("203.0.113.7");
    expect((await campaign.owner.get(`/api/v1/participants/${data.id}`)).data).toMatchObject({
      ...data,
      total_shares: 0,
      total_rewards: 0,
    });
  });

  it("refuses an existing email, and counts it once", async () => {
    const campaign = await newCampaign();
    const email = someone();
    expect((await campaign.signUp(email)).status).toBe(201);
    expect(await campaign.signUp(email)).toMatchObject({ status: 409, code: "already_signed_up" });
    expect(await campaign.stats()).toMatchObject({ total_participants: 1, total_shares: 0, total_referrals: 0 });
    expect(await campaign.events("participant.signup")).toHaveLength(1);
  });

  it("accepts one of many concurrent requests", async () => {
    const campaign = await newCampaign();
    const email = someone();
    const answers = await Promise.all(Array.from({ length: 20 }, () => campaign.signUp(email)));
    expect(answers.map((a) => a.status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect((await campaign.stats()).total_participants).toBe(1);
  });

  it("is a 404 for another account's campaign, and for one that does not exist", async () => {
    const campaign = await newCampaign();
    const stranger = await newMember();
    for (const campaign_id of [campaign.id, 999_999_999])
      expect(await stranger.post("/api/v1/signups", { campaign_id, email: someone(), name: "X" })).toMatchObject({
        status: 404,
        code: "not_found",
      });
    expect((await campaign.stats()).total_participants).toBe(0);
  });

  it.each([
    [{}, "campaign_id"],
    [{ campaign_id: "12abc" }, "campaign_id"],
    [{ campaign_id: -1 }, "campaign_id"],
    [{ email: "nobody" }, "email"],
    [{ email: { a: 1 } }, "email"],
    [{ name: ["x"] }, "name"],
    [{ name: "x".repeat(201) }, "name"],
    [{ referral_url: "x".repeat(251) }, "referral_url"],
    [{ metadata: "text" }, "metadata"],
    [{ metadata: { big: "x".repeat(5000) } }, "metadata"],
    [{ name: "nul\u0000" }, "name"],
  ])("refuses %j", async (fields, path) => {
    const campaign = await newCampaign();
    const body =
      Object.keys(fields).length === 0 ? {} : { campaign_id: campaign.id, email: someone(), name: "Ada", ...fields };
    const answer = await campaign.owner.post("/api/v1/signups", body);
    expect(answer).toMatchObject({ status: 400, code: "invalid_request" });
    expect(answer.details.map((d) => d.path)).toContain(path);
  });

  it("repeats the first 201 for an Idempotency-Key", async () => {
    const campaign = await newCampaign();
    const body = { campaign_id: campaign.id, email: someone(), name: "Ada" };
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const first = await campaign.owner.post("/api/v1/signups", body, { headers });
    const again = await campaign.owner.post("/api/v1/signups", body, { headers });
    expect(again).toMatchObject({ status: 201, data: first.data });
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  });
});

describe("signing up with a friend's code", () => {
  it("records the referrer and the channel", async () => {
    const campaign = await newCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const answer = await campaign.refer(ada.referral_code, someone());
    expect(answer).toMatchObject({
      status: 201,
      data: { attributed: true, participant: { invited_by: ada.id, invited_social: 6 }, invited_reward: null },
    });
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(1);
    expect(await campaign.stats()).toMatchObject({ total_participants: 2, total_referrals: 1 });
  });

  it("reads codes in every format", async () => {
    const campaign = await newCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const plain = plainCode(campaign.id, 1, ada.id);
    const unpadded = plain.replace(/=+$/, "");
    for (const code of [
      plain,
      unpadded,
      encodeURIComponent(plain),
      plainCode(campaign.id, 5, ada.id, 77),
      ada.referral_code,
      encodeURIComponent(ada.referral_code),
    ])
      expect((await campaign.refer(code, someone())).status).toBe(201);
    expect(
      (
        await campaign.owner.post("/api/v1/signups/referral", {
          code: plain,
          email: someone(),
          name: "Old",
          ip: "203.0.113.9",
        })
      ).status,
    ).toBe(201);
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(7);
  });

  it("never overwrites the first inviter", async () => {
    const campaign = await newCampaign();
    const [ada, bob] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    const email = someone();
    const first = await campaign.refer(ada.referral_code, email);
    const second = await campaign.refer(bob.referral_code, email);
    expect(second).toMatchObject({ status: 200, data: { id: first.data.id, attributed: false } });
    expect(second.data.message).toBeTruthy();
    expect((await campaign.owner.get(`/api/v1/participants/${first.data.id}`)).data.invited_by).toBe(ada.id);
    expect((await campaign.owner.get(`/api/v1/participants/${bob.id}`)).data.referral_count).toBe(0);
  });

  it("attributes an existing participant who has no referrer", async () => {
    const campaign = await newCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const email = someone();
    const known = (await campaign.signUp(email)).data;
    expect(await campaign.refer(ada.referral_code, email)).toMatchObject({
      status: 201,
      data: { id: known.id, attributed: true },
    });
    expect(await campaign.stats()).toMatchObject({ total_participants: 2, total_referrals: 1 });
    expect(await campaign.events("participant.signup")).toHaveLength(2);
  });

  it.each([
    "",
    "!!!",
    "bm90LWEtY29kZQ",
    btoa("1:2"),
    btoa("1:13:3"),
    btoa("1:2:3:4:5"),
    btoa("01:1:1"),
    "e30",
    "NDI6MTo3.AAAA",
  ])("refuses %j as a code", async (code) => {
    const campaign = await newCampaign();
    const answer = await campaign.refer(code, someone());
    expect(answer.status).toBe(400);
    expect(["bad_code", "invalid_request"]).toContain(answer.code);
  });

  it("takes the code from any of its fields", async () => {
    const campaign = await newCampaign();
    const { referral_code: code, id } = (await campaign.signUp(someone())).data;
    const send = (fields: Record<string, unknown>) =>
      campaign.owner.post("/api/v1/signups/referral", { email: someone(), name: "Grace", ...fields });
    for (const none of [null, "", "  "]) {
      expect((await send({ referral_code: none, code })).status).toBe(201);
      expect((await send({ referral_code: code, code: none })).status).toBe(201);
    }
    expect((await campaign.owner.get(`/api/v1/participants/${id}`)).data.referral_count).toBe(6);
    for (const fields of [{}, { referral_code: null }, { referral_code: null, code: null }])
      expect(await send(fields)).toMatchObject({
        status: 400,
        code: "invalid_request",
        details: [{ path: "referral_code" }],
      });
    for (const bad of ["", " ", "x".repeat(501), code.repeat(20_000)])
      for (const fields of [{ referral_code: bad }, { code: bad }, { referral_code: null, code: bad }])
        expect(await send(fields)).toMatchObject({ status: 400, code: "bad_code" });
    expect(await send({ referral_code: 5 })).toMatchObject({ status: 400, code: "invalid_request" });
  });

  it("refuses a signed code with any bit changed", async () => {
    const campaign = await newCampaign();
    const { referral_code } = (await campaign.signUp(someone())).data;
    const [body, tag] = referral_code.split(".");
    const flipped = `${body}.${tag.slice(0, -1)}${tag.endsWith("A") ? "B" : "A"}`;
    expect(await campaign.refer(flipped, someone())).toMatchObject({ status: 400, code: "bad_code" });
  });

  it("explains why a code does not count", async () => {
    const campaign = await newCampaign();
    const visits = await newCampaign({ goal_type: "visit", num_visits: 3 }, campaign.owner);
    const email = "ada.lovelace+tag@gmail.com";
    const ada = (await campaign.signUp(email)).data;
    expect(await campaign.refer(plainCode(campaign.id, 6, 987_654_321), someone())).toMatchObject({
      status: 400,
      code: "unknown_referrer",
    });
    for (const same of [email, "adalovelace@googlemail.com", "a.d.a.lovelace+x@gmail.com"])
      expect(await campaign.refer(ada.referral_code, same)).toMatchObject({ status: 400, code: "self_referral" });
    const visitor = (await visits.signUp(someone())).data;
    expect(await visits.refer(visitor.referral_code, someone())).toMatchObject({
      status: 400,
      code: "code_incompatible",
    });
    const stranger = await newMember();
    expect(
      await stranger.post("/api/v1/signups/referral", {
        referral_code: ada.referral_code,
        email: someone(),
        name: "X",
      }),
    ).toMatchObject({ status: 404 });
    expect(await campaign.stats()).toMatchObject({ total_participants: 1, total_referrals: 0 });
  });
});

describe("the plan's limit", () => {
  it("makes participants beyond it pending, loses none, and admits them when there is room", async () => {
    const member = await newMember({ plan_id: 1 });
    const campaign = await newCampaign({}, member);
    const { env } = await import("cloudflare:workers");
    const ada = (await campaign.signUp(someone())).data;
    await env.DB.prepare(
      "UPDATE campaign_stats SET total_participants = total_participants + 498 WHERE campaign_id = ?",
    )
      .bind(campaign.id)
      .run();
    const bob = await campaign.refer(ada.referral_code, someone());
    const eve = await campaign.refer(ada.referral_code, someone());
    expect(bob.data.participant.status).toBe("active");
    expect(eve).toMatchObject({ status: 201, data: { participant: { status: "pending", invited_by: ada.id } } });
    expect((await member.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(1);
    const upgrade = { plan_id: 2, plan_expiry: "2099-01-01" };
    const { call } = await import("../support/client");
    const answer = await call("PUT", `/api/v1/operator/members/${member.id}/plan`, upgrade, {
      headers: { Authorization: "Bearer test-operator-token" },
    });
    expect(answer.status).toBe(200);
    expect((await member.get(`/api/v1/participants/${eve.data.id}`)).data.status).toBe("active");
    expect((await member.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(2);
  });
});
