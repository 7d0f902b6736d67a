import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { belongingsOf, textsIn } from "../support/belongings";
import { someone } from "../support/campaign";
import { newDomain } from "../support/client";
import { operations } from "../support/document";
import { isOpen, isOperators, isOwn, type PageAccount, pageAccount, pageRoutes } from "../support/pages";
import { type Browser, browserOf, colleagueOf, leadsTo, ORIGIN } from "../support/session";

/** An account with one of everything in one brand, and an editor limited to another of its brands. */
let account: PageAccount;
let grace: Browser;
let own: Record<"brandId" | "campaignId" | "participantId" | "rewardId", number>;
let person: number;
let secrets: string[];

const limit = (brandIds: number[] | null) =>
  env.DB.prepare("UPDATE memberships SET brand_ids = ? WHERE account_id = ? AND person_id = ?")
    .bind(brandIds && JSON.stringify(brandIds), account.member.id, person)
    .run();

beforeAll(async () => {
  account = await pageAccount();
  const { member } = account;
  // Account-wide data, like its name, is not secret here: only the brand's data is.
  const marked = `mark-${crypto.randomUUID()}`;
  await member.put(account.path("/api/v1/brands/{brandId}"), { description: `${marked} brand` });
  await member.put(account.path("/api/v1/campaigns/{campaignId}"), { name: `${marked} campaign` });
  await member.patch(account.path("/api/v1/participants/{participantId}"), { name: `${marked} name` });
  const inBrand = /^(brands|campaign|participants|rewards|coupons|conversions|webhooks|events|mails)/;
  const rows = await belongingsOf(member.id);
  const texts = textsIn(Object.fromEntries(Object.entries(rows).filter(([table]) => inBrand.test(table))));

  const brand = (await member.post("/api/v1/brands", { url: newDomain() })).data;
  const campaign = (
    await member.post("/api/v1/campaigns", { brand_id: brand.id, name: "Ours", num_signups: 1, reward_type: 5 })
  ).data;
  const ada = (await member.post("/api/v1/signups", { campaign_id: campaign.id, email: someone(), name: "Our Ada" }))
    .data;
  const friend = { referral_code: ada.referral_code, email: someone(), name: "Our friend" };
  const { reward } = (await member.post("/api/v1/signups/referral", friend)).data;
  own = { brandId: brand.id, campaignId: campaign.id, participantId: ada.id, rewardId: reward.id };
  const ours = textsIn(await belongingsOf(member.id));
  const { colleague } = { colleague: await colleagueOf(member, "editor") };
  grace = colleague;
  person = colleague.member.id;
  await limit([brand.id]);
  secrets = [...texts].filter((text) => text.length >= 8 && ours.has(text) && /mark-|[0-9a-f]{8}-/.test(text));
});

/** A route's path with the account's ids; if `nested`, the first id is the limited member's own. */
function pathOf(path: string, isNested: boolean) {
  let isFirst = true;
  const mixed = path.replace(/:(\w+)(\{[^}]*\})?/g, (whole, name: string) => {
    const mine = isNested && isFirst ? own[name as keyof typeof own] : undefined;
    isFirst = false;
    return mine === undefined ? whole : String(mine);
  });
  return account.at(mixed);
}

/** The rows that reference the other brand or its parts. */
function ofOthers(rows: Record<string, string[]>) {
  const { brand_id, campaign_id } = account.inFields;
  const isTheirs = new RegExp(`"(brand_id":${brand_id}|campaign_id":${campaign_id})[,}]`);
  return Object.entries(rows).flatMap(([table, all]) =>
    table === "audit_entries" ? [] : all.filter((row) => isTheirs.test(row) || table === "brands"),
  );
}

const guarded = pageRoutes.filter((route) => !isOpen(route) && !isOperators(route) && !isOwn(route));
const shown = (text: string) => secrets.filter((secret) => text.includes(secret));
const foreign = () => ({
  brand_id: account.inFields.brand_id,
  campaign_id: account.inFields.campaign_id,
  participant_id: account.inFields.participant_id,
  ids: account.inFields.participant_id,
  chosen: account.inFields.participant_id,
  reward_id: account.path("/{rewardId}").slice(1),
  status: "blocked",
  name: "Stolen",
  email: "thief@example.com",
});

