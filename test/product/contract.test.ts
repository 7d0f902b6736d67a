import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { COUNTED } from "../../src/lib/page";
import { type FullAccount, fullAccount } from "../support/account";
import { credentialOf, exampleOf, exampleRequest, inTurn, refusals } from "../support/asked";
import { call } from "../support/client";
import { checkOf, expectDocumented, type Operation, operations, resolved } from "../support/document";

/** Nothing leaves the machine: webhooks are discarded. */
beforeEach(() => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response());
});

/** One account requests its own data, nobody may request the second one's, and the third sends garbage. */
let owner: FullAccount;
let victim: FullAccount;
let clumsy: FullAccount;
beforeAll(async () => {
  [owner, victim, clumsy] = [await fullAccount(), await fullAccount(), await fullAccount()];
});

const title = (list: Operation[]) => list.map((o) => [`${o.method} ${o.path}`, o] as const);
const isClosed = ({ security }: Operation) =>
  security.length > 0 && security.every((way) => Object.keys(way).length > 0);
const isMembers = ({ security }: Operation) => security.some((way) => "apiKey" in way);
const inPath = ({ path }: Operation) => path.includes("{");
const jsonBody = ({ body }: Operation) => body["application/json"];
const withBody = operations.filter(jsonBody);
const fieldsOf = (operation: Operation) => resolved(jsonBody(operation)?.schema ?? {}).properties ?? {};
const queryOf = ({ parameters }: Operation) => parameters.filter((parameter) => parameter.in === "query");

describe("documented requests by the owner", () => {
  it.each(title(inTurn))("%s succeeds", async (_, operation) => {
    const { method, path, headers, body } = exampleRequest(operation, owner);
    const answer = await call(method, path, body, { headers });
    expectDocumented(operation, answer, exampleOf(operation, owner));
    const refusal = refusals[operation.operationId]?.status;
    if (refusal) expect(answer.status, answer.text).toBe(refusal);
    else expect(answer.status, answer.text).toBeLessThan(400);
    if ("X-Bookmark" in (operation.responses[String(answer.status)]?.headers ?? {}))
      expect(answer.headers.get("X-Bookmark")).toBeTruthy();
  });

  it("have a bookmark in every write, except writes made after the response", () => {
    const unpromised = operations.filter(
      ({ method, responses }) =>
        method !== "GET" &&
        Object.entries(responses).some(([status, { headers }]) => status < "300" && !("X-Bookmark" in (headers ?? {}))),
    );
    expect(unpromised.map(({ operationId }) => operationId).sort()).toEqual([
      "countImpression",
      "createInvitation",
      "renewStatusLink",
      "requestPasswordReset",
    ]);
  });
});

describe("a list with a limited total", () => {
  const lists = ["listParticipants", "listRewards", "listCampaigns", "listDeliveries", "listApiKeys"];
  it.each(lists)("documents it: %s", (name) => {
    expect(operations.find(({ operationId }) => operationId === name)?.description).toContain(COUNTED);
  });
});

describe("without a credential", () => {
  it.each(title(operations.filter(isClosed)))("%s is a 401, and a 403 with a publishable key", async (_, operation) => {
    const forms: Record<string, string>[] = [
      {},
      { "X-API-Key": `ref_${"0".repeat(48)}` },
      { "X-API-Key": "" },
      { Authorization: "Bearer x.y.z" },
      { Authorization: "Basic YTpi" },
    ];
    const right = credentialOf(operation, victim);
    const { publishableKey, ...closed } = victim.credentials;
    const others = Object.values(closed).filter((headers) => headers !== right);
    for (const headers of [...forms, ...others]) {
      const body = exampleOf(operation, victim);
      const answer = await call(operation.method, victim.path(operation.path), body, { headers });
      expectDocumented(operation, answer, headers);
      expect(answer).toMatchObject({ status: 401, code: "unauthenticated", success: false });
    }
    if (right === publishableKey) return;
    // It is a member's token: the error explains why it is not accepted here.
    const refusal = isMembers(operation)
      ? { status: 403, code: "publishable_key" }
      : { status: 401, code: "unauthenticated" };
    const body = exampleOf(operation, victim);
    const answer = await call(operation.method, victim.path(operation.path), body, { headers: publishableKey });
    expectDocumented(operation, answer, publishableKey);
    expect(answer).toMatchObject({ ...refusal, success: false });
  });
});

