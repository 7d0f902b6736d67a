import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { hashOf, type Signed } from "../../src/campaigns/identity/identity";
import { call, newDomain, newMember, type TestMember } from "../support/client";

let member: TestMember;
let campaign_id: number;
let secret: string;
const path = (id: number) => `/api/v1/campaigns/${id}/identity-secret`;
const newSecret = async (id: number, grace_hours?: number) =>
  (await member.post(path(id), { grace_hours })).data.secret as string;

async function newCampaign(fields = {}) {
  const { data: brand } = await member.post("/api/v1/brands", { url: newDomain() });
  return (await member.post("/api/v1/campaigns", { brand_id: brand.id, name: "Launch", ...fields })).data.id as number;
}

beforeEach(async () => {
  member = await newMember();
  campaign_id = await newCampaign();
  secret = await newSecret(campaign_id);
});

const seconds = () => Math.floor(Date.now() / 1000);
const who = () => ({ campaign_id, external_id: "crm-7", email: `grace-${crypto.randomUUID()}@example.com` });
type Who = Omit<Signed, "hash">;
const signed = async (identity: Who, at = seconds(), key = secret) => ({
  ...identity,
  hash: await hashOf(key, identity, at),
});
const identify = (identity: object) => call("POST", "/api/widget/identify", identity);
const self = (token: string) =>
  call("GET", "/api/widget/participant", undefined, { headers: { Authorization: `Bearer ${token}` } });

describe("a customer verified by the host's server", () => {
  it("sees their own link at once, whether they are in the campaign or not, until the hash expires", async () => {
    const grace = who();
    const at = seconds() - 3600;
    const first = await identify({ ...(await signed(grace, at)), name: "Grace", metadata: { plan: "pro" } });
    expect(first).toMatchObject({ status: 200, data: { is_new: true, needs_confirmation: false } });
    const again = await identify(await signed(grace));
    expect(again.data).toMatchObject({ is_new: false, participant_token: expect.any(String) });
    const { data: me } = await self(first.data.participant_token);
    expect(me).toMatchObject({ campaign_id, name: "Grace", share_url: expect.stringContaining("/t/") });
    expect((await self(again.data.participant_token)).data.id).toBe(me.id);
    const { exp } = JSON.parse(atob(first.data.participant_token.split(".")[1]));
    expect(exp).toBe(at + 86_400);
    const { data } = await member.get(`/api/v1/participants/${me.id}`);
    expect(data).toMatchObject({ email: grace.email, external_id: "crm-7", metadata: { plan: "pro" } });
  });

  it("is credited to their referrer, and joins only if the page wants that", async () => {
    const ada = (await member.post("/api/v1/signups", { campaign_id, email: "ada@example.com", name: "Ada" })).data;
    const grace = { ...(await signed(who())), ref: ada.referral_code };
    expect((await identify({ ...grace, join: false })).data.participant_token).toBeNull();
    const people = async () => (await member.get(`/api/v1/participants?campaign_id=${campaign_id}`)).data.participants;
    expect(await people()).toHaveLength(1);
    expect((await identify(grace)).data.is_new).toBe(true);
    expect((await people())[0]).toMatchObject({ email: grace.email, invited_by: ada.id });
  });

  it("is found by email first, or by the host's id if the email changed", async () => {
    const join = async (email: string, external_id?: string) =>
      (await member.post("/api/v1/signups", { campaign_id, email, name: "A", external_id })).data.id;
    const old = await join("old@example.com", "crm-7");
    const other = await join("Other@Example.com", "crm-8");
    const opened = async (external_id: string, email: string) => {
      const { data } = await identify(await signed({ campaign_id, external_id, email }));
      return (await self(data.participant_token)).data.id;
    };
    expect(await opened("crm-7", "new@example.com")).toBe(old);
    expect(await opened("crm-7", "OTHER@example.com ")).toBe(other);
  });

  it("cannot use a hash of another person, campaign, time, or secret, or an old one", async () => {
    const grace = who();
    await identify(await signed(grace));
    const right = await signed(grace);
    const [time, mac] = right.hash.split(".");
    const elsewhere = await newCampaign();
    const foreign = await newSecret(elsewhere);
    const wrong = [
      { ...right, email: "victim@example.com" },
      { ...right, external_id: "crm-8" },
      { ...right, campaign_id: elsewhere },
      { ...right, hash: `${Number(time) + 1}.${mac}` },
      { ...right, hash: `${time}.${mac?.toUpperCase()}` },
      { ...right, hash: mac },
      { ...right, hash: "" },
      await signed(grace, seconds(), foreign),
      await signed(grace, seconds() - 86_500),
      await signed(grace, seconds() + 400),
      await signed({ ...grace, campaign_id: await newCampaign() }),
    ];
    for (const each of wrong) expect(await identify(each)).toMatchObject({ status: 403, code: "bad_identity" });
    // The parts of the signed text cannot be moved from one field into another.
    const moved = { campaign_id, external_id: `crm-7\n${grace.email}`, email: "x" };
    expect(await identify(await signed(moved))).toMatchObject({ status: 400 });
    expect(await identify(await signed({ ...grace, email: "no address" }))).toMatchObject({ status: 403 });
  });

  it("must confirm an email that was entered into the form before", async () => {
    campaign_id = await newCampaign({ double_opt_in: true });
    secret = await newSecret(campaign_id);
    const grace = who();
    await call("POST", "/api/widget/signup", { campaign_id, email: grace.email });
    expect((await identify(await signed(grace))).data).toEqual({
      is_new: false,
      needs_confirmation: true,
      participant_token: null,
    });
    expect((await identify(await signed(who()))).data).toMatchObject({ is_new: true, needs_confirmation: false });
  });
});

