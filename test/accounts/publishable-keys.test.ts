import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { call, type TestMember } from "../support/client";

const SHOP = "https://shop.example.com";
const create = async (member: TestMember, fields: Record<string, unknown> = {}) =>
  (await member.post("/api/v1/keys", { name: "Shop", kind: "publishable", allowed_origins: [SHOP], ...fields })).data;
const join = (key: string, body: Record<string, unknown>, origin: string | null = SHOP) =>
  call(
    "POST",
    "/api/v1/signups/browser",
    { name: "Grace", email: someone(), ...body },
    {
      headers: { "X-API-Key": key, ...(origin && { Origin: origin }) },
    },
  );

describe("a publishable key", () => {
  it("signs visitors up on its websites only, in its own account's campaigns only", async () => {
    const [one, other] = [await newCampaign(), await newCampaign()];
    const { key, ...made } = await create(one.owner);
    expect(key).toMatch(/^pk_live_[0-9A-Za-z]{36}$/);
    expect(made).toMatchObject({ scopes: ["signup"], allowed_origins: [SHOP] });
    const joined = await join(key, { campaign_id: one.id });
    expect(joined).toMatchObject({
      status: 200,
      data: { already_joined: false, participant_token: expect.any(String) },
    });
    for (const origin of ["https://evil.example.com", "https://shop.example.com.evil.example", "null", null])
      expect(await join(key, { campaign_id: one.id }, origin)).toMatchObject({
        status: 403,
        code: "origin_not_allowed",
      });
    expect((await join(key, { campaign_id: other.id })).status).toBe(404);
    await one.owner.patch(`/api/v1/keys/${made.id}`, { allowed_origins: ["https://new.example.com"] });
    expect((await one.owner.get(`/api/v1/keys/${made.id}`)).data.allowed_origins).toEqual(["https://new.example.com"]);
    await one.owner.delete(`/api/v1/keys/${made.id}`);
    expect((await join(key, { campaign_id: one.id })).status).toBe(401);
  });

  it("reveals nothing about existing participants", async () => {
    const { owner, id } = await newCampaign();
    const { key } = await create(owner);
    const email = someone();
    await owner.post("/api/v1/signups", { campaign_id: id, email, name: "Ada" });
    expect((await join(key, { campaign_id: id, email })).data).toEqual({ already_joined: true });
  });

  it("cannot bypass the widget's checks: honeypot, confirmation, disposable addresses, and Turnstile", async () => {
    const { owner, id } = await newCampaign({ double_opt_in: true });
    const { key } = await create(owner);
    const people = async () =>
      await env.DB.prepare("SELECT count(*) AS n FROM participants WHERE campaign_id = ?").bind(id).first("n");
    expect((await join(key, { campaign_id: id, more_remarks: "x" })).data).toEqual({ already_joined: true });
    expect(await people()).toBe(0);
    expect((await join(key, { campaign_id: id })).data).toMatchObject({
      needs_confirmation: true,
      participant_token: null,
    });
    await owner.put(`/api/v1/campaigns/${id}/widget`, { block_disposable: true });
    const email = `x-${crypto.randomUUID()}@mailinator.com`;
    expect(await join(key, { campaign_id: id, email })).toMatchObject({ code: "disposable_email" });
    await owner.put(`/api/v1/campaigns/${id}/widget`, { turnstile_site_key: "0x4AAA", turnstile_secret: "0x4BBB" });
    expect(await join(key, { campaign_id: id })).toMatchObject({ code: "captcha_failed" });
  });

  it("opens nothing else, and a secret key is refused in its place", async () => {
    const { owner, id } = await newCampaign();
    const { key } = await create(owner);
    const person = (await owner.post("/api/v1/signups", { campaign_id: id, email: someone(), name: "Ada" })).data;
    const attempts: [string, string, unknown?][] = [
      ["GET", "/api/v1/brands"],
      ["GET", `/api/v1/participants/${person.id}`],
      ["PATCH", `/api/v1/participants/${person.id}`, { name: "Eve" }],
      ["POST", "/api/v1/signups", { campaign_id: id, email: someone(), name: "N" }],
      ["POST", "/api/v1/signups/batch", { campaign_id: id, signups: [] }],
      ["GET", "/api/v1/keys"],
      ["GET", `/api/v1/lander?campaign_id=${id}`],
    ];
    for (const [method, path, body] of attempts)
      expect(
        await call(method, path, body, { headers: { "X-API-Key": key, Origin: SHOP } }),
        `${method} ${path}`,
      ).toMatchObject({ status: 403, code: "publishable_key" });
    expect((await join(owner.key, { campaign_id: id })).status).toBe(401);
  });
});