describe("an invalid request", () => {
  it.each([
    ["/api/v1/campaigns", { name: "Friends" }, "brand_id is required."],
    ["/api/v1/campaigns", { brand_id: 1 }, "name is required."],
    ["/api/v1/campaigns", { brand_id: "x", name: "Friends" }, "brand_id must be a positive integer."],
    ["/api/v1/campaigns", { brand_id: 0, name: "Friends" }, "brand_id must be at least 1."],
    ["/api/v1/campaigns", { brand_id: 1, name: ["x"] }, "name must be text."],
    ["/api/v1/campaigns", { brand_id: 1, name: "Friends", num_signups: 1e16 }, "num_signups must be at most 1000000."],
    ["/api/v1/campaigns", { brand_id: 1, name: "Friends", num_signups: 1.5 }, "num_signups must be a whole number."],
    ["/api/v1/campaigns", { brand_id: 1, name: "Friends", num_signups: "" }, "num_signups must be a whole number."],
    ["/api/v1/campaigns", null, "The body must be an object."],
    ["/api/v1/campaigns", "{", "Malformed JSON in request body."],
    ["/api/v1/brands", { url: "https://me:secret@acme.com" }, "url must not contain credentials."],
    ["/api/v1/brands", { url: "acme.com", slug: "admin" }, "slug is reserved."],
    ["/api/v1/brands", { url: "acme.com", socials: "x" }, "socials must be a list."],
    ["/api/v1/signups", { campaign_id: 1, email: "x" }, "email must be a valid email address."],
    ["/api/v1/signups/referral", { email: "a@example.com", name: "Ada" }, "referral_code is required."],
    [
      "/api/v1/signups/referral",
      { email: "a@example.com", name: "Ada", code: "MTox", external_id: "x".repeat(201) },
      "external_id must have at most 200 characters.",
    ],
    [
      "/api/v1/webhooks",
      { link: "https://example.com", events: ["x"] },
      expect.stringMatching(/^events.0 must be one of participant.signup, .*\.$/),
    ],
    [
      "/api/v1/zapier/hooks",
      { hookUrl: "https://example.com", campaign_id: "x" },
      "campaign_id must be a positive integer.",
    ],
    [
      "/api/v1/zapier/hooks",
      { hookUrl: "https://example.com", event: "x" },
      expect.stringMatching(/^event must be one of participant.signup, .*\.$/),
    ],
  ])("gets a message that names the field: %s %j", async (path, body, error) => {
    const answer = await call("POST", path, body === null ? "null" : body, {
      headers: clumsy.credentials.apiKey ?? {},
    });
    expect(answer).toMatchObject({ status: 400, code: "invalid_request", error });
  });
});

describe("garbage", () => {
  const bodies = ["", "{", "null", "[]", "42", '"text"', "[[[{}]]]", "\u0000", "<xml/>", "a=b&c=d"];
  it.each(title(withBody))("as a body is a 400: %s", async (_, operation) => {
    const credential = credentialOf(operation, clumsy);
    const good = JSON.stringify(exampleOf(operation, clumsy));
    for (const [type, body] of [...bodies.map((text) => ["application/json", text]), ["application/xml", good]]) {
      const headers = { ...credential, "Content-Type": type ?? "" };
      const answer = await call(operation.method, clumsy.path(operation.path), body, { headers });
      expectDocumented(operation, answer, [type, body]);
      expect(answer, body).toMatchObject({ status: 400, code: "invalid_request", success: false });
    }
  });

  const forms = [[], {}];
  const values = [
    ...forms,
    [[{}]],
    null,
    true,
    -1,
    1e308,
    "",
    "\u0000",
    "\ud800",
    "\u202e<script>alert(1)</script>",
    "2026-13-45T99:99:99Z",
    "javascript:alert(1)",
    "x".repeat(100_001),
  ];
  it.each(title(withBody))("in a field is never a 5xx, and a 400 if the format is wrong: %s", async (_, operation) => {
    const headers = credentialOf(operation, clumsy);
    for (const [field, schema] of Object.entries(fieldsOf(operation))) {
      const check = checkOf(schema);
      const send = async (value: unknown) => {
        const body = { ...exampleOf(operation, clumsy), [field]: value };
        const answer = await call(operation.method, clumsy.path(operation.path), body, { headers });
        expectDocumented(operation, answer, { [field]: value });
        const isWrong = forms.some((form) => form === value) && !check.safeParse(value).success;
        if (isWrong) expect(answer.status, `${field} of ${JSON.stringify(value)}: ${answer.text}`).toBe(400);
      };
      await Promise.all(values.map(send));
    }
  });

  const ids = ["12abc", "0", "-1", "1.5", "99999999999999999999", "%00", "%F0%9F%92%A9", "'--", "null"];
  it.each(title(operations.filter(inPath)))("as an id is a 400: %s", async (_, operation) => {
    const isNumber = operation.parameters.some((p) => p.in === "path" && p.schema.type === "integer");
    for (const id of ids) {
      const path = operation.path.replace(/\{\w+\}/, id).replace(/\{\w+\}/g, "1");
      const body = exampleOf(operation, clumsy);
      const answer = await call(operation.method, path, body, { headers: credentialOf(operation, clumsy) });
      expectDocumented(operation, answer, path);
      if (isNumber) expect(answer, path).toMatchObject({ status: 400, code: "invalid_request" });
    }
  });

  it("as a page or its size is accepted, so the document has no limits that clients would enforce", () => {
    const paging = operations.flatMap(queryOf).filter(({ name }) => name === "page" || name === "limit");
    expect(paging.length).toBeGreaterThan(10);
    for (const { schema } of paging)
      expect([schema.type, schema.minimum, schema.maximum]).toEqual(["integer", undefined, undefined]);
  });

  const texts = ["", "abc", "-1", "0", "1.5", "12abc", "1e99", "%00", "%FF", "%ED%A0%80", "'--", "a".repeat(5000)];
  const asking = operations.filter((o) => queryOf(o).length > 0);
  it.each(title(asking))("in the query is never a 5xx, and still returns a page: %s", async (_, operation) => {
    const headers = credentialOf(operation, clumsy);
    for (const { name, required } of queryOf(operation))
      for (const text of [...texts, `1&${name}=2`]) {
        const url = `${clumsy.path(operation.path)}?${name}=${text}`;
        const answer = await call(operation.method, url, undefined, { headers });
        expectDocumented(operation, answer, url);
        if (name === "page" || name === "limit") expect(answer.status, url).toBe(200);
        if (text === "" && !required && operation.method === "GET") expect(answer.status, url).not.toBe(400);
      }
  });
});
