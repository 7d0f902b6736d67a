import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/lib/env";
import { addressesOf, isPublic } from "../../src/outbox/webhooks/dns";
import { readLink } from "../../src/outbox/webhooks/endpoint-url";
import { newMember } from "../support/client";
import { goodLinks, hostileLinks, localLinks } from "../support/links";

const OWN = ["https://referrals.example.com", "https://bücher.example.com/api/v1/webhooks"];
const here = (settings: Partial<Env> = {}): Env => ({ ...env, ...settings });
const DOH = { DOH_URL: "https://resolver.example.net/dns-query" };

afterEach(() => void vi.restoreAllMocks());

/** A resolver that knows these names. */
type Records = Record<string, { type: number; data: string }[]>;
const a = (data: string) => ({ type: 1, data });
const aaaa = (data: string) => ({ type: 28, data });
const cname = (data: string) => ({ type: 5, data });

function resolver(names: Records) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const url = new URL(String(input));
    if (url.hostname !== "resolver.example.net") return new Response("ok");
    const known = names[url.searchParams.get("name") ?? ""];
    if (known === undefined) return Response.json({ Status: 3 });
    const type = url.searchParams.get("type") === "A" ? 1 : 28;
    return Response.json({ Status: 0, Answer: known.filter((r) => r.type === type || r.type === 5) });
  });
}

describe("a webhook's endpoint URL", () => {
  it("is tested against more than 150 hostile ones", () => {
    expect(new Set(hostileLinks).size).toBeGreaterThanOrEqual(150);
  });

  it.each(hostileLinks)("is never %s", (link) => {
    expect(readLink(here(), link, OWN)).toHaveProperty("refused");
    expect(readLink(here({ ALLOW_LOCAL_WEBHOOKS: "on" }), link, OWN)).toHaveProperty("refused");
  });

  it.each(goodLinks)("may be %s", (link) => {
    expect(readLink(here(), link, OWN)).toMatchObject({ isLocal: false });
  });

  it.each(localLinks)("may be %s only if the environment allows it", (link) => {
    expect(readLink(here(), link, OWN)).toHaveProperty("refused");
    expect(readLink(here({ ALLOW_LOCAL_WEBHOOKS: "true" }), link, OWN)).toHaveProperty("refused");
    expect(readLink(here({ ALLOW_LOCAL_WEBHOOKS: "on" }), link, OWN)).toMatchObject({ isLocal: true });
  });

  it("is not our public address or our local one", () => {
    const settings = { PUBLIC_URL: "https://share.example.org", ALLOW_LOCAL_WEBHOOKS: "on" };
    expect(readLink(here(settings), "https://share.example.org./x", [])).toHaveProperty("refused");
    expect(readLink(here(settings), "http://127.0.0.1:8787/x", ["http://127.0.0.1:8787"])).toHaveProperty("refused");
    expect(readLink(here(settings), "http://127.0.0.1:8788/x", ["http://127.0.0.1:8787"])).toMatchObject({
      isLocal: true,
    });
  });

  it("is refused by the API before anything is looked up", async () => {
    const lookedUp = resolver({});
    const member = await newMember();
    const own = { PUBLIC_URL: "https://referrals.example.com", ...DOH };
    const links = hostileLinks.filter((link) => !/b(ü|x)?cher/i.test(link));
    for (const link of links)
      expect(await member.post("/api/v1/webhooks", { link }, { env: own }), link).toMatchObject({
        status: 400,
        code: "bad_link",
        details: [{ path: "link" }],
      });
    expect(lookedUp).not.toHaveBeenCalled();
    expect((await member.get("/api/v1/webhooks")).data.pagination.total).toBe(0);
  });

  it("is not the host of the request, even when our public one is another", async () => {
    const member = await newMember();
    const settings = { env: { PUBLIC_URL: "https://share.example.org" } };
    const id = (await member.post("/api/v1/webhooks", { link: "https://example.com" }, settings)).data.id;
    for (const link of ["https://share.example.org/x", "https://Share.example.org./x"]) {
      expect(await member.post("/api/v1/webhooks", { link }, settings)).toMatchObject({ code: "bad_link" });
      expect(await member.put(`/api/v1/webhooks/${id}`, { link }, settings)).toMatchObject({ code: "bad_link" });
    }
  });
});

