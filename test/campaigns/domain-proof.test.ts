import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { recheckProofs } from "../../src/campaigns/proof/proof";
import { openDb } from "../../src/lib/db";
import { newCampaign, someone } from "../support/campaign";
import { newMember, type TestMember } from "../support/client";
import { mailroom } from "../support/mailroom";
import { ORIGIN, signedIn } from "../support/session";

afterEach(() => void vi.restoreAllMocks());

const DOH = "https://resolver.example.net/dns-query";
const STRICT = { TRUSTED_DOMAINS: "", DEV_MAIL: "", DOH_URL: DOH, ALLOW_LOCAL_WEBHOOKS: "", PUBLIC_URL: ORIGIN };
const DAY = 86_400_000;

type Web = { texts?: Record<string, string[]>; pages?: Record<string, () => Response>; address?: string };

/** The world: TXT records by name, and pages by URL. Everything else is a 404. `null`: the resolver is down. */
function world({ texts = {}, pages = {}, address = "93.184.216.34" }: Web | ({ texts: null } & Omit<Web, "texts">)) {
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const url = new URL(String(input));
    if (url.origin !== new URL(DOH).origin) {
      asked.push(url.href);
      return pages[url.href]?.() ?? new Response("no", { status: 404 });
    }
    if (url.searchParams.get("type") === "A") return Response.json({ Status: 0, Answer: [{ type: 1, data: address }] });
    if (url.searchParams.get("type") === "AAAA") return Response.json({ Status: 0 });
    if (texts === null) return new Response("down", { status: 503 });
    const found = texts[url.searchParams.get("name") ?? ""] ?? [];
    return Response.json({ Status: found.length ? 0 : 3, Answer: found.map((data) => ({ type: 16, data })) });
  });
  return asked;
}

const plain = (text: string) => () => new Response(text, { headers: { "Content-Type": "text/plain" } });
const page = (html: string) => () => new Response(html, { headers: { "Content-Type": "text/html" } });
const to = (url: string) => () => new Response(null, { status: 302, headers: { Location: url } });

/** A brand, its verification, and the call that checks it. */
async function unproven(member?: TestMember, url?: string) {
  const owner = member ?? (await newMember());
  const { brand, id } = await newCampaign({ campaign_entry_subject: "Hi" }, owner);
  if (url) await owner.put(`/api/v1/brands/${brand.id}`, { url });
  const path = `/api/v1/brands/${brand.id}`;
  const shown = (await owner.get(path, { env: STRICT })).data;
  return {
    owner,
    campaignId: id,
    ...(shown as {
      id: number;
      domain: string;
      verification: { dns: { name: string; value: string }; file: { url: string; content: string } };
    }),
    check: async () => (await owner.post(`${path}/verify`, undefined, { env: STRICT })).data,
    status: async () => (await owner.get(path, { env: STRICT })).data.verification.status,
  };
}

const methods = {
  dns: ({ verification: { dns } }: Awaited<ReturnType<typeof unproven>>): Web => ({
    texts: { [dns.name]: ['"v=spf1 -all"', `"${dns.value.slice(0, 9)}" "${dns.value.slice(9)}"`] },
  }),
  file: ({ verification: { file } }: Awaited<ReturnType<typeof unproven>>): Web => ({
    pages: { [file.url]: plain(`${file.content}\n`) },
  }),
  widget: ({ domain, campaignId }: Awaited<ReturnType<typeof unproven>>): Web => ({
    pages: {
      [`https://${domain}/`]: to(`https://www.${domain}/en`),
      [`https://www.${domain}/en`]: page(
        `<head><script async src="${ORIGIN}/widget.js" data-campaign="${campaignId}"></script>`,
      ),
    },
  }),
};

