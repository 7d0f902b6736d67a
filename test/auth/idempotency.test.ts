import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { bearerOf } from "../support/bearer";
import { newCampaign, someone } from "../support/campaign";
import { call, newDomain, newMember, type TestMember } from "../support/client";
import { failsAfterWriteTo } from "../support/faults";

const newKey = () => crypto.randomUUID();
const brandCount = async (member: TestMember) => (await member.get("/api/v1/brands")).data.pagination.total;

function once(member: TestMember, key: string, body: unknown, path = "/api/v1/brands") {
  return member.post(path, body, { headers: { "Idempotency-Key": key } });
}

describe("an Idempotency-Key", () => {
  it("returns the first response again, at either base path, and nothing happens twice", async () => {
    const [member, key, body] = [await newMember(), newKey(), { url: newDomain() }];
    const first = await once(member, key, body);
    expect(first).toMatchObject({ status: 201 });
    expect(first.headers.get("Idempotent-Replayed")).toBeNull();
    for (const path of ["/api/v1/brands", "/v1/brands"]) {
      const again = await once(member, key, body, path);
      expect(again).toMatchObject({ status: 201, text: first.text });
      expect(again.headers.get("Idempotent-Replayed")).toBe("true");
      expect(again.headers.get("X-Request-Id")).not.toBe(first.headers.get("X-Request-Id"));
      expect(again.headers.get("Access-Control-Allow-Origin")).toBe("*");
    }
    expect(await brandCount(member)).toBe(1);
  });

  it("returns a one-time secret again to its owner, and stores it encrypted", async () => {
    const [member, key] = [await newMember(), newKey()];
    const first = await once(member, key, undefined, "/api/v1/members/api-key");
    const again = await once(member, key, undefined, "/api/v1/members/api-key");
    expect(again.data).toEqual(first.data);
    const { results } = await env.DB.prepare("SELECT * FROM idempotency_keys").all();
    expect(JSON.stringify(results)).not.toContain(first.data.api_key.slice(4));
    expect(JSON.stringify(results)).not.toContain(key);
  });

  it("is the same key with and without quotes", async () => {
    const [member, key, body] = [await newMember(), newKey(), { url: newDomain() }];
    const first = await once(member, key, body);
    expect(await once(member, `"${key}"`, body)).toMatchObject({ status: 201, data: first.data });
    expect(await brandCount(member)).toBe(1);
  });

  it("refuses another body with 422, and keeps the first response", async () => {
    const [member, key, body] = [await newMember(), newKey(), { url: newDomain() }];
    const first = await once(member, key, body);
    expect(await once(member, key, { url: newDomain() })).toMatchObject({ status: 422, code: "idempotency_mismatch" });
    expect((await once(member, key, body)).text).toBe(first.text);
  });

  it("is separate per member and path", async () => {
    const [one, two, key, body] = [await newMember(), await newMember(), newKey(), { url: newDomain() }];
    const first = await once(one, key, body);
    const other = await once(two, key, body);
    expect(other).toMatchObject({ status: 201 });
    expect(other.data.id).not.toBe(first.data.id);
    expect((await once(one, key, undefined, "/api/v1/members/api-key")).status).toBe(201);
  });

  it("of a stranger at another address is not shared", async () => {
    const key = newKey();
    const register = (address: string) =>
      call(
        "POST",
        "/api/v1/members",
        { email: `${newKey()}@example.com`, name: "Ada", password: "correct horse" },
        { headers: { "Idempotency-Key": key, "CF-Connecting-IP": address } },
      );
    expect([(await register("192.0.2.1")).status, (await register("192.0.2.2")).status]).toEqual([201, 201]);
    expect((await register("192.0.2.1")).status).toBe(422);
  });

  it.each([
    ["256 characters", "k".repeat(256)],
    ["none in quotes", '""'],
  ])("of %s is refused", async (_, key) => {
    const member = await newMember();
    expect(await once(member, key, { url: newDomain() })).toMatchObject({
      status: 400,
      details: [{ path: "Idempotency-Key" }],
    });
    expect(await brandCount(member)).toBe(0);
  });

  it("may have 255 characters, and is ignored for GET and PUT", async () => {
    const [member, key] = [await newMember(), "k".repeat(255)];
    const { id } = (await once(member, key, { url: newDomain() })).data;
    const headers = { "Idempotency-Key": key };
    for (const description of ["one", "two"])
      expect((await member.put(`/api/v1/brands/${id}`, { description }, { headers })).data.description).toBe(
        description,
      );
    expect((await member.get(`/api/v1/brands/${id}`, { headers })).status).toBe(200);
  });

  it("takes effect once for concurrent requests; the others wait or get its response", async () => {
    const [member, key, body] = [await newMember(), newKey(), { url: newDomain() }];
    const answers = await Promise.all(Array.from({ length: 8 }, () => once(member, key, body)));
    const ids = answers.filter(({ status }) => status === 201).map(({ data }) => data.id);
    expect(new Set(ids).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer).toMatchObject({ status: 409, code: "idempotency_in_progress" });
      expect(answer.headers.get("Retry-After")).toBe("1");
    }
    expect(await brandCount(member)).toBe(1);
  });

  it("keeps no 400: a corrected body works under the same key, and is kept", async () => {
    const [member, key] = [await newMember(), newKey()];
    for (let attempt = 0; attempt < 2; attempt++) {
      const refused = await once(member, key, { url: "localhost" });
      expect(refused.status).toBe(400);
      expect(refused.headers.get("Idempotent-Replayed")).toBeNull();
    }
    const body = { url: newDomain() };
    const corrected = await once(member, key, body);
    expect(corrected.status).toBe(201);
    expect((await once(member, key, body)).headers.get("Idempotent-Replayed")).toBe("true");
    expect((await once(member, key, { url: "localhost" })).status).toBe(422);
  });

  it("keeps other refusals: the same conflict gets the same response", async () => {
    const member = await newMember();
    const { id } = (await member.post("/api/v1/brands", { url: newDomain() })).data;
    const campaign_id = (await member.post("/api/v1/campaigns", { brand_id: id, name: "Spring" })).data.id;
    const headers = { "Idempotency-Key": newKey() };
    const body = { campaign_id, email: `${newKey()}@example.com`, name: "Grace" };
    await member.post("/api/v1/signups", body);
    const first = await member.post("/api/v1/signups", body, { headers });
    const again = await member.post("/api/v1/signups", body, { headers });
    expect(first.status).toBe(409);
    expect(again).toMatchObject({ status: 409, text: first.text });
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  });

  it("keeps no 5xx: a repeated request runs again", async () => {
    const key = newKey();
    const body = { email: `${key}@example.com`, name: "Ada", password: "correct horse" };
    await call("POST", "/api/v1/members", body);
    const headers = { "Idempotency-Key": key };
    const path = "/api/v1/auth/token";
    expect((await call("POST", path, body, { headers, env: { JWT_SECRET: undefined } })).status).toBe(500);
    const again = await call("POST", path, body, { headers });
    expect(again.status).toBe(200);
    expect(again.headers.get("Idempotent-Replayed")).toBeNull();
    expect((await call("POST", path, body, { headers })).data.token).toBe(again.data.token);
  });

  it("expires after 24 hours", async () => {
    const [member, key] = [await newMember(), newKey()];
    await once(member, key, { url: newDomain() });
    await env.DB.prepare("UPDATE idempotency_keys SET expires_at = ?")
      .bind(Date.now() - 1)
      .run();
    expect((await once(member, key, { url: newDomain() })).status).toBe(201);
    expect(await brandCount(member)).toBe(2);
  });
});

