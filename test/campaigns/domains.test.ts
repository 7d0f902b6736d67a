import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { checkDomains } from "../../src/campaigns/domains/domain";
import { forgetSites } from "../../src/campaigns/domains/site";
import { openDb } from "../../src/lib/db";
import { newCampaign, someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { ORIGIN } from "../support/session";

afterEach(() => {
  vi.restoreAllMocks();
  forgetSites();
});

const DOH = "https://resolver.example.net/dns-query";
const CLOUDFLARE = "https://cloudflare.example.net";
const DNS = { TRUSTED_DOMAINS: "", DOH_URL: DOH, PUBLIC_URL: ORIGIN };
const ISSUING = { ...DNS, CLOUDFLARE_API_URL: CLOUDFLARE, CLOUDFLARE_ZONE_ID: "zone", CLOUDFLARE_API_TOKEN: "token" };
const DAY = 86_400_000;

let nth = 0;
const newHost = () => `refer.acme-${Date.now().toString(36)}-${++nth}.com`;

/** DNS, and Cloudflare's four calls. `broken` answers instead of Cloudflare. */
function world() {
  const texts = new Map<string, string[]>();
  const hosts = new Map<string, { id: string; hostname: string; status: string; ssl: { status: string } }>();
  const asked: string[] = [];
  const at = { broken: null as (() => Response | Promise<Response>) | null, dns: true };
  const told = (result: unknown) => Response.json({ success: true, errors: [], result });
  const refused = (status: number, code: number) =>
    Response.json({ success: false, errors: [{ code, message: `code ${code}` }] }, { status });
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = new URL(String(input));
    if (url.origin === new URL(DOH).origin) {
      if (!at.dns) return new Response("down", { status: 503 });
      const found = texts.get(url.searchParams.get("name") ?? "") ?? [];
      return Response.json({ Status: found.length ? 0 : 3, Answer: found.map((data) => ({ type: 16, data })) });
    }
    const method = init?.method ?? "GET";
    asked.push(`${method} ${url.pathname.replace("/zones/zone/custom_hostnames", "")}${url.search}`);
    if (at.broken) return at.broken();
    expect(new Headers(init?.headers).get("Authorization")).toBe("Bearer token");
    const id = url.pathname.split("/")[4];
    if (method === "POST") {
      const { hostname } = JSON.parse(String(init?.body));
      if ([...hosts.values()].some((host) => host.hostname === hostname)) return refused(409, 1406);
      const host = { id: `cf-${hosts.size}`, hostname, status: "pending", ssl: { status: "initializing" } };
      hosts.set(host.id, host);
      return told(host);
    }
    if (id === undefined)
      return told([...hosts.values()].filter(({ hostname }) => hostname === url.searchParams.get("hostname")));
    const host = hosts.get(id);
    if (!host) return refused(404, 1436);
    if (method === "DELETE") hosts.delete(id);
    return told(host);
  });
  const job = (over: object, later = 0) =>
    checkDomains({
      env: { ...env, ...over },
      db: openDb(env.DB, "first-primary"),
      now: () => new Date(Date.now() + later),
    });
  return { texts, hosts, asked, at, job };
}

type World = ReturnType<typeof world>;

async function claim(over: object, hostname = newHost(), fields: Record<string, unknown> = { publish: "public" }) {
  const campaign = await newCampaign(fields);
  const { owner, brand } = campaign;
  const added = await owner.post(`/api/v1/brands/${brand.id}/domains`, { hostname }, { env: over });
  expect(added.status, added.text).toBe(201);
  const { id, records } = added.data;
  return {
    ...campaign,
    hostname,
    domainId: id as number,
    records,
    publish: ({ texts }: World) => texts.set(records[0].name, [records[0].value]),
    withdraw: ({ texts }: World) => texts.delete(records[0].name),
    verify: () => owner.post(`/api/v1/domains/${id}/verify`, undefined, { env: over }),
    remove: () => owner.delete(`/api/v1/domains/${id}`, { env: over }),
    shown: async () => (await owner.get(`/api/v1/brands/${brand.id}/domains`, { env: over })).data.domains[0],
  };
}

const visit = (host: string, path: string) =>
  call("GET", path, undefined, { origin: `https://${host}`, env: DNS, headers: { Accept: "text/html" } });

