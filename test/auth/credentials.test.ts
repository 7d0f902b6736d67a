import { env } from "cloudflare:workers";
import { sign } from "hono/jwt";
import { describe, expect, it } from "vitest";
import { call, newDomain, newMember, type TestMember } from "../support/client";

const PROFILE = "/api/v1/members/profile";
const NOW = Math.floor(Date.now() / 1000);
const UNKNOWN_KEY = `ref_${"0".repeat(48)}`;

const claimsOf = (member: TestMember, fields: Record<string, unknown> = {}) => ({
  sub: String(member.id),
  email: member.email,
  name: "Test Member",
  iat: NOW,
  exp: NOW + 3600,
  ...fields,
});
const tokenOf = (member: TestMember, fields?: Record<string, unknown>, secret = "test-jwt-secret") =>
  sign(claimsOf(member, fields), secret, "HS256");
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const profile = (headers: Record<string, string>, options = {}) =>
  call("GET", PROFILE, undefined, { headers, ...options });

const encode = (value: unknown) =>
  btoa(JSON.stringify(value)).replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");

describe("a credential", () => {
  it("is a key or a token, at either base path", async () => {
    const member = await newMember();
    for (const headers of [
      { "X-API-Key": member.key },
      bearer(member.key),
      bearer(await tokenOf(member)),
      { Authorization: `bearer ${await tokenOf(member)}` },
    ])
      for (const path of [PROFILE, "/v1/members/profile"])
        expect(await call("GET", path, undefined, { headers })).toMatchObject({ status: 200, data: { id: member.id } });
  });

  it("has its signups checked again if it is a key sent as a token", async () => {
    const member = await newMember();
    const brand = (await member.post("/api/v1/brands", { url: newDomain() })).data;
    const campaign_id = (await member.post("/api/v1/campaigns", { brand_id: brand.id, name: "Spring" })).data.id;
    const signUp = (email: string) =>
      call("POST", "/api/v1/signups", { campaign_id, email, name: "Grace" }, { headers: bearer(member.key) });
    expect((await signUp("grace@example.com")).status).toBe(201);
    await env.DB.prepare("UPDATE api_keys SET revoked_at = 1 WHERE member_id = ?").bind(member.id).run();
    expect((await signUp("ada@example.com")).status).toBe(401);
  });

  it("may be a token that was just issued by a server with a fast clock", async () => {
    const member = await newMember();
    expect((await profile(bearer(await tokenOf(member, { iat: NOW + 300 })))).status).toBe(200);
  });

  it("in X-API-Key wins over a token", async () => {
    const [one, two] = [await newMember(), await newMember()];
    const token = await tokenOf(two);
    const both = (key: string) => profile({ "X-API-Key": key, ...bearer(token) });
    expect((await both(one.key)).data.id).toBe(one.id);
    for (const key of [UNKNOWN_KEY, "", "ref_"]) expect((await both(key)).status).toBe(401);
  });

  it.each([
    ["nothing", () => ({})],
    ["an unknown key", () => ({ "X-API-Key": UNKNOWN_KEY })],
    ["a key in capitals", (m: TestMember) => ({ "X-API-Key": m.key.toUpperCase() })],
    ["a key's beginning", (m: TestMember) => ({ "X-API-Key": m.key.slice(0, 20) })],
    ["an unknown key as a token", () => bearer(UNKNOWN_KEY)],
    ["a key in capitals as a token", (m: TestMember) => bearer(m.key.toUpperCase())],
    ["a token as a key", async (m: TestMember) => ({ "X-API-Key": await tokenOf(m) })],
    ["a token without Bearer", async (m: TestMember) => ({ Authorization: await tokenOf(m) })],
    ["no token", () => bearer("")],
    ["rubbish", () => bearer("a.b.c")],
    ["another secret", async (m: TestMember) => bearer(await tokenOf(m, {}, "another-secret"))],
    ["the participants' secret", async (m: TestMember) => bearer(await tokenOf(m, {}, "test-code-secret"))],
    ["an expired token", async (m: TestMember) => bearer(await tokenOf(m, { iat: NOW - 7200, exp: NOW - 1 }))],
    ["a token without end", async (m: TestMember) => bearer(await tokenOf(m, { exp: undefined }))],
    ["an end in words", async (m: TestMember) => bearer(await tokenOf(m, { exp: "never" }))],
    ["a token for nobody", async (m: TestMember) => bearer(await tokenOf(m, { sub: undefined }))],
    ["a token for a number", async (m: TestMember) => bearer(await tokenOf(m, { sub: m.id }))],
    ["a token for a member who is not", async (m: TestMember) => bearer(await tokenOf(m, { sub: "999999999" }))],
    ["alg none", async (m: TestMember) => bearer(`${encode({ alg: "none", typ: "JWT" })}.${encode(claimsOf(m))}.`)],
    [
      "alg none over a good signature",
      async (m: TestMember) =>
        bearer(`${encode({ alg: "none", typ: "JWT" })}.${encode(claimsOf(m))}.${(await tokenOf(m)).split(".")[2]}`),
    ],
    ["another algorithm", async (m: TestMember) => bearer(await sign(claimsOf(m), "test-jwt-secret", "HS512"))],
    [
      "claims changed after signing",
      async (m: TestMember) => {
        const [header, , signature] = (await tokenOf(m)).split(".");
        return bearer(`${header}.${encode(claimsOf(m, { sub: "1" }))}.${signature}`);
      },
    ],
    ["a signature cut short", async (m: TestMember) => bearer((await tokenOf(m)).slice(0, -4))],
    ["a fourth part", async (m: TestMember) => bearer(`${await tokenOf(m)}.x`)],
  ] as [string, (m: TestMember) => Promise<Record<string, string>> | Record<string, string>][])(
    "that is %s opens nothing",
    async (_, headersOf) => {
      const member = await newMember();
      expect(await profile(await headersOf(member))).toMatchObject({
        status: 401,
        code: "unauthenticated",
        success: false,
      });
    },
  );

  it("of a deleted member opens nothing", async () => {
    const member = await newMember();
    const token = await tokenOf(member);
    await env.DB.prepare("DELETE FROM members WHERE id = ?").bind(member.id).run();
    expect((await profile({ "X-API-Key": member.key })).status).toBe(401);
    expect((await profile(bearer(token))).status).toBe(401);
  });

  it("that is a token returns a clear 500 without the server's secret; a key still works", async () => {
    const member = await newMember();
    for (const JWT_SECRET of [undefined, ""]) {
      const answer = await profile(bearer(await tokenOf(member, {}, "x")), { env: { JWT_SECRET } });
      expect(answer).toMatchObject({ status: 500, code: "misconfigured", error: "The setting JWT_SECRET is missing." });
      const credentials = { email: "nobody@example.com", password: "wrong horse battery" };
      expect(await call("POST", "/api/v1/auth/token", credentials, { env: { JWT_SECRET } })).toMatchObject({
        status: 500,
        code: "misconfigured",
      });
      expect((await profile({ "X-API-Key": member.key }, { env: { JWT_SECRET } })).status).toBe(200);
    }
  });
});