describe("a signup's response", () => {
  const ended = {
    "a revoked key": "UPDATE api_keys SET revoked_at = 1 WHERE member_id = ?",
    "an ended token": "UPDATE members SET token_epoch = token_epoch + 1 WHERE id = ?",
    "a token of an account that is gone": "DELETE FROM members WHERE id = ?",
  };
  it.each(Object.entries(ended))("is not repeated for %s", async (holder, end) => {
    const campaign = await newCampaign();
    const { id, key } = campaign.owner;
    const { referral_code } = (await campaign.signUp(someone())).data;
    const headers = {
      ...(holder === "a revoked key" ? { "X-API-Key": key } : await bearerOf(campaign.owner)),
      "Idempotency-Key": newKey(),
    };
    const bodies = {
      "/api/v1/signups": { campaign_id: campaign.id, email: someone(), name: "Ada" },
      "/api/v1/signups/referral": { referral_code, email: someone(), name: "Grace" },
    };
    for (const [path, body] of Object.entries(bodies)) {
      const first = await call("POST", path, body, { headers });
      expect(first.status).toBe(201);
      const again = await call("POST", path, body, { headers });
      expect(again).toMatchObject({ status: 201, text: first.text });
      expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    }
    await env.DB.prepare(end).bind(id).run();
    for (const [path, body] of Object.entries(bodies))
      expect(await call("POST", path, body, { headers })).toMatchObject({ status: 401, code: "unauthenticated" });
  });
});

