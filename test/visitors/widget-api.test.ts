import { describe, expect, it } from "vitest";
import { newCampaign, plainCode, someCodes, someone } from "../support/campaign";
import { call } from "../support/client";
import { allCounted } from "../support/waits";

const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const join = (campaign_id: number, email: string, more: Record<string, unknown> = {}) =>
  call("POST", "/api/widget/signup", { campaign_id, email, ...more });

describe("signing up with the widget", () => {
  it("gives visitors their link, their goal, and a token for their own numbers", async () => {
    const campaign = await newCampaign({ num_signups: 2 });
    const codes = someCodes(1);
    await campaign.upload(codes);
    const ada = await join(campaign.id, someone(), { name: "Ada", host_url: "https://shop.example/" });
    expect(ada).toMatchObject({
      status: 200,
      data: {
        already_joined: false,
        referral_count: 0,
        goal: { type: "signup", target: 2, current: 0, met: false },
        reward: null,
      },
    });
    for (let i = 0; i < 2; i++)
      expect((await join(campaign.id, someone(), { ref: ada.data.referral_code })).status).toBe(200);
    const own = await call("GET", "/api/widget/participant", undefined, as(ada.data.participant_token));
    expect(own).toMatchObject({
      status: 200,
      data: {
        name: "Ada",
        referral_count: 2,
        rank: 1,
        goal: { target: 2, current: 2, met: true },
        rewards: [{ status: "fulfilled", coupon: codes[0] }],
        share_url: ada.data.share_url,
      },
    });
  });

  it("reveals nothing about an existing email", async () => {
    const campaign = await newCampaign();
    const email = someone();
    await join(campaign.id, email);
    const again = await join(campaign.id, email);
    expect(again.data).toEqual({ already_joined: true });
  });

  it("counts signed codes only, and ignores others", async () => {
    const campaign = await newCampaign();
    const other = await newCampaign({}, campaign.owner);
    const ada = (await campaign.signUp("ada@example.com")).data;
    const foreign = (await other.signUp(someone())).data;
    for (const ref of [
      plainCode(campaign.id, 6, ada.id),
      "garbage",
      foreign.referral_code,
      `${ada.referral_code.split(".")[0]}.AAAAAAAAAAAAAA`,
      "x".repeat(501),
      "",
      null,
    ])
      expect(await join(campaign.id, someone(), { ref })).toMatchObject({
        status: 200,
        data: { already_joined: false },
      });
    expect((await join(campaign.id, "ada+2@example.com", { ref: ada.referral_code })).status).toBe(200);
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(0);
    expect((await join(campaign.id, someone(), { ref: ada.referral_code })).status).toBe(200);
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(1);
  });

  it("stores the widget's page, however long its URL is", async () => {
    const campaign = await newCampaign();
    const kept = async (host_url: string) => {
      const { status, data } = await join(campaign.id, someone(), { host_url });
      expect(status).toBe(200);
      const own = await call("GET", "/api/widget/participant", undefined, as(data.participant_token));
      return (await campaign.owner.get(`/api/v1/participants/${own.data.id}`)).data.referral_url;
    };
    expect(await kept("https://shop.example/cart?a=1#b")).toBe("https://shop.example/cart?a=1#b");
    expect(await kept(`https://shop.example/cart?utm=${"x".repeat(3000)}`)).toBe("https://shop.example/cart");
    expect(await kept(`https://shop.example/${"x".repeat(3000)}`)).toBeNull();
    expect(await kept("x".repeat(251))).toBeNull();
  });

  it("refuses invalid signups", async () => {
    expect((await join(999_999_999, someone())).status).toBe(404);
    const campaign = await newCampaign();
    for (const body of [
      {},
      { campaign_id: campaign.id },
      { campaign_id: campaign.id, email: "x" },
      { campaign_id: campaign.id, email: someone(), ref: 5 },
    ])
      expect(await call("POST", "/api/widget/signup", body)).toMatchObject({ status: 400, code: "invalid_request" });
  });
});

