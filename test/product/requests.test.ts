import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { answer } from "../../src/app";
import { call, newDomain, newMember } from "../support/client";

describe("every response", () => {
  it("has a request id: the caller's own if it is valid, or a new one", async () => {
    for (const id of ["my-request_01", "A".repeat(8), "a".repeat(64)])
      expect(
        (await call("GET", "/api/v1/brands", undefined, { headers: { "X-Request-Id": id } })).headers.get(
          "X-Request-Id",
        ),
      ).toBe(id);
    const minted = new Set<string | null>();
    for (const id of ["short", "a".repeat(65), "with space", "<script>x</script>", "semi;colon;s"])
      minted.add(
        (await call("GET", "/api/v1/brands", undefined, { headers: { "X-Request-Id": id } })).headers.get(
          "X-Request-Id",
        ),
      );
    expect(minted.size).toBe(5);
    for (const id of minted) expect(id).toMatch(/^req_[0-9a-f]{24}$/);
  });

  it.each([
    ["GET", "/api/v1/nowhere"],
    ["GET", "/nowhere"],
    ["PATCH", "/api/v1/brands"],
    ["GET", "/api/v1/brands/%E0%A4%A"],
  ])("to %s %s has the envelope and a request id", async (method, path) => {
    const answer = await call(method, path);
    expect(answer.headers.get("X-Request-Id")).toMatch(/^req_/);
    expect(JSON.parse(answer.text)).toMatchObject({
      success: false,
      error: expect.any(String),
      code: expect.any(String),
    });
    expect([400, 401, 404]).toContain(answer.status);
  });

  it("to a write has a bookmark that a read can send back", async () => {
    const member = await newMember();
    const written = await member.post("/api/v1/brands", { url: newDomain() });
    const bookmark = written.headers.get("X-Bookmark") ?? "";
    expect(bookmark).not.toBe("");
    const path = `/api/v1/brands/${written.data.id}`;
    const asked: string[] = [];
    const withSession = (constraint: string) => {
      asked.push(constraint);
      return env.DB.withSession(constraint);
    };
    const DB = { withSession } as unknown as D1Database;
    const read = (sent: string) => member.get(path, { headers: { "X-Bookmark": sent }, env: { DB } });
    expect((await read(bookmark)).status).toBe(200);
    expect(asked).toEqual([bookmark]);
    for (const rubbish of ["", "x", "first-primary", "0".repeat(500), "'; DROP TABLE members"])
      expect((await read(rubbish)).status).toBe(200);
    expect(new Set(asked.slice(1))).toEqual(new Set(["first-unconstrained"]));
  });

  it("can be read by any website, and OPTIONS returns 204 with the CORS headers", async () => {
    const origin = { Origin: "https://shop.example.com" };
    const frame = await call("OPTIONS", "/widget/42/embed", undefined, { headers: origin });
    expect([frame.status, frame.headers.get("Access-Control-Allow-Origin")]).toEqual([204, "*"]);
    for (const base of ["/api/v1", "/v1"]) {
      const asked = await call("OPTIONS", `${base}/brands`, undefined, {
        headers: { ...origin, "Access-Control-Request-Method": "POST" },
      });
      expect(asked.status).toBe(204);
      expect(asked.headers.get("Access-Control-Allow-Origin")).toBe("*");
      const methods = asked.headers.get("Access-Control-Allow-Methods")?.split(",");
      expect(methods).toEqual(expect.arrayContaining(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]));
      const headers = asked.headers.get("Access-Control-Allow-Headers")?.split(",");
      expect(headers).toEqual(
        expect.arrayContaining(["Content-Type", "X-API-Key", "Authorization", "Idempotency-Key"]),
      );
      const refused = await call("GET", `${base}/brands`, undefined, { headers: origin });
      expect(refused.status).toBe(401);
      expect(refused.headers.get("Access-Control-Allow-Origin")).toBe("*");
      expect(refused.headers.get("Access-Control-Expose-Headers")).toContain("X-Request-Id");
    }
  });
});