describe("a brand's own host", () => {
  it("has no CNAME target while the installation has no address", async () => {
    const { records, shown } = await claim({ PUBLIC_URL: "", CUSTOM_DOMAIN_TARGET: "" });
    expect((await shown()).records).toEqual(records);
    expect(records.map(({ type }: { type: string }) => type)).toEqual(["TXT"]);
  });

  it("is requested once its TXT record exists, and becomes active with its certificate", async () => {
    const w = world();
    const acme = await claim(ISSUING);
    expect((await acme.verify()).data).toMatchObject({
      state: "unverified",
      error: "We did not find the TXT record yet.",
    });
    expect(w.asked).toEqual([]);
    acme.publish(w);
    expect((await acme.verify()).data).toMatchObject({ state: "pending", ssl_state: "initializing", error: null });
    const [host] = [...w.hosts.values()];
    if (host) host.ssl = { status: "pending_validation" };
    await w.job(ISSUING, 2 * 60_000);
    expect(await acme.shown()).toMatchObject({ state: "pending", ssl_state: "pending_validation" });
    if (host) Object.assign(host, { status: "active", ssl: { status: "active" } });
    await w.job(ISSUING, 4 * 60_000);
    expect(await acme.shown()).toMatchObject({ state: "active", ssl_state: "active", error: null });
    if (host) host.status = "moved";
    await w.job(ISSUING, 2 * DAY);
    expect(await acme.shown()).toMatchObject({
      state: "failed",
      error: "Cloudflare reports the host's status as moved.",
    });
  });

  it("waits while Cloudflare fails, and finds a host after a lost response", async () => {
    const w = world();
    const acme = await claim(ISSUING);
    acme.publish(w);
    for (const broken of [
      () => Promise.reject(new DOMException("timed out", "TimeoutError")),
      () => new Response("<html>", { status: 502 }),
      () => Response.json({ success: false, errors: [{ code: 1404, message: "quota" }] }, { status: 403 }),
    ]) {
      w.at.broken = broken;
      const { data, status } = await acme.verify();
      expect([status, data.state]).toEqual([200, "pending"]);
      expect(data.error).not.toBeNull();
    }
    w.at.broken = null;
    w.hosts.set("cf-lost", { id: "cf-lost", hostname: acme.hostname, status: "active", ssl: { status: "active" } });
    await w.job(ISSUING, 2 * 60_000);
    expect(await acme.shown()).toMatchObject({ state: "active" });
    expect(w.asked.at(-1)).toBe(`GET ?hostname=${acme.hostname}`);
  });

  it("shows only the brand's pages and follows its links", async () => {
    const w = world();
    const acme = await claim(DNS);
    const ada = (await acme.signUp(someone())).data;
    acme.publish(w);
    expect((await acme.verify()).data.state).toBe("active");
    const grace = (await acme.owner.get(`/api/v1/participants/${ada.id}`)).data;
    expect(grace.share_url).toBe(`https://${acme.hostname}/t/${ada.referral_code}`);
    const page = `/p/${acme.brand.slug}/campaign/${acme.id}`;
    const seen = await visit(acme.hostname, page);
    expect(seen.status).toBe(200);
    expect(seen.text).toContain(`<link rel="canonical" href="https://${acme.hostname}${page}"`);
    expect((await visit(acme.hostname, "/")).status).toBe(200);
    for (const path of [`/t/${ada.referral_code}`, `/${ada.referral_code}`])
      expect((await visit(acme.hostname, path)).headers.get("Location"), path).toContain(page);

    const other = await newCampaign({ publish: "public", landing_url: "https://evil.example/" });
    const eve = (await other.signUp(someone())).data;
    for (const path of [
      `/p/${other.brand.slug}/campaign/${other.id}`,
      "/sign-in",
      "/brands",
      "/api/v1/brands",
      "/v1/brands",
      "/docs",
      "/dev/mail",
      `/widget/${other.id}/embed`,
      "/sitemap.xml",
    ])
      expect((await visit(acme.hostname, path)).status, path).toBe(404);
    for (const path of [`/t/${eve.referral_code}`, `/${eve.referral_code}`, `/t/${other.id}/word`])
      expect((await visit(acme.hostname, path)).headers.get("Location") ?? "", path).not.toContain("evil");
    // The old links keep working, and an unclaimed host is unchanged.
    expect((await call("GET", `/t/${ada.referral_code}`)).headers.get("Location")).toContain(page);
  });

  it("cannot be taken from its proven owner, and is free once it is removed", async () => {
    const w = world();
    const acme = await claim(ISSUING);
    const eve = await claim(ISSUING, acme.hostname);
    // An unproven claim blocks nobody.
    acme.publish(w);
    expect((await eve.verify()).data.state).toBe("unverified");
    expect((await acme.verify()).data.state).toBe("pending");
    eve.publish(w);
    expect(await eve.verify()).toMatchObject({ status: 409, code: "conflict" });
    expect(w.hosts.size).toBe(1);
    for (const path of [`/api/v1/domains/${acme.domainId}/verify`])
      expect((await eve.owner.post(path, undefined, { env: ISSUING })).status).toBe(404);
    expect((await eve.owner.delete(`/api/v1/domains/${acme.domainId}`, { env: ISSUING })).status).toBe(404);

    w.at.broken = () => new Response("no", { status: 500 });
    expect(await acme.remove()).toMatchObject({ status: 503 });
    w.at.broken = null;
    expect((await acme.remove()).status).toBe(200);
    expect(w.hosts.size).toBe(0);
    expect((await eve.verify()).data.state).toBe("pending");
  });

  it("is lost after two checks without its record, but not during a DNS outage", async () => {
    const w = world();
    const acme = await claim(DNS);
    acme.publish(w);
    await acme.verify();
    w.at.dns = false;
    await w.job(DNS, 2 * DAY);
    expect((await acme.shown()).state).toBe("active");
    w.at.dns = true;
    acme.withdraw(w);
    await w.job(DNS, 4 * DAY);
    expect((await acme.shown()).state).toBe("active");
    await w.job(DNS, 6 * DAY);
    expect(await acme.shown()).toMatchObject({
      state: "failed",
      error: "The TXT record is gone. Publish it again, then check the host.",
    });
    const ada = (await acme.signUp(someone())).data;
    expect(ada.share_url).toContain(`${ORIGIN}/t/`);
  });

  it.each([
    "acme.com",
    "localhost",
    "127.0.0.1",
    "refer.acme.com:8443",
    "refer.acme.com/x",
    "a b.acme.com",
    new URL(ORIGIN).hostname,
  ])("cannot be %s", async (hostname) => {
    const owner = await newMember();
    const { id } = (await owner.post("/api/v1/brands", { url: `shop-${Date.now()}-${++nth}.example` })).data;
    expect((await owner.post(`/api/v1/brands/${id}/domains`, { hostname }, { env: DNS })).status).toBe(400);
  });
});