describe("a participant's token", () => {
  it("opens nothing of a member's, and a member's nothing of a participant's", async () => {
    const campaign = await newCampaign();
    const { participant_token } = (await join(campaign.id, someone())).data;
    expect((await call("GET", "/api/v1/brands", undefined, as(participant_token))).status).toBe(401);
    for (const token of ["", "abc", `${participant_token}x`])
      expect((await call("GET", "/api/widget/participant", undefined, as(token))).status).toBe(401);
  });

  it("ends with an erasure", async () => {
    const campaign = await newCampaign();
    const { participant_token } = (await join(campaign.id, someone())).data;
    const { participants } = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}`)).data;
    await campaign.owner.delete(`/api/v1/participants/${participants[0].id}`);
    expect((await call("GET", "/api/widget/participant", undefined, as(participant_token))).status).toBe(401);
  });

  it("records shares, once per channel", async () => {
    const campaign = await newCampaign();
    const { participant_token } = (await join(campaign.id, someone())).data;
    const share = (social_type: unknown) => call("POST", "/api/widget/share", { social_type }, as(participant_token));
    for (const social of [1, 1, 5, 6])
      expect(await share(social)).toMatchObject({ status: 200, data: { social_type: social } });
    await Promise.all([share(2), share(2), share(2)]);
    for (const bad of [0, 13, "x", null]) expect((await share(bad)).status).toBe(400);
    expect(await campaign.stats()).toMatchObject({ total_shares: 4 });
    expect(await campaign.events("participant.share")).toHaveLength(4);
  });

  it("sends invitations if the campaign allows it, within the limits", async () => {
    const campaign = await newCampaign();
    const joined = (await join(campaign.id, someone())).data;
    const invite = (emails: string[]) => call("POST", "/api/widget/invite", { emails }, as(joined.participant_token));
    expect(await invite([someone()])).toMatchObject({ status: 403, code: "email_not_allowed" });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { allow_email: true });
    const friend = someone();
    expect((await campaign.stats()).total_shares).toBe(0);
    expect((await invite([friend, friend, someone()])).data).toEqual({ accepted: 2 });
    expect((await invite([friend])).status).toBe(200);
    expect((await invite(Array.from({ length: 11 }, someone))).status).toBe(400);
    for (let i = 0; i < 6; i++) await invite(Array.from({ length: 10 }, someone));
    const { participants } = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}`)).data;
    const { invited_emails } = (await campaign.owner.get(`/api/v1/participants/${participants[0].id}`)).data;
    expect(invited_emails).toContain(friend);
    expect(invited_emails).toHaveLength(50);
    expect((await campaign.stats()).total_shares).toBe(1);
  });
});

describe("impressions", () => {
  it("are counted, at once when idle and together under load", async () => {
    const campaign = await newCampaign();
    const see = () => call("POST", "/api/widget/impression", { campaign_id: campaign.id });
    expect(await see()).toMatchObject({ status: 200, data: { counted: true } });
    expect((await campaign.stats()).total_impressions).toBe(1);
    const total = async () => (await campaign.stats()).total_impressions;
    await allCounted(() => Promise.all(Array.from({ length: 9 }, see)), total, 10);
    expect((await call("POST", "/api/widget/impression", { campaign_id: 999_999_998 })).status).toBe(404);
  });
});

describe("the widget's configuration", () => {
  it("contains the data to render without a reward's value, and has an ETag", async () => {
    const campaign = await newCampaign({ reward_type: 3, num_signups: 4 });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { custom_message: "the-secret-message" });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, {
      stats_on: true,
      stats_start_participants: 100,
      button_text: "Go",
    });
    const path = `/api/widget/config?campaign_id=${campaign.id}`;
    const config = await call("GET", path);
    expect(config).toMatchObject({
      status: 200,
      data: {
        campaign_id: campaign.id,
        goal: { type: "signup", target: 4 },
        reward: { type: "message", invited: false },
        widget: { button_text: "Go" },
        stats: { participants: 100 },
      },
    });
    expect(config.text).not.toContain("the-secret-message");
    expect(
      (await call("GET", path, undefined, { headers: { "If-None-Match": config.headers.get("ETag") ?? "" } })).status,
    ).toBe(304);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { button_text: "Now" });
    expect((await call("GET", path)).data.widget.button_text).toBe("Now");
    expect((await call("GET", "/api/widget/config?campaign_id=999999997")).status).toBe(404);
    expect((await call("GET", "/api/widget/config")).status).toBe(400);
  });

  it("is also a script that any page may import", async () => {
    const campaign = await newCampaign();
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { button_text: "</script>\u2028" });
    const { data } = await call("GET", `/api/widget/config?campaign_id=${campaign.id}`);
    const { status, text, headers } = await call("GET", `/api/widget/config.js?campaign_id=${campaign.id}`);
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(JSON.parse(text.replace(/^export default /, ""))).toEqual(data);
    expect((await call("GET", "/api/widget/config.js?campaign_id=999999997")).status).toBe(404);
  });
});
