import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { mintNamedKey } from "../../src/auth/key-text";
import { newCampaign, someone } from "../support/campaign";
import { call, newDomain, newMember, type TestMember } from "../support/client";
import { type Browser, colleagueOf, ORIGIN, signedIn } from "../support/session";

const asking = (key: string, method: string, path: string, body?: unknown) =>
  call(method, path, body, { headers: { "X-API-Key": key } });
const create = async (member: TestMember, fields: Record<string, unknown> = {}) =>
  (await member.post("/api/v1/keys", { name: "Shop", scopes: ["read"], ...fields })).data;
const signUp = (key: string, campaign_id: number) =>
  asking(key, "POST", "/api/v1/signups", { campaign_id, email: someone(), name: "N" });
/** A call with a browser's session, from our own pages. */
const inBrowser = ({ token }: Pick<Browser, "token">, method: string, path: string, body: unknown) =>
  call(method, path, body, { headers: { Cookie: `__Host-session=${token()}`, Origin: ORIGIN } });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe("a named key", () => {
  it("is shown once, in the format of GitHub's tokens, and stored as a keyed hash", async () => {
    const member = await newMember();
    const made = await create(member, { expires_at: inDays(1) });
    expect(made.key).toMatch(/^sk_live_[0-9A-Za-z]{36}$/);
    expect(made).toMatchObject({
      name: "Shop",
      kind: "secret",
      mode: "live",
      scopes: ["read"],
      prefix: made.key.slice(0, 12),
      allowed_origins: null,
      last_used_at: null,
    });
    const row = await env.DB.prepare("SELECT * FROM api_keys WHERE id = ?").bind(made.id).first();
    expect(JSON.stringify(row)).not.toContain(made.key.slice(12));
    const listed = await member.get("/api/v1/keys");
    expect(listed.data.keys).toHaveLength(1);
    expect(listed.text).not.toContain(made.key);
    expect((await member.get(`/api/v1/keys/${made.id}`)).data).toEqual(listed.data.keys[0]);
    // Classic lists are unchanged.
    expect((await member.get("/api/v1/members/api-keys")).text).not.toContain("sk_live");
    expect((await member.delete(`/api/v1/members/api-keys/${made.id}`)).status).toBe(404);
  });

  it("with a typo is refused without the database", async () => {
    const { key } = await mintNamedKey(env, "secret", "live");
    const swapped = key.at(-1) === "0" ? "1" : "0";
    const DB = { withSession: () => ({ batch: () => expect.unreachable(), prepare: () => expect.unreachable() }) };
    for (const wrong of [key.slice(0, -1) + swapped, key.replace("sk_live", "sk_test"), `${key}0`])
      for (const headers of [{ "X-API-Key": wrong }, { Authorization: `Bearer ${wrong}` }] as Record<string, string>[])
        expect(
          await call("GET", "/api/v1/brands", undefined, { headers, env: { DB: DB as unknown as D1Database } }),
        ).toMatchObject({ status: 401 });
  });

  it("is limited to its scopes, and names the missing one", async () => {
    const { owner, id } = await newCampaign();
    const attempts: Record<string, (key: string) => Promise<{ status: number }>> = {
      read: (key) => asking(key, "GET", "/api/v1/brands"),
      write: (key) => asking(key, "POST", "/api/v1/brands", { url: newDomain() }),
      signup: (key) => signUp(key, id),
    };
    const allowed = { read: ["read"], write: ["write", "signup"], signup: ["signup"] };
    for (const [scope, can] of Object.entries(allowed)) {
      const { key } = await create(owner, { scopes: [scope] });
      for (const [needed, attempt] of Object.entries(attempts)) {
        const answer = await attempt(key);
        if (can.includes(needed)) expect(answer.status, `${scope} ${needed}`).toBeLessThan(300);
        else {
          expect(answer, `${scope} ${needed}`).toMatchObject({
            status: 403,
            code: "scope_missing",
            missing_scope: needed,
            doc_url: expect.stringContaining("#scope_missing"),
          });
        }
      }
    }
  });

  it.each([
    ["POST", "/api/v1/keys"],
    ["GET", "/api/v1/keys"],
    ["POST", "/api/v1/members/api-key"],
    ["PUT", "/api/v1/members/team-security"],
  ])("cannot %s %s with any scopes, because it could extend its own rights", async (method, path) => {
    const member = await newMember();
    const { key } = await create(member, { scopes: ["read", "write", "signup"] });
    expect(await asking(key, method, path, method === "GET" ? undefined : {})).toMatchObject({
      status: 403,
      code: "scope_missing",
    });
  });

  it("belongs to one account", async () => {
    const [one, two] = [await newCampaign(), await newMember()];
    const made = await create(two, { scopes: ["read", "write"] });
    expect((await asking(made.key, "GET", `/api/v1/campaigns/${one.id}`)).status).toBe(404);
    expect((await signUp(made.key, one.id)).status).toBe(404);
    for (const [method, path] of [
      ["GET", ""],
      ["PATCH", ""],
      ["DELETE", ""],
      ["POST", "/roll"],
    ] as const)
      expect(
        (await one.owner.call(method, `/api/v1/keys/${made.id}${path}`, method === "GET" ? undefined : {})).status,
      ).toBe(404);
  });

  it("ends when it expires, for signups in the ledger, too, with that reason", async () => {
    const { owner, id } = await newCampaign();
    const made = await create(owner, { scopes: ["read", "signup"], expires_at: inDays(1) });
    expect((await signUp(made.key, id)).status).toBe(201);
    await env.DB.prepare("UPDATE api_keys SET expires_at = ? WHERE id = ?")
      .bind(Date.now() - 1, made.id)
      .run();
    // This isolate still trusts the key; the transaction does not.
    expect((await signUp(made.key, id)).status).toBe(401);
    expect(await asking(made.key, "GET", "/api/v1/brands")).toMatchObject({
      status: 401,
      error: "This API key has expired.",
    });
    // Guesses of keys count by address, also if one was valid.
    const limited = await call("GET", "/api/v1/brands", undefined, {
      headers: { "X-API-Key": made.key },
      env: { RATE_LIMITS: "on" },
    });
    expect([limited.status, limited.headers.get("RateLimit-Policy")]).toEqual([401, '"public";q=300;w=60']);
    expect((await owner.post("/api/v1/keys", { name: "x", scopes: ["read"], expires_at: inDays(-1) })).status).toBe(
      400,
    );
  });

  it("is changed and revoked at once", async () => {
    const { owner, id } = await newCampaign();
    const made = await create(owner, { scopes: ["read", "signup"] });
    const path = `/api/v1/keys/${made.id}`;
    const changed = await owner.patch(path, { name: "Till", scopes: ["write"] });
    expect(changed.data).toMatchObject({ name: "Till", scopes: ["write"], prefix: made.prefix });
    expect((await asking(made.key, "GET", "/api/v1/brands")).code).toBe("scope_missing");
    expect(await owner.patch(path, { allowed_origins: ["https://a.example"] })).toMatchObject({ status: 400 });
    expect((await signUp(made.key, id)).status).toBe(201);
    expect((await owner.delete(path)).data).toEqual({ id: made.id, deleted: true });
    expect((await signUp(made.key, id)).status).toBe(401);
    expect((await owner.get(path)).status).toBe(404);
    expect((await owner.get("/api/v1/keys")).data.keys).toEqual([]);
  });

  it("is replaced, and keeps working for the grace period", async () => {
    const { owner } = await newCampaign();
    const made = await create(owner, { scopes: ["read"] });
    const rolled = await owner.post(`/api/v1/keys/${made.id}/roll`, { grace_hours: 1 });
    expect(rolled).toMatchObject({
      status: 201,
      data: { old_key: { id: made.id }, key: { name: "Shop", scopes: ["read"] } },
    });
    const { key, old_key } = rolled.data;
    expect(old_key.expires_at).not.toBeNull();
    for (const each of [made.key, key.key]) expect((await asking(each, "GET", "/api/v1/brands")).status).toBe(200);
    const again = await owner.post(`/api/v1/keys/${made.id}/roll`, {});
    expect(again).toMatchObject({ status: 409, code: "conflict" });
    // The grace period has an end.
    expect((await owner.patch(`/api/v1/keys/${made.id}`, { expires_at: null })).status).toBe(400);
    const next = await owner.post(`/api/v1/keys/${key.id}/roll`, { grace_hours: 0 });
    expect((await asking(key.key, "GET", "/api/v1/brands")).status).toBe(401);
    expect((await asking(next.data.key.key, "GET", "/api/v1/brands")).status).toBe(200);
  });

  it("records its use at most once an hour", async () => {
    const member = await newMember();
    const made = await create(member);
    const usedAt = async () => (await member.get(`/api/v1/keys/${made.id}`)).data.last_used_at;
    await asking(made.key, "GET", "/api/v1/brands");
    const first = await usedAt();
    expect(first).not.toBeNull();
    const earlier = Date.parse(first) - 3_500_000;
    await env.DB.prepare("UPDATE api_keys SET last_used_at = ? WHERE id = ?").bind(earlier, made.id).run();
    await asking(made.key, "GET", "/api/v1/brands");
    expect(Date.parse(await usedAt())).toBe(earlier);
    await env.DB.prepare("UPDATE api_keys SET last_used_at = ? WHERE id = ?")
      .bind(earlier - 200_000, made.id)
      .run();
    await asking(made.key, "GET", "/api/v1/brands");
    expect(Date.parse(await usedAt())).toBeGreaterThan(earlier);
  });

  it("counts toward a limit of 100, with the classic ones, until it is revoked", async () => {
    const member = await newMember();
    const row = "INSERT INTO api_keys (member_id, hash, prefix, date_generated) VALUES (?, ?, 'ref_000000', 1)";
    await env.DB.batch(Array.from({ length: 98 }, () => env.DB.prepare(row).bind(member.id, crypto.randomUUID())));
    const made = await create(member);
    expect(await member.post("/api/v1/keys", { name: "x", scopes: ["read"] })).toMatchObject({ code: "key_limit" });
    expect(await member.post("/api/v1/members/api-key", undefined)).toMatchObject({ code: "key_limit" });
    // A roll does not count toward the limit.
    expect((await member.post(`/api/v1/keys/${made.id}/roll`, { grace_hours: 0 })).status).toBe(201);
    const { data } = await member.get("/api/v1/members/api-keys?limit=1");
    await member.delete(`/api/v1/members/api-keys/${data.api_keys[0].id}`);
    expect((await member.post("/api/v1/members/api-key", undefined)).status).toBe(201);
  });

  it("emails the owner, is in the audit log, and ends when its creator leaves the team", async () => {
    const ada = await signedIn();
    const grace = await colleagueOf(ada.member, "owner");
    const made = await inBrowser(grace, "POST", "/api/v1/keys", { name: "Till", scopes: ["read"] });
    expect(made).toMatchObject({ status: 201, data: { created_by: { id: grace.member.id } } });
    const { results } = await env.DB.prepare("SELECT kind, detail FROM mails WHERE member_id = ?")
      .bind(ada.member.id)
      .all();
    expect(results).toContainEqual({ kind: "key_created", detail: `${made.data.prefix}…` });
    expect((await ada.page("/audit")).text).toContain("Created a named API key");
    const editor = await colleagueOf(ada.member, "editor");
    expect(await inBrowser(editor, "POST", "/api/v1/keys", { name: "Till", scopes: ["read"] })).toMatchObject({
      status: 403,
      code: "role_needed",
    });
    await ada.submit(`/team/${grace.member.id}/remove`);
    expect((await asking(made.data.key, "GET", "/api/v1/brands")).status).toBe(401);
  });

  it.each([
    [{ scopes: ["read"] }, "name"],
    [{ name: "x" }, "scopes"],
    [{ name: "x", scopes: [] }, "scopes"],
    [{ name: "x", scopes: ["all"] }, "scopes.0"],
    [{ name: "x", scopes: ["read"], mode: "prod" }, "mode"],
    [{ name: "x", kind: "publishable" }, "allowed_origins"],
    [{ name: "x", kind: "publishable", allowed_origins: ["*"] }, "allowed_origins.0"],
    [{ name: "x", kind: "publishable", allowed_origins: ["http://shop.example.com"] }, "allowed_origins.0"],
    [{ name: "x", kind: "publishable", allowed_origins: ["https://shop.example.com/path"] }, "allowed_origins.0"],
    [{ name: "x", kind: "publishable", allowed_origins: ["https://a.example"], scopes: ["read"] }, "scopes"],
    [{ name: "x", scopes: ["read"], allowed_origins: ["https://a.example"] }, "allowed_origins"],
  ])("that is %j is refused", async (body, path) => {
    const member = await newMember();
    expect(await member.post("/api/v1/keys", body)).toMatchObject({ status: 400, details: [{ path }] });
  });
});