describe("the identity secret", () => {
  it("can be replaced with or without a grace period, and is shown once, to its owner", async () => {
    const grace = who();
    const [old, first] = [secret, await signed(grace)];
    const { status, data } = await member.post(path(campaign_id), {});
    expect([status, data.previous_secret_expires]).toEqual([201, expect.any(String)]);
    secret = data.secret;
    for (const each of [first, await signed(grace)]) expect((await identify(each)).status).toBe(200);
    await newSecret(campaign_id, 0);
    for (const each of [first, await signed(grace)]) expect((await identify(each)).status).toBe(403);
    expect(await (await newMember()).post(path(campaign_id), {})).toMatchObject({ status: 404 });
    expect((await member.post(path(campaign_id), { grace_hours: 169 })).status).toBe(400);

    const stored = await env.DB.prepare("SELECT settings FROM campaign_widgets WHERE campaign_id = ?")
      .bind(campaign_id)
      .first<{ settings: string }>();
    expect(stored?.settings).toContain("identity");
    const shown = [
      (await member.get(`/api/v1/campaigns/${campaign_id}/widget`)).text,
      (await member.get(`/api/v1/campaigns/${campaign_id}`)).text,
      (await call("GET", `/api/widget/config?campaign_id=${campaign_id}`)).text,
      stored?.settings ?? "",
    ];
    for (const text of shown) expect(text).not.toContain(old);
    for (const text of shown.slice(0, 3)) expect(text).not.toContain("identity");
    const copy = await member.post(`/api/v1/campaigns/${campaign_id}/duplicate`, {});
    await member.patch(`/api/v1/campaigns/${copy.data.id}`, { status: "live" });
    const moved = { ...who(), campaign_id: copy.data.id };
    expect((await identify(await signed(moved))).status).toBe(403);
  });

  it("survives a change of the widget", async () => {
    await member.put(`/api/v1/campaigns/${campaign_id}/widget`, { header_title: "Hello" });
    expect((await identify(await signed(who()))).status).toBe(200);
  });
});