describe("a domain", () => {
  it.each(["dns", "file", "widget"] as const)(
    "is proven by one call, and waiting emails are sent: %s",
    async (method) => {
      const brand = await unproven();
      await brand.owner.post("/api/v1/signups", { campaign_id: brand.campaignId, email: someone(), name: "N" });
      const room = mailroom(brand.owner);
      expect(await room.deliver(STRICT)).toEqual([]);
      world({});
      expect((await brand.check()).verification.status).toBe("unproven");
      world(methods[method](brand));
      const found = await brand.check();
      expect(found.verification).toMatchObject({ status: "proven", method });
      expect(found.checked[method]).toBe("found");
      expect(await room.deliver(STRICT)).toHaveLength(1);
    },
  );

  it("is proven with one click, and the page shows the checks", async () => {
    const ada = await signedIn();
    const brand = await unproven(ada.member);
    const press = () => ada.submit(`/brands/${brand.id}/verify`, {}, { env: STRICT });
    world({ texts: null });
    const none = await press();
    expect(none.status).toBe(200);
    expect(none.text).toContain("the resolver did not respond");
    world(methods.file(brand));
    expect((await press()).headers.get("Location")).toContain("done=domain_proven");
    expect((await ada.page(`/brands/${brand.id}/settings`, { env: STRICT })).text).toContain(
      "by a file on the website",
    );
  });

  it("is not proven by user content on it, or by another member's record", async () => {
    const brand = await unproven();
    const { domain, campaignId, verification } = brand;
    const other = await unproven(undefined, domain);
    expect(other.verification.dns.value).not.toBe(verification.dns.value);
    const snippet = `<script src="${ORIGIN}/widget.js?campaign=${campaignId}"></script>`;
    const home = `https://${domain}/`;
    for (const [name, web] of Object.entries<Web>({
      foreignRecord: { texts: { [verification.dns.name]: [`"${other.verification.dns.value}"`] } },
      recordOfTheApex: { texts: { [domain]: [`"${verification.dns.value}"`] } },
      foreignFile: { pages: { [verification.file.url]: plain(other.verification.file.content) } },
      fileInHtml: { pages: { [verification.file.url]: page(verification.file.content) } },
      echo: { pages: { [verification.file.url]: plain(`No such file: ${verification.file.content}`) } },
      pageBelow: { pages: { [`${home}users/eve`]: page(snippet) } },
      comment: { pages: { [home]: page(`<!-- ${snippet} --><p>${snippet.replaceAll("<", "&lt;")}</p>`) } },
      text: {
        pages: {
          [home]: page(`<textarea>${snippet}</textarea><a href="${ORIGIN}/widget.js?campaign=${campaignId}">x</a>`),
        },
      },
      otherCampaign: { pages: { [home]: page(snippet.replace(`=${campaignId}`, `=${other.campaignId}`)) } },
      otherServer: { pages: { [home]: page(snippet.replace(ORIGIN, "https://evil.net")) } },
      elsewhere: { pages: { [home]: to("https://evil.net/"), "https://evil.net/": page(snippet) } },
      subdomain: { pages: { [home]: to(`https://users.${domain}/`), [`https://users.${domain}/`]: page(snippet) } },
      inside: {
        pages: { [home]: page(snippet), [verification.file.url]: plain(verification.file.content) },
        address: "10.0.0.7",
      },
    })) {
      world(web);
      expect([name, (await brand.check()).verification.status]).toEqual([name, "unproven"]);
    }
  });

  it("proves only itself: no subdomain, and no neighbor on a shared host", async () => {
    const shared = await unproven(undefined, "github.io");
    const ada = await unproven(shared.owner, "ada.github.io");
    world(methods.dns(shared));
    expect((await shared.check()).verification.status).toBe("proven");
    expect((await ada.check()).verification.status).toBe("unproven");
    expect(await ada.status()).toBe("unproven");
  });

  it("is checked with few, short requests to its own hosts", async () => {
    const brand = await unproven();
    const endless = () =>
      new Response(new ReadableStream({ pull: (c) => c.enqueue(new TextEncoder().encode(" ".repeat(100_000))) }), {
        headers: { "Content-Type": "text/html" },
      });
    const asked = world({ pages: { [`https://${brand.domain}/`]: endless } });
    expect((await brand.check()).checked).toEqual({ dns: "missing", file: "missing", widget: "missing" });
    expect(asked.map((url) => new URL(url).hostname)).toEqual([brand.domain, brand.domain]);
  });

  it("loses its proof and reply-to address with another URL, and keeps them with another path", async () => {
    const brand = await unproven();
    const path = `/api/v1/brands/${brand.id}`;
    world(methods.dns(brand));
    await brand.check();
    const change = (fields: object) => brand.owner.put(path, fields, { env: STRICT });
    expect((await change({ reply_to: `help@${brand.domain}` })).data.reply_to).toBe(`help@${brand.domain}`);
    expect((await change({ url: `https://${brand.domain}/shop` })).data).toMatchObject({
      reply_to: `help@${brand.domain}`,
      verification: { status: "proven" },
    });
    expect((await change({ url: "https://paypal.com" })).data).toMatchObject({
      reply_to: null,
      verification: { status: "unproven", method: null, proven_at: null, checked_at: null },
    });
    expect((await change({ url: `https://${brand.domain}` })).data.verification.status).toBe("unproven");
  });

  it("accepts reply-to addresses only at the proven domain or the member's verified email", async () => {
    const brand = await unproven();
    const put = (reply_to: string | null) =>
      brand.owner.put(`/api/v1/brands/${brand.id}`, { reply_to }, { env: STRICT }).then(({ status }) => status);
    expect(await put(brand.owner.email)).toBe(200);
    expect(await put(`help@${brand.domain}`)).toBe(400);
    world(methods.dns(brand));
    await brand.check();
    expect(await put(`help@${brand.domain}`)).toBe(200);
    await brand.owner.post("/api/v1/signups", { campaign_id: brand.campaignId, email: someone(), name: "N" });
    expect(await mailroom(brand.owner).deliver(STRICT)).toMatchObject([{ replyTo: `help@${brand.domain}` }]);
    expect(await put(`help@evil.${brand.domain}.net`)).toBe(400);
    expect(await put(null)).toBe(200);
  });
});