describe("a member limited to some brands", () => {
  it.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "finds nothing of the others at %s",
    async (_, { method, path }) => {
      const before = await belongingsOf(account.member.id);
      for (const isNested of [false, true]) {
        const at = pathOf(path, isNested);
        const query = `?campaign_id=${account.inFields.campaign_id}&brand_id=${account.inFields.brand_id}&participant_id=${account.inFields.participant_id}&q=mark`;
        for (const url of [at, `${at}${at.includes("?") ? "&" : "?"}${query.slice(1)}`]) {
          const answer = method === "GET" ? await grace.page(url) : await grace.submit(url, foreign());
          expect(answer.status, `${url} ${answer.text.slice(0, 200)}`).toBeLessThan(500);
          expect(shown(answer.text), url).toEqual([]);
          const isOne = /^\/(brands|campaigns|participants|rewards)\/[0-9]/.test(at);
          if (!isNested && isOne) expect(answer.status, url).toBe(404);
          if (method === "POST") expect(answer.status, url).toBeGreaterThanOrEqual(400);
        }
      }
      if (method === "POST") {
        // A form without ids of its own, below their own campaign, about another brand's item.
        if (path.split(":").length > 2) await grace.submit(pathOf(path, true), { status: "fulfilled", name: "Stolen" });
        const after = await belongingsOf(account.member.id);
        delete before.sessions;
        delete after.sessions;
        expect(ofOthers(after)).toEqual(ofOthers(before));
      }
    },
  );

  it("would see foreign data if it were shown", async () => {
    await limit(null);
    const pages = guarded.filter(
      ({ method, path }) => method === "GET" && /^\/(brands|campaigns|participants)\/:/.test(path),
    );
    const seen = [];
    for (const { path } of pages) if (shown((await grace.page(account.at(path))).text).length > 0) seen.push(path);
    await limit([own.brandId]);
    expect(seen.length).toBeGreaterThan(pages.length / 2);
  });

  it("works in their brand like others, with a menu of permitted pages", async () => {
    expect(leadsTo(await grace.page("/home"))).toBe("/campaigns");
    for (const [path, text] of [
      ["/campaigns", "Ours"],
      ["/brands", `/brands/${own.brandId}`],
      ["/participants", "Our Ada"],
      ["/participants?name=ada", "Our Ada"],
      ["/participants/export", "Our Ada"],
      ["/rewards", "Our Ada"],
      ["/rewards?reward_type=5", "Our Ada"],
      ["/rewards/export", "Our Ada"],
      ["/search?q=our", "Our Ada"],
      ["/campaigns/new", 'name="brand_id"'],
      [`/campaigns/${own.campaignId}`, "Ours"],
      [`/participants/${own.participantId}`, "Our friend"],
    ] as const) {
      const answer = await grace.page(path);
      expect([path, answer.status, shown(answer.text)]).toEqual([path, 200, []]);
      expect(answer.text, path).toContain(text);
    }
    const menu = (await grace.page("/campaigns")).text;
    for (const path of ["/webhooks", "/team", "/api-keys", "/audit", "/plan"]) {
      expect(menu).not.toContain(`href="${path}"`);
      expect((await grace.page(path)).status, path).toBe(403);
    }
    const paid = await grace.submit("/rewards", {
      "@lists": "reward_id",
      reward_id: own.rewardId,
      status: "fulfilled",
    });
    expect(paid.status).toBe(303);
    expect((await grace.submit(`/participants/${own.participantId}/status`, { status: "blocked" })).status).toBe(303);
    const several = { "@lists": "ids", ids: own.participantId, status: "active" };
    expect(leadsTo(await grace.submit("/participants/status", several))).toBe("/participants?done=activated");
  });

  it("leaves test mode when they become limited", async () => {
    expect(leadsTo(await grace.submit("/test-mode/off", {}))).toBe("/home");
  });

  it.each(["brand_id", "url_id"])("moves no campaign to another brand by %s", async (field) => {
    const settings = `/campaigns/${own.campaignId}/settings`;
    const move = (id: number) => grace.submit(settings, { name: "Ours", [field]: id });
    expect((await move(Number(account.inFields.brand_id))).status).toBe(404);
    expect((await move(own.brandId)).status).toBe(303);
    expect((await grace.page(settings)).status).toBe(200);
  });

  it("cannot create a campaign for a website of another brand", async () => {
    const count = () =>
      env.DB.prepare("SELECT count(*) AS n FROM brands WHERE member_id = ?").bind(account.member.id).first("n");
    const before = await count();
    const fields = { template: "refer", made_for: "refer", reward_type: 5, "reward.cash_value": 10, num_signups: 1 };
    const plan = { ...fields, step: 4, go: "live", name: "Theirs", publish: "private", url: newDomain() };
    const refused = await grace.submit("/campaigns/new", plan);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("Choose one of your brands.");
    expect(refused.text).not.toContain("Another website…");
    expect(await count()).toBe(before);
    expect((await grace.submit("/campaigns/new", { ...plan, brand_id: own.brandId })).status).toBe(303);
  });

  it("cannot use the API with their session", async () => {
    const bySession = operations.filter(({ security }) => security.some((way) => "session" in way));
    expect(bySession.length).toBeGreaterThan(0);
    for (const { path } of bySession) {
      const answer = await grace.page(account.path(path), { headers: { Accept: "application/json", Origin: ORIGIN } });
      expect([path, answer.status === 403 || answer.status === 404]).toEqual([path, true]);
    }
  });
});

