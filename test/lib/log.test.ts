import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { call, newDomain, newMember } from "../support/client";
import { failsAfterWriteTo } from "../support/faults";

let spies: MockInstance[];
beforeEach(() => {
  spies = (["log", "error", "warn", "info", "debug"] as const).map((name) => vi.spyOn(console, name).mockReturnValue());
});
afterEach(() => vi.restoreAllMocks());

const lines = () => spies.flatMap((spy) => spy.mock.calls.map((args) => args.join(" ")));
const requests = () =>
  lines()
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message === "request");

describe("the log", () => {
  it("has one JSON line per request, with its cost", async () => {
    const member = await newMember();
    const answer = await member.post("/v1/brands", { url: newDomain() });
    expect(lines()).toHaveLength(1);
    expect(requests()).toEqual([
      {
        level: "info",
        message: "request",
        request_id: answer.headers.get("X-Request-Id"),
        method: "POST",
        route: "/v1/brands",
        status: 201,
        ms: expect.any(Number),
        d1_calls: expect.any(Number),
        rows_read: expect.any(Number),
        rows_written: expect.any(Number),
      },
    ]);
    const [{ d1_calls, rows_read, rows_written }] = requests();
    expect(Math.min(d1_calls, rows_read, rows_written)).toBeGreaterThan(0);
  });

  it("names routes by their pattern, and unknown ones without their text", async () => {
    const member = await newMember();
    await member.get("/api/v1/brands/987654321");
    await call("GET", "/api/v1/secret-looking-path");
    await call("GET", "/another/secret-looking-path?token=secret-looking");
    await call("OPTIONS", "/api/v1/brands/987654321");
    expect(requests().map(({ route }) => route)[0]).toBe("/api/v1/brands/:brandId");
    expect(requests().map(({ status }) => status)).toEqual([404, 404, 404, 204]);
    expect(lines().join()).not.toMatch(/987654321|secret-looking/);
  });

  it("counts a failed request, too, and logs its failure under the same id", async () => {
    const member = await newMember();
    const env = { DB: failsAfterWriteTo("brands") };
    const answer = await member.post("/api/v1/brands", { url: newDomain() }, { env });
    const id = answer.headers.get("X-Request-Id");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).toBe("1");
    const told = lines().map((line) => JSON.parse(line));
    expect(told).toHaveLength(2);
    expect(told).toContainEqual(expect.objectContaining({ level: "error", request_id: id, code: "overloaded" }));
    expect(told).toContainEqual(expect.objectContaining({ level: "info", request_id: id, status: 503 }));
    expect(answer.text).not.toContain("Network connection lost");
  });

  it("can be turned off except for failures", async () => {
    const member = await newMember();
    await member.post("/api/v1/brands", { url: newDomain() }, { env: { LOGS: "off" } });
    expect(lines()).toEqual([]);
    await member.post(
      "/api/v1/brands",
      { url: newDomain() },
      { env: { LOGS: "off", DB: failsAfterWriteTo("brands") } },
    );
    expect(lines().map((line) => JSON.parse(line).level)).toEqual(["error"]);
  });

  it("contains no address, key, token, password, name, or body", async () => {
    const secret = "s3cr3t";
    const email = `${secret}-${crypto.randomUUID()}@example.com`;
    const password = `${secret} password`;
    const registered = await call("POST", "/api/v1/members", { email, name: `${secret} name`, password });
    const { token } = (await call("POST", "/api/v1/auth/token", { email, password })).data;
    const bearer = { Authorization: `Bearer ${token}` };
    const { api_key } = (await call("POST", "/api/v1/members/api-key", undefined, { headers: bearer })).data;
    const headers = { "X-API-Key": api_key, "Idempotency-Key": `${secret}-key`, "CF-Connecting-IP": "203.0.113.99" };
    const env = { DB: failsAfterWriteTo("brands") };
    const answers = [
      registered,
      await call("POST", "/api/v1/members", { email, name: `${secret} name`, password }),
      await call("POST", "/api/v1/auth/token", { email, password: `wrong ${secret}` }),
      await call("POST", "/api/v1/brands", { url: newDomain(), description: secret }, { headers, env }),
      await call("POST", "/api/v1/brands", { url: `${secret} no site`, slug: [secret] }, { headers: bearer }),
      await call("POST", "/api/v1/brands", `{"${secret}": `, { headers: bearer }),
      await call("GET", `/api/v1/participants?email=${encodeURIComponent(email)}`, undefined, { headers: bearer }),
      await call("GET", `/api/v1/brands/${secret}?api_key=${secret}`, undefined, { headers: bearer }),
      await call("GET", `/t/${secret}`),
      await call("PUT", "/api/v1/operator/members/1/plan", {}, { headers: { Authorization: `Bearer ${secret}` } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      201,
      409,
      401,
      503,
      400,
      400,
      expect.any(Number),
      400,
      expect.any(Number),
      401,
    ]);
    const written = lines().join("\n");
    for (const word of [
      secret,
      email,
      api_key,
      api_key.slice(0, 10),
      token,
      token.split(".")[2],
      "203.0.113.99",
      "example.com",
    ])
      expect(written).not.toContain(word);
    expect(requests()).toHaveLength(12);
  });
});