describe("a proof", () => {
  const ctx = (now: number) => {
    const settings = { ...env, ...STRICT };
    return { db: openDb(settings.DB, "first-primary"), env: settings, now: () => new Date(now) };
  };

  it("is checked every week, and lost after two failures in a row, with an email to its owner", async () => {
    // Domains of the tests above are checked first.
    await env.DB.prepare("UPDATE brands SET proven_at = NULL").run();
    const brand = await unproven();
    const start = Date.now();
    world(methods.file(brand));
    await brand.check();
    const mails = async () => (await mailroom(brand.owner).rows()).filter(({ kind }) => kind === "domain_unproven");

    const before = world({});
    await recheckProofs(ctx(start + 6 * DAY));
    expect(before).toEqual([]);
    await recheckProofs(ctx(start + 8 * DAY));
    expect(await brand.status()).toBe("proven");
    await recheckProofs(ctx(start + 8.5 * DAY));
    expect(await brand.status()).toBe("proven");

    world(methods.file(brand));
    await recheckProofs(ctx(start + 9.1 * DAY));
    world({});
    await recheckProofs(ctx(start + 17 * DAY));
    expect(await brand.status()).toBe("proven");
    await Promise.all([recheckProofs(ctx(start + 18.1 * DAY)), recheckProofs(ctx(start + 18.1 * DAY))]);
    expect(await brand.status()).toBe("unproven");
    expect(await mails()).toHaveLength(1);
    await mailroom(brand.owner).skipWaiting();
    const taken = await mailroom(brand.owner).deliver(STRICT);
    expect(taken).toMatchObject([{ to: brand.owner.email, from: { name: "Referrals" } }]);
    expect(taken[0]?.text).toContain(brand.domain);
    expect(taken[0]?.text).toContain(`/brands/${brand.id}/settings`);
  });

  it("is not lost while the resolver is down", async () => {
    const brand = await unproven();
    const start = Date.now();
    world(methods.dns(brand));
    await brand.check();
    world({ texts: null });
    for (const days of [8, 9, 10, 11, 12]) await recheckProofs(ctx(start + days * DAY));
    expect(await brand.status()).toBe("proven");
  });
});
