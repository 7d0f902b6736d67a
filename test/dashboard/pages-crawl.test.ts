import { env } from "cloudflare:workers";
import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { newDomain } from "../support/client";
import { stopClock } from "../support/clock";
import { type Field, readPage, type SeenForm, type SeenPage } from "../support/html";
import { browser, type Fields, leadsTo } from "../support/session";

const PASSWORD = "correct horse battery staple";
const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (char) => char.charCodeAt(0),
);

/** The order of forms: deletions after creations, parents after their parts; those that end the session or the account last. */
const LATER = [
  /cancel|revert|revoke|remove|status$|two-step.off/,
  /erase|webhooks.*delete|images.*delete|hosts.*delete|inputs.*delete|views.*delete/,
  /campaigns.*delete/,
  /brands.*delete/,
  /test-mode/,
  /sign-out|switch|leave/,
  /account\/deletion/,
];
/** The buttons of this list depend on the selection (test/dashboard/pages-rewards.test.ts). */
const OF_TICKED = /^\/rewards\?/;
const turn = (action: string) => LATER.findIndex((pattern) => pattern.test(action)) + 1;

/** A path without its numbers: one link stands for all rows. */
const shapeOf = (path: string) =>
  path.replace(/\/\d+(?=\/|$)/g, "/:id").replace(/\?.*/, (query) => query.replace(/=[^&]*/g, ""));

/** Reasonable input for empty fields. */
function sensible(field: Field, action: string, email: string, nextCode: () => string): Fields[string] {
  const { name, type, value, checked, options, accept } = field;
  if (name === "code" && /two-step|sign-in/.test(action)) return nextCode();
  if (type === "hidden" || name.startsWith("@")) return value;
  if (type === "file")
    return accept?.includes("image")
      ? new File([PNG], "logo.png", { type: "image/png" })
      : new File(["email,name\nnew@example.com,New\n"], "people.csv", { type: "text/csv" });
  // Select a row of a list, as the page requires.
  if (name === "ids") return value;
  if (type === "checkbox" || type === "radio") return checked ? value || "on" : null;
  if (type === "select") return options.includes(value) ? value : (options[0] ?? "");
  if (type === "password") return field.required ? PASSWORD : "";
  if (name === "email" && action.startsWith("/sign-in")) return email;
  if (value) return value;
  if (name === "reply_to") return "";
  if (type === "email" || /email/.test(name)) return `person-${crypto.randomUUID()}@example.com`;
  if (type === "color") return "#336699";
  if (type === "number") return field.min ?? "1";
  if (type === "date") return "2099-01-01";
  if (type === "datetime-local")
    return name === "since" || name === "occurred_at"
      ? "2026-01-01T00:00"
      : /end/.test(name)
        ? "2099-01-31T00:00"
        : "2099-01-01T00:00";
  if (name === "codes") return `A-${crypto.randomUUID()}\nB-${crypto.randomUUID()}`;
  if (name === "urls") return `${newDomain()}\n${newDomain()}`;
  if (name === "amount" && action.endsWith("/reward")) return "5";
  if (!field.required) return "";
  if (type === "url" || /url|link|website/.test(name)) return `https://${newDomain()}/in`;
  if (name === "hostname") return `refer.${newDomain()}`;
  if (name === "value") return "spring@acme.com";
  if (/slug/.test(name)) return `slug-${crypto.randomUUID().slice(0, 8)}`;
  return "Spring";
}

/** Columns whose heading and cells are aligned differently. */
function misplacedIn(html: string): string[] {
  const isOfNumbers = (attributes = "") => attributes.includes('class="number"');
  return [...html.matchAll(/<thead>(.*?)<\/thead><tbody>(.*?)<\/tbody>/gs)].flatMap(([, head = "", body = ""]) => {
    const heads = [...head.matchAll(/<th scope="col"([^>]*)>(.*?)<\/th>/gs)];
    return body
      .split("<tr>")
      .flatMap((row) =>
        [...row.matchAll(/<td([^>]*)>/g)].flatMap(([, cell], i) =>
          isOfNumbers(cell) === isOfNumbers(heads[i]?.[1]) ? [] : [heads[i]?.[2] ?? `column ${i + 1}`],
        ),
      );
  });
}

type Pressed = { form: SeenForm; from: string; button: SeenForm["buttons"][number] };