describe("a request that dies", () => {
  /** A dead first run: its lease is over, and it has no response. */
  const bury = (isCommitted: boolean) =>
    env.DB.prepare("UPDATE idempotency_keys SET status = NULL, body = NULL, leased_until = ?, is_committed = ?")
      .bind(Date.now() - 1, isCommitted ? 1 : 0)
      .run();

  it("after its commit is reported, and has no second effect", async () => {
    const [member, key, body] = [await newMember(), newKey(), { url: newDomain() }];
    await once(member, key, body);
    await bury(true);
    for (const _ of [1, 2]) expect(await once(member, key, body)).toMatchObject({ status: 409, code: "conflict" });
    expect(await brandCount(member)).toBe(1);
  });

  it("between its commit and its response has no second effect either", async () => {
    const [member, key, body] = [await newMember(), newKey(), { url: newDomain() }];
    const headers = { "Idempotency-Key": key };
    const broken = { headers, env: { DB: failsAfterWriteTo("brands") } };
    expect((await member.post("/api/v1/brands", body, broken)).status).toBe(503);
    expect(await brandCount(member)).toBe(1);
    expect(await once(member, key, body)).toMatchObject({ status: 409, code: "conflict" });
    expect(await brandCount(member)).toBe(1);
  });

  it("before its commit runs again, once, under the first run's event id", async () => {
    const [member, key, body] = [await newMember(), newKey(), { url: newDomain() }];
    await once(member, key, body);
    await env.DB.prepare("DELETE FROM brands WHERE member_id = ?").bind(member.id).run();
    await bury(false);
    const events = () => env.DB.prepare("SELECT request_event FROM idempotency_keys ORDER BY 1").all();
    const before = await events();
    const answers = await Promise.all([1, 2, 3].map(() => once(member, key, body)));
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect(await brandCount(member)).toBe(1);
    expect((await events()).results).toEqual(before.results);
  });

  it("after its signup in the ledger runs again and finds its own signup: the response is the first one", async () => {
    const { owner, id, stats } = await newCampaign();
    const [key, path] = [newKey(), "/api/v1/signups"];
    const body = { campaign_id: id, email: someone(), name: "Ada" };
    const first = await once(owner, key, body, path);
    expect(first.status).toBe(201);
    await bury(false);
    const again = await once(owner, key, body, path);
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers.get("Idempotent-Replayed")).toBeNull();
    expect((await stats()).total_participants).toBe(1);
  });

  it("that is still running is a 409 with Retry-After", async () => {
    const [member, key, body] = [await newMember(), newKey(), { url: newDomain() }];
    await once(member, key, body);
    await env.DB.prepare("UPDATE idempotency_keys SET status = NULL, body = NULL").run();
    const again = await once(member, key, body);
    expect(again).toMatchObject({ status: 409, code: "idempotency_in_progress" });
    expect(again.headers.get("Retry-After")).toBe("1");
  });
});