describe("a host's addresses", () => {
  it.each([
    ["8.8.8.8", true],
    ["2606:4700:4700::1111", true],
    ["2a00:1450:4001:81b::200e", true],
    ["127.0.0.1", false],
    ["10.1.2.3", false],
    ["172.16.0.1", false],
    ["192.168.1.1", false],
    ["169.254.169.254", false],
    ["100.64.0.1", false],
    ["192.0.0.1", false],
    ["192.88.99.1", false],
    ["198.18.0.1", false],
    ["203.0.113.9", false],
    ["224.0.0.1", false],
    ["240.0.0.1", false],
    ["255.255.255.255", false],
    ["0.0.0.0", false],
    ["::", false],
    ["::1", false],
    ["::7f00:1", false],
    ["::ffff:8.8.8.8", false],
    ["::ffff:10.0.0.1", false],
    ["64:ff9b::808:808", false],
    ["64:ff9b:1::1", false],
    ["2001::1", false],
    ["2001:db8::1", false],
    ["2002:808:808::1", false],
    ["3fff::1", false],
    ["5f00::1", false],
    ["100::1", false],
    ["fe80::1", false],
    ["fec0::1", false],
    ["fc00::1", false],
    ["fd00:ec2::254", false],
    ["ff02::1", false],
    ["4000::1", false],
    ["not an address", false],
    ["", false],
  ])("include %s as public: %s", (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });

  it.each<[string, Records[string] | undefined, string]>([
    ["only public ones", [a("8.8.8.8"), aaaa("2606:4700::1")], "public"],
    ["a private one", [a("10.0.0.1")], "private"],
    ["a public and a private one", [a("8.8.8.8"), a("169.254.169.254")], "private"],
    ["a public IPv4 and a private IPv6", [a("8.8.8.8"), aaaa("fd00::1")], "private"],
    ["a chain of names to a public one", [cname("x.example.net."), a("8.8.4.4")], "public"],
    ["a chain of names to a private one", [cname("x.example.net."), cname("y.internal."), a("127.0.0.1")], "private"],
    ["a chain of names to nothing", [cname("x.example.net.")], "missing"],
    ["none", [], "missing"],
    ["no such name", undefined, "missing"],
  ])("with %s", async (_, records, expected) => {
    resolver(records === undefined ? {} : { "a.example.com": records });
    expect(await addressesOf(here(DOH), "a.example.com")).toBe(expected);
  });

  it.each<[string, () => Promise<Response>]>([
    ["cannot be reached", () => Promise.reject(new TypeError("no route"))],
    ["answers 503", async () => new Response("busy", { status: 503 })],
    ["is answered for by Cloudflare", async () => new Response("error code: 1016", { status: 530 })],
    ["answers SERVFAIL", async () => Response.json({ Status: 2 })],
    ["answers nonsense", async () => new Response("<html>")],
    ["answers another shape", async () => Response.json({ Status: "0", Answer: [{}] })],
  ])("are unknown if the resolver %s", async (_, answer) => {
    vi.spyOn(globalThis, "fetch").mockImplementation(answer);
    expect(await addressesOf(here(DOH), "a.example.com")).toBe("unknown");
  });

  it("are unknown if the resolver fails for one family only", async () => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input) =>
      String(input).includes("type=AAAA")
        ? new Response("", { status: 500 })
        : Response.json({ Status: 0, Answer: [a("8.8.8.8")] }),
    );
    expect(await addressesOf(here(DOH), "a.example.com")).toBe("unknown");
  });

  it("are resolved when the webhook is created: a private one is refused, and a dead resolver refuses none", async () => {
    const member = await newMember();
    const lookedUp = resolver({ "in.example.com": [a("8.8.8.8"), a("10.0.0.1")], "out.example.com": [a("8.8.8.8")] });
    const post = (host: string) => member.post("/api/v1/webhooks", { link: `https://${host}/h` }, { env: DOH });
    expect(await post("in.example.com")).toMatchObject({ status: 400, code: "bad_link" });
    expect(await post("out.example.com")).toMatchObject({ status: 201 });
    lookedUp.mockRejectedValue(new TypeError("no route"));
    expect(await post("any.example.com")).toMatchObject({ status: 201 });
  });
});