/** Crawls an account's pages in its browser, each link and form once. */
function crawler(me: ReturnType<typeof browser>, email: string) {
  const seen = new Set<string>();
  const sent = new Set<string>();
  const problems: string[] = [];
  const waiting: Pressed[] = [];
  const pages: string[] = ["/home"];
  let looked = 0;
  let own = email;
  let authenticator = "";
  let steps = -1;
  /** The authenticator app's code. Each code is accepted once, so the next one is from half a minute later. */
  const nextCode = () =>
    new TOTP({ secret: Secret.fromBase32(authenticator) }).generate({ timestamp: Date.now() + steps++ * 30_000 });

  const look = async (path: string) => {
    const answer = await me.page(path);
    looked++;
    authenticator = />([A-Z2-7]{32})</.exec(answer.text)?.[1] ?? authenticator;
    if (answer.status >= 400) problems.push(`GET ${path} → ${answer.status}`);
    const to = leadsTo(answer);
    if (to?.startsWith("/")) note(to);
    for (const column of misplacedIn(answer.text)) problems.push(`GET ${path}: the numbers of ${column}`);
    if (answer.headers.get("Content-Type")?.startsWith("text/html")) take(await readPage(answer.text, path), path);
  };
  /** Follows links within the dashboard only. */
  const note = (path: string) => {
    const shape = shapeOf(path);
    if (seen.has(shape) || /^\/(sign-out|docs|assets|demo|third-party-licenses)/.test(path)) return;
    seen.add(shape);
    pages.push(path);
  };
  const take = (page: SeenPage, from: string) => {
    for (const link of page.links) note(link);
    for (const form of page.forms)
      for (const button of form.buttons) {
        if (form.method === "POST" && OF_TICKED.test(form.action)) continue;
        const names = [...new Set(form.fields.map(({ name }) => name))].sort();
        const shape = `${form.method} ${shapeOf(form.action)} ${names} ${button ? `${button.name}=${button.value}` : ""}`;
        if (sent.has(shape)) continue;
        sent.add(shape);
        waiting.push({ form, from, button });
      }
  };
  const send = async ({ form, from, button }: Pressed) => {
    const fields: Fields = {};
    for (const field of form.fields) {
      const filled = sensible(field, form.action, own, nextCode);
      if (filled === null) continue;
      const known = fields[field.name];
      fields[field.name] = known === undefined ? filled : ([known, filled].flat() as Fields[string]);
    }
    if (button) fields[button.name] = button.value;
    if (form.method === "GET")
      return look(
        `${form.action.replace(/\?.*/, "")}?${new URLSearchParams(Object.entries(fields).map(([k, v]) => [k, String(v)]))}`,
      );
    // A conversion needs a participant.
    if (form.action.endsWith("/conversions/new"))
      await me.submit(form.action.replace("conversions", "participants"), { email: fields.email, name: "Grace" });
    // A referrer is another participant.
    const [, friend] = /^\/participants\/(\d+)\/referrer$/.exec(form.action) ?? [];
    if (friend && fields.referrer === "") {
      fields.referrer = `referrer-${friend}@example.com`;
      const campaign = await env.DB.prepare("SELECT campaign_id FROM participants WHERE id = ?")
        .bind(friend)
        .first("campaign_id");
      await me.submit(`/campaigns/${campaign}/participants/new`, { email: fields.referrer, name: "Grace" });
    }
    const answer = await me.submit(form.action, fields, { headers: { Referer: `https://referrals.test${from}` } });
    if (answer.status >= 400) {
      const { text } = answer;
      const said = [...text.matchAll(/class="(?:problem|notice bad)"[^>]*>([^<]*)/g)].map(([, words]) => words);
      const sentAs = JSON.stringify(fields).slice(0, 400);
      problems.push(`${from}: POST ${form.action} → ${answer.status} ${said.join(" | ")} ${sentAs}`);
    }
    if (form.action === "/account/email" && answer.status < 400) own = String(fields.email);
    const to = leadsTo(answer);
    if (to?.startsWith("/")) await look(to);
    if (answer.headers.get("Content-Type")?.startsWith("text/html"))
      take(await readPage(answer.text, form.action), form.action);
  };
  return {
    problems,
    seen,
    sent,
    looked: () => looked,
    /** Until nothing is left in this turn. */
    async run(upTo: number) {
      for (let i = 0; i < 2000; i++) {
        const path = pages.shift();
        if (path !== undefined) {
          await look(path);
          continue;
        }
        const next = waiting.findIndex(({ form }) => turn(form.action) <= upTo);
        const [pressed] = next < 0 ? [] : waiting.splice(next, 1);
        if (!pressed) return;
        await send(pressed);
      }
    },
  };
}

describe("a fresh account", () => {
  it("has no dead link, and no form that refuses reasonable input", async () => {
    stopClock();
    const me = browser();
    const email = `fresh-${crypto.randomUUID()}@example.com`;
    const { status } = await me.submit("/sign-up", {
      name: "Fay Fresh",
      email,
      password: PASSWORD,
      website: newDomain(),
    });
    expect(status).toBe(303);
    // Invitations require a verified email.
    await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE email = ?").bind(email).run();
    const crawl = crawler(me, email);
    for (let upTo = 0; upTo <= LATER.length; upTo++) await crawl.run(upTo);
    console.info(`${crawl.looked()} pages, ${crawl.sent.size} forms:\n${[...crawl.sent].sort().join("\n")}`);
    expect(crawl.problems).toEqual([]);
    expect(crawl.seen.size).toBeGreaterThan(40);
    expect(crawl.sent.size).toBeGreaterThan(40);
  });
});
