import { describe, expect, it } from "vitest";
import { type Policy, policies } from "../../src/auth/limit";
import wranglerToml from "../../wrangler.toml?raw";
import { call, newDomain, newMember } from "../support/client";
import { inOneWindow } from "../support/window";

let addresses = 0;
const newAddress = () => ({ "CF-Connecting-IP": `198.51.100.${++addresses}` });
const on = { RATE_LIMITS: "on" };

/** A limit that is used up, and the keys that it was asked about. */
function usedUp() {
  const asked: string[] = [];
  const limit = async ({ key }: { key: string }) => {
    asked.push(key);
    return { success: false };
  };
  return { asked, binding: { limit } };
}

describe("a limit", () => {
  it("stops sign-ins from one address after its quota, and no other address", async () => {
    const attempt = (headers: Record<string, string>, path = "/api/v1/auth/token") =>
      call("POST", path, {}, { headers, env: on });
    const { answers, other } = await inOneWindow(async () => {
      const headers = newAddress();
      const answers = [];
      for (let i = 0; i <= policies.sign_in.quota; i++) answers.push(await attempt(headers));
      return { answers, other: await attempt(headers, "/api/v1/members") };
    });
    const last = answers.pop();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect(last).toMatchObject({ status: 429, code: "rate_limited", success: false });
    expect(Number(last?.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(Number(last?.headers.get("Retry-After"))).toBeLessThanOrEqual(60);
    expect(last?.headers.get("RateLimit-Policy")).toBe('"sign_in";q=20;w=60');
    expect(last?.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(other.status).toBe(429);
    expect((await attempt(newAddress())).status).toBe(400);
  });

  it("for requests with keys covers all keys and tokens of a member", async () => {
    const member = await newMember();
    const { asked, binding } = usedUp();
    const { api_key } = (await member.post("/api/v1/members/api-key", undefined)).data;
    const answers = await Promise.all(
      [member.key, api_key].map((key) =>
        call("GET", "/api/v1/brands", undefined, {
          headers: { "X-API-Key": key },
          env: { ...on, KEY_LIMIT: binding },
        }),
      ),
    );
    const [answer] = answers;
    expect(answers[1]?.status).toBe(429);
    expect(answer).toMatchObject({ status: 429, code: "rate_limited" });
    expect(answer?.headers.get("RateLimit-Policy")).toBe('"key";q=6000;w=60');
    expect(asked).toEqual([String(member.id), String(member.id)]);
  });

  it("applies to guessed credentials", async () => {
    const { asked, binding } = usedUp();
    const headers = { ...newAddress(), "X-API-Key": `ref_${"0".repeat(48)}` };
    for (const path of ["/api/v1/brands", "/api/v1/members/profile"])
      expect((await call("GET", path, undefined, { headers, env: { ...on, PUBLIC_LIMIT: binding } })).status).toBe(429);
    const operator = { ...newAddress(), Authorization: "Bearer guess" };
    const body = { plan_id: 3, plan_expiry: null };
    const env = { ...on, PUBLIC_LIMIT: binding };
    expect((await call("PUT", "/api/v1/operator/members/1/plan", body, { headers: operator, env })).status).toBe(429);
    expect(asked).toEqual([headers["CF-Connecting-IP"], headers["CF-Connecting-IP"], operator["CF-Connecting-IP"]]);
  });

  it("that stops a request leaves its Idempotency-Key unused", async () => {
    const member = await newMember();
    const body = { url: newDomain() };
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const stopped = await member.post("/api/v1/brands", body, { headers, env: { ...on, KEY_LIMIT: usedUp().binding } });
    expect(stopped.status).toBe(429);
    expect((await member.post("/api/v1/brands", body, { headers })).status).toBe(201);
  });

  it("does not exist if the installation turns limits off", async () => {
    const member = await newMember();
    const env = { RATE_LIMITS: "off", KEY_LIMIT: usedUp().binding };
    expect((await member.get("/api/v1/brands", { env })).status).toBe(200);
  });

  it("is reported as wrangler.toml sets it", () => {
    for (const name of Object.keys(policies) as Policy[]) {
      const { binding, quota, windowSeconds } = policies[name];
      if (binding === null) continue;
      const block = wranglerToml.split("[[ratelimits]]").find((part) => part.includes(`name = "${binding}"`));
      expect(block).toContain(`limit = ${quota}, period = ${windowSeconds} }`);
    }
  });
});