it("cannot add brands", async () => {
  const ada = await browserOf(account.member);
  const adds = async (desk: Browser, path: string) => (await desk.page(path)).text.includes('href="/brands/new"');
  expect([await adds(ada, "/brands"), await adds(grace, "/brands")]).toEqual([true, false]);
});

describe("the choice of a member's brands", () => {
  it("is made with the invitation or later, by owners, and never for owners", async () => {
    const ada = await browserOf(account.member);
    const { brandId } = own;
    const email = `team-${crypto.randomUUID()}@example.com`;
    await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(account.member.id).run();
    const send = (role: string, brand_ids: (string | number)[]) =>
      ada.submit("/team/invitations", { email, role, "@lists": "brand_ids", brand_ids });
    expect((await send("owner", [brandId])).text).toContain("Owners see all brands");
    expect((await send("viewer", [999_999_999])).text).toContain("not in this account");
    expect((await send("viewer", [brandId])).status).toBe(303);
    const row = await env.DB.prepare("SELECT role, brand_ids FROM team_invitations WHERE email = ?")
      .bind(email)
      .first();
    expect(row).toEqual({ role: "viewer", brand_ids: `[${brandId}]` });
    const change = (brand_ids: number[]) =>
      ada.submit(`/team/${person}/role`, { role: "viewer", "@lists": "brand_ids", brand_ids });
    expect(leadsTo(await change([]))).toBe("/team?done=role_changed");
    expect((await grace.page("/webhooks")).status).toBe(200);
    await change([brandId]);
    expect((await grace.page("/webhooks")).status).toBe(403);
    expect((await grace.submit(`/participants/${own.participantId}/status`, { status: "active" })).status).toBe(403);
  });
});

it("leaves no link to a closed page, on any page", async () => {
  await account.member.post("/api/v1/webhooks", { link: `https://${newDomain()}/in` });
  const campaign = `/campaigns/${own.campaignId}`;
  const friend = { campaign_id: own.campaignId, email: someone(), name: "Told friend" };
  const { id } = (await account.member.post("/api/v1/signups", friend)).data;
  const pages = [
    ...["/campaigns", "/brands", "/participants", "/rewards", campaign, `/participants/${id}`],
    ...["", "/kit", "/settings"].map((part) => `/brands/${own.brandId}${part}`),
    ...["participants", "rewards", "coupons", "rules", "lander", "widget", "mail", "install", "settings"].map(
      (part) => `${campaign}/${part}`,
    ),
  ];
  const closed = [];
  const asked = new Set<string>();
  for (const page of pages) {
    const { status, text } = await grace.page(page);
    expect(status, page).toBe(200);
    for (const [, link = ""] of text.matchAll(/href="(\/[^"#]*)/g)) {
      const path = link.replaceAll("&amp;", "&");
      if (asked.has(path)) continue;
      asked.add(path);
      if ((await grace.page(path)).status === 403) closed.push(`${path} on ${page}`);
    }
  }
  expect(closed).toEqual([]);
  expect([...asked].some((path) => path.startsWith(`/brands/${own.brandId}/analytics.csv?`))).toBe(true);
});
