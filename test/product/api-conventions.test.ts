import { beforeAll, describe, expect, it } from "vitest";
import { errorCodes } from "../../src/lib/errors";
import { call, newDomain, newMember, type TestMember } from "../support/client";
import { operations } from "../support/document";

let member: TestMember;
let campaign_id: number;
beforeAll(async () => {
  member = await newMember();
  const { id } = (await member.post("/api/v1/brands", { url: newDomain() })).data;
  campaign_id = (await member.post("/api/v1/campaigns", { brand_id: id, name: "Spring" })).data.id;
});

const signUp = (email: string) => member.post("/api/v1/signups", { campaign_id, email, name: "Grace" });

describe("a list", () => {
  const lists = operations.filter(
    ({ method, parameters }) => method === "GET" && parameters.some(({ name }) => name === "page"),
  );
  const paths = lists.map(({ path }) => path).filter((path) => path.startsWith("/api/v1/") && !path.includes("{"));

  it.each(paths.filter((path) => !path.includes("zapier")))("names unknown parameters: %s", async (path) => {
    const typo = await member.get(`${path}?sort=name&campaing_id=7&page=1&limit=5`);
    expect(typo.data.ignored).toEqual(["sort", "campaing_id"]);
    expect((await member.get(`${path}?page=1&limit=5`)).data.ignored).toEqual([]);
  });

  it("accepts its filters, including empty ones, and truncates long ones", async () => {
    const known = "campaign_id=&email=&name=&external_id=&invited_by=&status=&after=0&page=x&limit=0";
    expect((await member.get(`/api/v1/participants?${known}`)).data.ignored).toEqual([]);
    const many = Array.from({ length: 30 }, (_, i) => `x${i}=${i}`).join("&");
    expect((await member.get(`/api/v1/participants?${many}`)).data.ignored).toHaveLength(20);
    const long = await member.get(`/api/v1/participants?${"y".repeat(500)}=1&__proto__=1&constructor=1`);
    expect(long.data.ignored).toEqual(["y".repeat(100), "__proto__", "constructor"]);
  });
});

describe("an error", () => {
  it("links to the page that explains its code", async () => {
    for (const answer of [
      await member.get("/api/v1/brands/999999"),
      await call("GET", "/api/v1/brands"),
      await call("GET", "/api/v1/nothing"),
      await member.post("/api/v1/brands", {}),
    ]) {
      const { code, doc_url } = JSON.parse(answer.text);
      expect(doc_url).toBe(`https://referrals.test/docs/errors#${code}`);
    }
    const { text } = await call("GET", "/docs/errors");
    for (const code of Object.keys(errorCodes)) expect(text).toContain(`id="${code}"`);
  });

  it("about an existing email names the participant, to the account only", async () => {
    const { id } = (await signUp("grace@example.com")).data;
    const again = await signUp(" GRACE@example.com");
    expect(again).toMatchObject({ status: 409, code: "already_signed_up" });
    expect(JSON.parse(again.text).participant_id).toBe(id);
    const stranger = await newMember();
    const other = await stranger.post("/api/v1/signups", { campaign_id, email: "grace@example.com", name: "Grace" });
    expect(other.status).toBe(404);
    expect(other.text).not.toContain("participant_id");
  });
});

describe("every response", () => {
  const limits = { env: { RATE_LIMITS: "on" } };
  it("names the limit that counts the request, whether it succeeds or not", async () => {
    const key = '"key";q=6000;w=60';
    const open = '"public";q=300;w=60';
    for (const [answer, policy] of [
      [await member.get("/api/v1/brands", limits), key],
      [await member.get("/api/v1/brands/999999", limits), key],
      [await member.post("/api/v1/brands", {}, limits), key],
      [await call("GET", "/api/v1/brands", undefined, limits), open],
      [await call("GET", "/api/v1/billing/plans", undefined, limits), open],
    ] as const)
      expect(answer.headers.get("RateLimit-Policy")).toBe(policy);
  });

  it("names no limit if no limit counts it", async () => {
    expect((await member.get("/api/v1/brands")).headers.get("RateLimit-Policy")).toBeNull();
  });
});
