import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Belongings, belongingsOf, textsIn } from "../support/belongings";
import type { Answer } from "../support/client";
import { decoded, readPage } from "../support/html";
import {
  isOpen,
  isOperators,
  isOwn,
  type PageAccount,
  type PageRoute,
  pageAccount,
  pageRoutes,
} from "../support/pages";
import { isShort, runs, seed } from "../support/seed";
import { browser, type Fields, leadsTo, ORIGIN } from "../support/session";
import { wild } from "../support/wild";

let victim: PageAccount;
let stranger: PageAccount;
let before: Belongings;
/** Words that occur only in the victim's rows. */
let secrets: string[];
/** The victim's ids, by their names in forms and URLs. */
let ids: Fields;

beforeAll(async () => {
  [victim, stranger] = [await pageAccount(), await pageAccount()];
  // Both have the same history, so their differences are unique words, not column names.
  await Promise.all([mark(victim), mark(stranger)]);
  await env.DB.prepare("UPDATE deliveries SET status = 'delivered', next_attempt_at = NULL, lease = NULL").run();
  before = await belongingsOf(victim.member.id);
  const known = textsIn(await belongingsOf(stranger.member.id));
  secrets = [...textsIn(before), victim.member.email].filter((text) => !known.has(text));
  const idIn = (path: string) => Number(victim.at(path).split("/").at(-1));
  ids = {
    ...victim.inFields,
    webhook_id: idIn("/webhooks/:webhookId"),
    delivery_id: idIn("/deliveries/:deliveryId"),
    reward_id: idIn("/rewards/:rewardId"),
    id: idIn("/participants/:participantId"),
    ids: [idIn("/participants/:participantId")],
    participant_ids: [idIn("/participants/:participantId")],
    reward_ids: [idIn("/rewards/:rewardId")],
    rewards: [idIn("/rewards/:rewardId")],
    account_id: victim.member.id,
    member_id: victim.member.id,
    person_id: victim.colleague.member.id,
  };
});

/** Writes unique words into everything that pages show. */
async function mark({ member, path }: PageAccount) {
  const word = `mark-${crypto.randomUUID()}`;
  const writes: [string, string, object][] = [
    ["PUT", "/api/v1/brands/{brandId}", { description: `${word} brand` }],
    ["PUT", "/api/v1/campaigns/{campaignId}", { name: `${word} campaign`, campaign_entry_subject: `${word} mail` }],
    ["PUT", "/api/v1/campaigns/{campaignId}/widget", { header_title: `${word} widget` }],
    ["PUT", "/api/v1/campaigns/{campaignId}/lander", { header_title: `${word} lander` }],
    ["PUT", "/api/v1/campaigns/{campaignId}/contest", { description: `${word} contest` }],
    ["POST", "/api/v1/campaigns/{campaignId}/coupons", { codes: [`${word} coupon`] }],
    ["PATCH", "/api/v1/participants/{participantId}", { name: `${word} name`, external_id: `${word} id` }],
    ["PUT", "/api/v1/webhooks/{webhookId}", { message: `${word} webhook`, link: `https://hooks.acme.com/${word}` }],
  ];
  for (const [method, template, body] of writes)
    expect((await member.call(method, path(template), body)).status, template).toBeLessThan(300);
}

const told = ({ method, path }: PageRoute) => `${method} ${path}`;
const each = (routes: PageRoute[]) => routes.map((route) => [told(route), route] as const);
const harm = ({ path }: PageRoute) =>
  Number(/delete|deletion|erase|remove|revoke|sign-out|leave|password|email/.test(path));
const inOrder = pageRoutes.toSorted((a, b) => harm(a) - harm(b));
const secured = inOrder.filter((route) => !isOpen(route) && !isOperators(route));
const posts = inOrder.filter(({ method }) => method === "POST");
const gets = secured.filter(({ method }) => method === "GET");
/** A viewer can connect a read-only app, use test mode, and save their own views. */
const isForViewers = (path: string) => /^\/(views(\/|$)|oauth\/authorize|test-mode\/(on|off)(\?|$))/.test(path);
/** Emails have inline styles, in a frame or a sandbox where no script runs. */
const isLetter = (path: string) => path.endsWith("/mail/preview") || path.startsWith("/test-mode/emails/");
const ask = (
  { browser: { page, submit } }: Pick<PageAccount, "browser">,
  method: string,
  path: string,
  fields: Fields = {},
) => (method === "GET" ? page(path) : submit(path, fields));
const isHtml = ({ headers }: Answer) => headers.get("Content-Type")?.startsWith("text/html") === true;

