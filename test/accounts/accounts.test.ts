import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { OWASP_COST, passwordCost } from "../../src/accounts/password";
import { sha256Hex } from "../../src/lib/crypto";
import { call, newMember } from "../support/client";
import { quickest } from "../support/quickest";

// Sign-in takes the same work for everyone only if password hashing costs as much as in production.
beforeAll(() => void Object.assign(passwordCost, OWASP_COST));

const newEmail = () => `person-${crypto.randomUUID()}@example.com`;
const PASSWORD = "correct horse battery";

/** An account created like a user would. */
async function register(fields: Record<string, unknown> = {}) {
  const body = { email: newEmail(), name: "Ada", password: PASSWORD, ...fields };
  return { body, answer: await call("POST", "/api/v1/members", body) };
}

describe("signing up", () => {
  it("creates an account, with its email trimmed and in lower case", async () => {
    const email = newEmail();
    const { answer } = await register({ email: `  ${email.toUpperCase()} `, name: "  Ada  " });
    expect(answer).toMatchObject({ status: 201, data: { email, name: "Ada" } });
    expect(Object.keys(answer.data).sort()).toEqual(["date_signedup", "email", "id", "name"]);
    expect(answer.data.date_signedup).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("refuses an email that already has an account, in any spelling", async () => {
    const { body } = await register();
    const again = await register({ email: body.email.toUpperCase() });
    expect(again.answer).toMatchObject({ status: 409, code: "email_taken" });
  });

  it("creates one account for two concurrent requests", async () => {
    const email = newEmail();
    const answers = await Promise.all([1, 2].map(() => register({ email })));
    expect(answers.map(({ answer }) => answer.status).sort()).toEqual([201, 409]);
  });

  it.each([
    ["email", { email: undefined }],
    ["email", { email: "nobody" }],
    ["email", { email: ["a@example.com"] }],
    ["email", { email: `${"a".repeat(250)}@example.com` }],
    ["name", { name: undefined }],
    ["name", { name: "   " }],
    ["name", { name: { first: "Ada" } }],
    ["name", { name: "a".repeat(201) }],
    ["password", { password: undefined }],
    ["password", { password: "1234567" }],
    ["password", { password: 12345678 }],
    ["password", { password: "a".repeat(1001) }],
  ])("refuses a bad %s (%j)", async (field, fields) => {
    const { answer } = await register(fields);
    expect(answer).toMatchObject({ status: 400, code: "invalid_request", details: [{ path: field }] });
  });

  it("stores the password as a salted scrypt hash with its own cost parameters", async () => {
    const [one, two] = [await register(), await register()];
    const hashes = await Promise.all(
      [one, two].map(({ answer }) =>
        env.DB.prepare("SELECT password_hash FROM members WHERE id = ?").bind(answer.data.id).first("password_hash"),
      ),
    );
    for (const hash of hashes) expect(hash).toMatch(/^scrypt\$16384\$8\$5\$[\w+/]{22}==\$[\w+/]{43}=$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });
});

describe("signing in", () => {
  it("returns a token that opens the account, with the claims that integrations read", async () => {
    const { body, answer } = await register();
    const before = Math.floor(Date.now() / 1000);
    const signedIn = await call("POST", "/api/v1/auth/token", {
      email: ` ${body.email.toUpperCase()}`,
      password: PASSWORD,
    });
    const member = { id: answer.data.id, email: body.email, name: "Ada" };
    expect(signedIn).toMatchObject({ status: 200, data: { expires_in: 2_592_000, member } });
    const [header, claims] = signedIn.data.token
      .split(".")
      .slice(0, 2)
      .map((part: string) => JSON.parse(atob(part)));
    expect(header.alg).toBe("HS256");
    expect(claims).toEqual({
      sub: String(member.id),
      email: member.email,
      name: member.name,
      epoch: expect.any(Number),
      iat: expect.any(Number),
      exp: claims.iat + 2_592_000,
    });
    expect(claims.iat).toBeGreaterThanOrEqual(before);
    const profile = await call("GET", "/api/v1/members/profile", undefined, {
      headers: { Authorization: `Bearer ${signedIn.data.token}` },
    });
    expect(profile).toMatchObject({ status: 200, data: member });
  });

  it("accepts a password in any of its Unicode forms", async () => {
    const { body } = await register({ password: "crème brûlée".normalize("NFC") });
    const password = "crème brûlée".normalize("NFD");
    expect((await call("POST", "/api/v1/auth/token", { email: body.email, password })).status).toBe(200);
  });

  it("responds alike to a wrong password, an unknown email, and an invalid email, after the same work", async () => {
    const { body } = await register();
    const tries = [
      { email: body.email, password: "wrong horse battery" },
      { email: newEmail(), password: PASSWORD },
      { email: "no address at all \u0000", password: PASSWORD },
    ];
    const took: number[] = [];
    const texts = new Set<string>();
    for (const attempt of tries) {
      took.push(
        await quickest(async () => {
          const answer = await call("POST", "/api/v1/auth/token", attempt);
          texts.add(answer.text);
          expect(answer).toMatchObject({ status: 401, code: "unauthenticated" });
        }),
      );
    }
    expect(texts.size).toBe(1);
    expect(Math.min(...took)).toBeGreaterThan(Math.max(...took) / 4);
  });

  it.each([
    [{}],
    [{ email: "a@example.com" }],
    [{ password: PASSWORD }],
    [{ email: "", password: "" }],
    [{ email: 1, password: {} }],
  ])("refuses %j as incomplete", async (body) => {
    expect(await call("POST", "/api/v1/auth/token", body)).toMatchObject({ status: 400, code: "invalid_request" });
  });

  it("is counted only if it succeeds", async () => {
    const { body } = await register();
    const signIn = (password: string) => call("POST", "/api/v1/auth/token", { email: body.email, password });
    await signIn("wrong horse battery");
    await signIn(PASSWORD);
    const { token } = (await signIn(PASSWORD)).data;
    const profile = await call("GET", "/api/v1/members/profile", undefined, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(profile.data.num_of_logins).toBe(2);
  });
});

describe("the profile", () => {
  it("has the fields of the contract", async () => {
    const { body, answer } = await register();
    const { token } = (await call("POST", "/v1/auth/token", body)).data;
    const profile = await call("GET", "/v1/members/profile", undefined, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(profile.data).toEqual({
      id: answer.data.id,
      email: body.email,
      name: "Ada",
      is_verified: false,
      plan_id: 1,
      plan_expiry: null,
      date_signedup: answer.data.date_signedup,
      photo: null,
      num_of_logins: 1,
      time_zone: "UTC",
    });
  });
});

describe("API keys", () => {
  it("are shown in full once, and only their hash is stored", async () => {
    const member = await newMember();
    const minted = await member.post("/api/v1/members/api-key", undefined);
    expect(minted.status).toBe(201);
    expect(minted.data.api_key).toMatch(/^ref_[0-9a-f]{48}$/);
    expect(minted.data.prefix).toBe(minted.data.api_key.slice(0, 10));
    expect(Object.keys(minted.data).sort()).toEqual(["api_key", "date_generated", "id", "prefix"]);
    const row = await env.DB.prepare("SELECT * FROM api_keys WHERE id = ?").bind(minted.data.id).first();
    expect(row?.hash).toBe(await sha256Hex(minted.data.api_key));
    expect(JSON.stringify(row)).not.toContain(minted.data.api_key.slice(10));
    expect(await member.get("/api/v1/members/api-key")).toMatchObject({
      status: 200,
      data: { id: minted.data.id, api_key: `${minted.data.prefix}…`, masked: true, last_used_at: null },
    });
  });

  it("open everything of their member, older keys included", async () => {
    const member = await newMember();
    const { api_key } = (await member.post("/api/v1/members/api-key", undefined)).data;
    for (const key of [member.key, api_key]) {
      const profile = await call("GET", "/api/v1/members/profile", undefined, { headers: { "X-API-Key": key } });
      expect(profile).toMatchObject({ status: 200, data: { id: member.id } });
    }
  });

  it("show when they were last used", async () => {
    const member = await newMember();
    await member.get("/api/v1/members/profile");
    expect((await member.get("/api/v1/members/api-key")).data.last_used_at).toMatch(/Z$/);
  });

  it("are listed newest first, page by page", async () => {
    const member = await newMember();
    const ids: number[] = [];
    for (let i = 0; i < 3; i++) ids.unshift((await member.post("/api/v1/members/api-key", undefined)).data.id);
    const first = await member.get("/api/v1/members/api-keys?limit=3");
    expect(first.data.api_keys.map((key: { id: number }) => key.id)).toEqual(ids);
    expect(first.data.pagination).toEqual({ page: 1, limit: 3, total: 4, totalPages: 2 });
    expect((await member.get("/api/v1/members/api-keys?limit=3&page=2")).data.api_keys).toHaveLength(1);
    for (const key of first.data.api_keys) expect(key).toMatchObject({ api_key: `${key.prefix}…`, masked: true });
  });

  it("open nothing once they are revoked, not even their own revocation", async () => {
    const member = await newMember();
    const { id, api_key } = (await member.post("/api/v1/members/api-key", undefined)).data;
    const headers = { "X-API-Key": api_key };
    expect((await call("GET", "/api/v1/members/profile", undefined, { headers })).status).toBe(200);
    expect(await call("DELETE", `/api/v1/members/api-keys/${id}`, undefined, { headers })).toMatchObject({
      status: 200,
      data: { id, deleted: true },
    });
    expect((await call("GET", "/api/v1/members/profile", undefined, { headers })).status).toBe(401);
    expect((await call("DELETE", `/api/v1/members/api-keys/${id}`, undefined, { headers })).status).toBe(401);
    expect(await member.delete(`/api/v1/members/api-keys/${id}`)).toMatchObject({ status: 404, code: "not_found" });
    expect((await member.get("/api/v1/members/api-keys")).data.pagination.total).toBe(1);
    expect((await member.get("/api/v1/members/api-key")).data.id).not.toBe(id);
  });

  it("cannot be seen or revoked by other accounts", async () => {
    const [owner, stranger] = [await newMember(), await newMember()];
    const { id } = (await owner.post("/api/v1/members/api-key", undefined)).data;
    expect(await stranger.delete(`/api/v1/members/api-keys/${id}`)).toMatchObject({ status: 404, code: "not_found" });
    expect((await stranger.get("/api/v1/members/api-keys")).data.pagination.total).toBe(1);
    expect((await owner.get("/api/v1/members/api-key")).data.id).toBe(id);
  });

  it("return 404 for a member without one", async () => {
    const { body } = await register();
    const { token } = (await call("POST", "/api/v1/auth/token", body)).data;
    const headers = { Authorization: `Bearer ${token}` };
    expect((await call("GET", "/api/v1/members/api-key", undefined, { headers })).status).toBe(404);
    expect(await call("GET", "/api/v1/members/api-keys", undefined, { headers })).toMatchObject({
      data: { api_keys: [], pagination: { page: 1, limit: 20, total: 0, totalPages: 0 } },
    });
    expect((await call("POST", "/api/v1/members/api-key", undefined, { headers })).status).toBe(201);
  });
});