describe("a body", () => {
  it("without a Content-Type is read as JSON", async () => {
    const member = await newMember();
    const send = (text: string) => member.post("/api/v1/brands", new TextEncoder().encode(text));
    expect((await send(JSON.stringify({ url: newDomain() }))).status).toBe(201);
    for (const text of ["url=acme.com", "{", "acme.com"])
      expect(await send(text)).toMatchObject({ status: 400, code: "invalid_request", details: [{ path: "" }] });
  });

  const LOOSE = ["text/plain;charset=UTF-8", "Text/Plain", "application/x-www-form-urlencoded"];

  it.each(LOOSE)("of type %s that starts like JSON is read as JSON, on every path of the API", async (type) => {
    const member = await newMember();
    const headers = { "Content-Type": type };
    for (const base of ["/api/v1", "/v1"])
      for (const space of ["", " \r\n\t", "\uFEFF"]) {
        const text = `${space}${JSON.stringify({ url: newDomain(), description: "é ".repeat(500) })}`;
        const made = await member.post(`${base}/brands`, text, { headers });
        expect(made).toMatchObject({ status: 201, data: { description: "é ".repeat(500) } });
      }
    const wrong = await member.post("/api/v1/brands", "[1]", { headers });
    expect(wrong).toMatchObject({ status: 400, code: "invalid_request" });
    const visitor = JSON.stringify({ campaign_id: 999_999_999, email: "grace@example.com" });
    expect((await call("POST", "/api/widget/signup", visitor, { headers })).code).toBe("not_found");
  });

  it("of a loose type may come in chunks, with the same size limit", async () => {
    const member = await newMember();
    const send = async (pieces: string[]) => {
      const body = new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
          controller.close();
        },
      });
      const headers = { "X-API-Key": member.key, "Content-Type": "text/plain" };
      const request = new Request("https://referrals.test/api/v1/brands", { method: "POST", headers, body });
      const response = await answer(request, env, createExecutionContext());
      return { status: response.status, ...(await response.json<{ code?: string }>()) };
    };
    expect(await send([" ", "\n", "{", `"url": "${newDomain()}"`, "}"])).toMatchObject({ status: 201 });
    const large = await send([
      '{"url": "',
      ..."abcdefghijklm".split("").map((letter) => letter.repeat(1_000_000)),
      '"}',
    ]);
    expect(large).toMatchObject({ status: 400, code: "payload_too_large" });
    expect(await send([" ".repeat(2000), "{}"])).toMatchObject({ status: 400, code: "invalid_request" });
  });

  it.each(LOOSE)("of type %s that is not JSON is refused: form fields are not JSON", async (type) => {
    const member = await newMember();
    for (const text of ["url=acme.com", "acme.com", "", '"acme.com"']) {
      const refused = await member.post("/api/v1/brands", text, { headers: { "Content-Type": type } });
      expect(refused).toMatchObject({ status: 400, code: "invalid_request", details: [{ path: "" }] });
    }
  });

  it.each(["multipart/form-data; boundary=x", "text/html", "application/jsonp", "json", ";"])(
    "of type %s, where JSON belongs, is a 400 with details",
    async (type) => {
      const member = await newMember();
      const answer = await member.post("/api/v1/brands", JSON.stringify({ url: newDomain() }), {
        headers: { "Content-Type": type },
      });
      expect(answer).toMatchObject({ status: 400, code: "invalid_request", details: [{ path: "" }] });
    },
  );

  it.each([
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "Application/JSON",
    "application/vnd.api+json",
  ])("of type %s is JSON", async (type) => {
    const member = await newMember();
    const answer = await member.post("/api/v1/brands", JSON.stringify({ url: newDomain() }), {
      headers: { "Content-Type": type },
    });
    expect(answer.status).toBe(201);
  });

  it.each([
    "{",
    "",
    "null",
    "[]",
    "42",
    '"text"',
    "true",
    '{"url": "a.com"',
    "{url: 'a.com'}",
    "\u0000",
    `${"[".repeat(20_000)}`,
    `${"[".repeat(5000)}${"]".repeat(5000)}`,
  ])("that is %j is a 400 with details", async (text) => {
    const member = await newMember();
    const answer = await member.post("/api/v1/brands", text, { headers: { "Content-Type": "application/json" } });
    expect(answer).toMatchObject({ status: 400, code: "invalid_request", success: false });
    expect(answer.details.length).toBeGreaterThan(0);
  });

  it.each([[["acme.com"]], [{ host: "acme.com" }], [42], [true], [null]])(
    "with %j where a text belongs is a 400 that names the field",
    async (url) => {
      const member = await newMember();
      expect(await member.post("/api/v1/brands", { url })).toMatchObject({ status: 400, details: [{ path: "url" }] });
    },
  );

  it("larger than the limit is a 400", async () => {
    const member = await newMember();
    const answer = await member.post("/api/v1/brands", { url: "a".repeat(12_000_001) });
    expect(answer).toMatchObject({ status: 400, code: "payload_too_large" });
  });

  it("may have unknown fields, and fields named like object properties", async () => {
    const member = await newMember();
    const body = `{"url": "${newDomain()}", "__proto__": {"slug": "x"}, "constructor": 1, "future": [1]}`;
    expect((await member.post("/api/v1/brands", body)).status).toBe(201);
  });
});

describe("an id or page", () => {
  it.each([
    "12abc",
    "0",
    "-1",
    "1.5",
    "1e3",
    "%20",
    "NaN",
    "99999999999999999999",
    "9007199254740993",
    "%00",
    "1'--",
    "null",
  ])("of %s is a 400 as an id", async (id) => {
    const member = await newMember();
    const answer = await member.get(`/api/v1/brands/${id}`);
    expect(answer).toMatchObject({ status: 400, code: "invalid_request" });
    expect(answer.details[0]?.path).toBe("brandId");
  });

  it("with an unused number is a 404", async () => {
    const member = await newMember();
    for (const id of ["999999999", "9007199254740991", "007007007"])
      expect((await member.get(`/api/v1/brands/${id}`)).status).toBe(404);
  });

  it.each([
    ["page=-1&limit=-5", 1, 20],
    ["page=0&limit=0", 1, 20],
    ["page=abc&limit=12abc", 1, 20],
    ["page=1.5&limit=2.5", 1, 20],
    ["page=&limit=", 1, 20],
    ["page=2&page=3", 1, 20],
    ["page[]=2&limit[x]=3", 1, 20],
    ["page=2&limit=5", 2, 5],
    ["limit=101", 1, 100],
    ["limit=1e99&page=1e99", 1, 20],
    ["page=999999999&limit=100", 999_999_999, 100],
    ["page=%FF&limit=%00", 1, 20],
  ])("?%s reads as page %d with %d rows", async (query, page, limit) => {
    const member = await newMember();
    expect(await member.get(`/api/v1/brands?${query}`)).toMatchObject({
      status: 200,
      data: { pagination: { page, limit } },
    });
  });
});