/** A response has no data of the victim that the request did not contain. */
function expectNothingOf(answer: Answer, asked: string, where: string) {
  const text = decoded(answer.text);
  expect(
    secrets.filter((secret) => text.includes(secret) && !asked.includes(secret)),
    where,
  ).toEqual([]);
}

describe("the dashboard", () => {
  it("has pages of every part", () => {
    const parts = new Set(pageRoutes.map(({ path }) => path.split("/")[1]));
    const all = [
      "sign-in",
      "sign-up",
      "forgotten-password",
      "account",
      "api-keys",
      "team",
      "audit",
      "home",
      "brands",
      "plan",
    ];
    const more = ["campaigns", "participants", "rewards", "webhooks", "deliveries"];
    expect([...all, ...more].filter((part) => !parts.has(part))).toEqual([]);
    const ofCampaign = new Set(
      pageRoutes.flatMap(({ path }) => /^\/campaigns\/:campaignId\/([\w-]+)/.exec(path)?.[1] ?? []),
    );
    const tabs = ["rewards", "coupons", "participants", "lander", "widget", "mail", "contest", "install", "settings"];
    expect(tabs.filter((tab) => !ofCampaign.has(tab))).toEqual([]);
    expect(pageRoutes.length).toBeGreaterThanOrEqual(90);
  });

  it.each(each(secured))("requires a sign-in: %s", async (_, { method, path }) => {
    const at = stranger.at(path);
    const nobody = browser();
    const answer = await ask({ browser: { ...nobody, session_id: 0 } }, method, at);
    expect(answer.status, answer.text.slice(0, 300)).toBe(303);
    const next = method === "GET" ? at : "/home";
    expect(leadsTo(answer)).toBe(`/sign-in?${new URLSearchParams({ next })}`);
    nobody.cookies.set("__Host-session", "0".repeat(43));
    expect((await ask({ browser: { ...nobody, session_id: 0 } }, method, at)).status).toBe(303);
  });

  it.each(each(inOrder.filter(isOperators)))(
    "hides the operator's pages from members: %s",
    async (_, { method, path }) => {
      const answer = await ask(stranger, method, victim.at(path));
      const isEntrance = path === "/operator";
      expect([answer.status, leadsTo(answer)]).toEqual(isEntrance ? [303, "/operator/sign-in"] : [404, null]);
    },
  );

  it.each(each(posts))("accepts no form from another site: %s", async (_, { path }) => {
    const at = stranger.at(path);
    const elsewhere: Record<string, string>[] = [
      { Origin: "https://evil.example" },
      { Origin: ORIGIN, "Sec-Fetch-Site": "cross-site" },
    ];
    for (const headers of elsewhere) {
      const answer = await stranger.browser.submit(at, {}, { headers });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect(isHtml(answer)).toBe(true);
    }
  });

  it.each(each(posts.filter((route) => secured.includes(route) && !isOwn(route) && !isForViewers(route.path))))(
    "lets a viewer change nothing: %s",
    async (_, { path }) => {
      const answer = await stranger.colleague.submit(stranger.at(path));
      expect(answer.status, answer.text.slice(0, 300)).toBe(403);
      expect(isHtml(answer)).toBe(true);
    },
  );

  it.each(each(gets))("is valid: %s", async (_, { path }) => {
    for (const who of [stranger.browser, stranger.colleague]) {
      const at = stranger.at(path);
      const answer = await who.page(at);
      // Members without permission for a form do not see a page that is only that form.
      if (who === stranger.colleague && answer.status === 403) continue;
      expect(answer.status, answer.text.slice(0, 500)).toBeLessThan(400);
      if (answer.status >= 300) continue;
      expect(answer.headers.get("Cache-Control")).toMatch(/no-store/);
      if (!isHtml(answer)) continue;
      const policy = answer.headers.get("Content-Security-Policy") ?? "";
      expect(policy).toMatch(/default-src 'none'/);
      const checked = isLetter(path) ? policy.replace("style-src 'unsafe-inline'", "") : policy;
      expect(checked).not.toMatch(/unsafe|\*|http:/);
      const { headings, forms } = await readPage(answer.text, at);
      expect(answer.text).not.toMatch(/\son[a-z]+="/);
      // A preview shows other people's view, in a frame.
      if (path.endsWith("/preview") || isLetter(path)) continue;
      expect(answer.text).not.toMatch(/\sstyle="/);
      expect(headings.length, answer.text.slice(0, 3000)).toBe(1);
      const isHis = (action: string) => /^\/(sign-out|account)/.test(action) || isForViewers(action);
      const wrong =
        who === stranger.colleague
          ? forms.filter(({ method, action, buttons }) => method === "POST" && buttons.length > 0 && !isHis(action))
          : forms.filter(({ buttons }) => buttons.length === 0);
      expect(
        wrong.map(({ action }) => action),
        who === stranger.colleague
          ? "A viewer cannot send these. Their forms need no button for the role `viewer`."
          : "These have no button.",
      ).toEqual([]);
    }
  });
});

describe("another member's data", () => {
  it.each(secured.map((route, turn) => [told(route), route, turn] as const))(
    "stays hidden and unchanged: %s",
    async (_, route, turn) => {
      const { method, path } = route;
      const fields: Fields =
        method === "GET" ? {} : { ...ids, name: "x", email: "x@example.com", url: "https://x.example.com" };
      const query =
        method === "GET" ? `?${new URLSearchParams(Object.entries(ids).map(([k, v]) => [k, String(v)]))}` : "";
      const ways = path.includes(":") ? [victim.at(path), victim.at(path) + query] : [stranger.at(path) + query];
      for (const at of ways) {
        const answer = await ask(stranger, method, at, fields);
        const where = `${method} ${at} → ${answer.status}`;
        expectNothingOf(answer, at + JSON.stringify(fields), where);
        expect(answer.status, where).toBeLessThan(500);
        // An unreadable form is refused before its owner is looked up, and one without an effect may redirect back.
        if (path.includes(":")) expect(method === "GET" ? [404] : [303, 400, 404], where).toContain(answer.status);
      }
      // In the short form, each page is requested with every third id, and the next page with the next ones.
      const alone = Object.entries(ids).filter((_, n) => !isShort || n % 3 === turn % 3);
      for (const [field, id] of alone) {
        const own = stranger.at(path);
        const at = method === "GET" ? `${own}?${field}=${id}` : own;
        // Deletions of the account's own data are requested once, above.
        if (method === "POST" && harm({ method, path })) break;
        const answer = await ask(stranger, method, at, { [field]: id });
        expectNothingOf(answer, at + id, `${method} ${at} ${field}=${id} → ${answer.status}`);
        expect(answer.status, at).toBeLessThan(500);
      }
      expect(await belongingsOf(victim.member.id)).toEqual(before);
    },
  );

  it("would be detected: its owner sees it on most pages", async () => {
    const seen: string[] = [];
    const html = gets.filter((route) => !isOwn(route));
    for (const { path } of html) {
      const answer = await victim.browser.page(victim.at(path));
      const text = decoded(answer.text);
      // Their email is in the menu of every page.
      if (secrets.some((secret) => text.includes(secret) && secret !== victim.member.email)) seen.push(path);
    }
    expect(seen.length, `${seen}`).toBeGreaterThan(html.length * 0.6);
  });
});

describe(`pages under fuzzing (SEED=${seed})`, () => {
  const PER_ROUTE = isShort ? 3 : 6;
  const counts = new Map<number, number>();
  /** The names of the fields that pages' forms send to a path. */
  const names = new Map<string, Set<string>>();
  let target: PageAccount;
  beforeAll(async () => {
    target = await pageAccount();
    for (const { path } of gets) {
      const at = target.at(path);
      const { forms } = await readPage((await target.browser.page(at)).text, at);
      for (const { action, fields } of forms) {
        const known = names.get(action.replace(/\?.*/, "")) ?? new Set();
        for (const { name } of fields) known.add(name);
        names.set(action.replace(/\?.*/, ""), known);
      }
    }
  });

  const inUrl = (value: unknown) =>
    encodeURIComponent(
      (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed().slice(0, 2000),
    );
  const odd = fc.constantFrom(
    "%",
    "%zz",
    "%FF",
    "%00",
    "0",
    "-1",
    "1.5",
    "1e3",
    "9".repeat(40),
    "null",
    "__proto__",
    "%2F",
  );
  const inQuery = fc.constantFrom(
    "page",
    "limit",
    "q",
    "status",
    "before",
    "after",
    "cursor",
    "sort",
    "campaign_id",
    "brand_id",
    "days",
    "done",
    "step",
    "type",
    "next",
    "__proto__",
    "from",
  );
  const value = fc.oneof(
    { weight: 3, arbitrary: wild },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "",
        "on",
        "1",
        "-1",
        "x",
        "2026-01-01",
        "a.b.c",
        "https://x.example.com",
        "public",
        "active",
      ),
    },
  );
  const requests = ({ method, path }: PageRoute) =>
    fc.record({
      path: fc.tuple(
        ...path
          .split("/")
          .map((part) =>
            part.startsWith(":")
              ? fc.oneof(
                  { weight: 8, arbitrary: fc.constant(part) },
                  { weight: 1, arbitrary: odd },
                  { weight: 1, arbitrary: wild.map(inUrl).filter((text) => !/^(%2e|\.|)*$/i.test(text)) },
                )
              : fc.constant(part),
          ),
      ),
      query: fc.array(fc.tuple(inQuery, value), { maxLength: 3 }),
      values: method === "GET" ? fc.constant([]) : fc.array(value, { minLength: 1, maxLength: 40 }),
      extra: fc.array(
        fc.tuple(fc.constantFrom("@flags", "@lists", "__proto__", "a.b.c", "name", "", "constructor"), value),
        { maxLength: 3 },
      ),
      type: fc.oneof(
        { weight: 8, arbitrary: fc.constant(undefined) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "",
            "application/json",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "text/plain",
          ),
        },
      ),
    });

  it.each(each(inOrder))("%s never fails", async (_, route) => {
    const { method } = route;
    if (/sign-out|\/account\/(deletion|password|email)/.test(route.path)) return;
    await fc.assert(
      fc.asyncProperty(requests(route), async ({ path, query, values, extra, type }) => {
        const filled = path
          .map((part, i) => (part.startsWith(":") ? target.at(route.path).split("/")[i] : part))
          .join("/");
        const search = query.map(([name, sent]) => `${name}=${inUrl(sent)}`).join("&");
        const at = filled + (search && `?${search}`);
        const text = (sent: unknown) => (typeof sent === "string" ? sent : (JSON.stringify(sent) ?? "")).toWellFormed();
        const known = [...(names.get(target.at(route.path)) ?? ["name", "email"])];
        const fields: Fields = Object.fromEntries([
          ...known.map((name, i) => [
            name,
            name.startsWith("@") ? known.filter((n) => !n.startsWith("@")) : text(values[i % values.length]),
          ]),
          ...extra.map(([name, sent]) => [name, text(sent)]),
        ]);
        const answer =
          method === "GET"
            ? await target.browser.page(at)
            : await target.browser.submit(at, fields, type === undefined ? {} : { headers: { "Content-Type": type } });
        counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
        expect(answer.status, `${method} ${at} ${type} ${JSON.stringify(fields).slice(0, 500)}`).toBeLessThan(500);
      }),
      { seed, numRuns: runs(PER_ROUTE), includeErrorInReport: true },
    );
  });

  it("got valid requests, too", () => {
    const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
    const good = [...counts].filter(([status]) => status < 400).reduce((sum, [, n]) => sum + n, 0);
    const line = `${total} requests with SEED=${seed}: ${[...counts]
      .sort(([a], [b]) => a - b)
      .map(([s, n]) => `${n} × ${s}`)
      .join(", ")}`;
    expect(good / total, line).toBeGreaterThan(0.2);
    console.info(line);
  });
});
