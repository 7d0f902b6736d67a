import { beforeAll, describe, expect, it } from "vitest";
import { unguarded } from "../../src/lib/csv";
import { readableName } from "../../src/lib/name";
import { sanitized } from "../../src/lib/richtext";
import { type FullAccount, fullAccount } from "../support/account";
import { type Answer, call } from "../support/client";
import { type Operation, operations, resolved, type Schema } from "../support/document";
import { formulas, harmless, links, scripts } from "../support/payloads";
import { isShort } from "../support/seed";

let account: FullAccount;
beforeAll(async () => {
  account = await fullAccount();
});

const payloads = [...scripts, ...formulas, ...links];
/** In the short form each payload is sent to every fifth operation, in the long one to all. */
const PARTS = isShort ? 5 : 1;
const ELEMENTS = "a b br code em h3 h4 i li ol p s small span strong sub sup u ul".split(" ");

/** Harmful tokens in a text between two tags, by a browser's tokenizer. */
async function harmIn(html: string): Promise<string[]> {
  const found: string[] = [];
  const page = new HTMLRewriter()
    .on("*", {
      element: ({ tagName, attributes }) => {
        if (tagName === "main") return;
        if (!ELEMENTS.includes(tagName)) found.push(`<${tagName}>`);
        for (const [name = "", value = ""] of attributes) {
          if (!["href", "title"].includes(name)) found.push(`${name}=${value}`);
          if (name === "href" && !/^(https?:\/\/|mailto:)/i.test(value)) found.push(`href=${value}`);
        }
      },
      comments: ({ text }) => void found.push(`<!--${text}-->`),
    })
    .transform(new Response(`<main>${html}</main>`, { headers: { "Content-Type": "text/html" } }));
  const text = await page.text();
  if (!text.endsWith("</main>")) found.push("a tag that swallows what follows");
  return found;
}

type Kind = "html" | "url" | "text";
/** A brand's `url` may be typed without `https`, so only its name tells how it is returned. */
const kindOf = (name: string, { description = "", format }: Schema & { description?: string }): Kind => {
  if (description.includes("HTML with these elements")) return "html";
  return format === "uri" || name === "url" ? "url" : "text";
};

/** The free-text fields of an operation's body, each with its possible forms in a response. */
function textFields({ body }: Operation): [string, Kind][] {
  const { properties = {} } = resolved(body["application/json"]?.schema ?? {});
  return Object.entries(properties).flatMap(([name, schema]): [string, Kind][] => {
    const real = (schema.anyOf ?? [schema]).map(resolved).find(({ type }) => type === "string");
    return real && !real.enum && real.format !== "date-time" ? [[name, kindOf(name, { ...schema, ...real })]] : [];
  });
}

async function expectHarmless(shown: unknown, sent: string, kind: Kind, told: string) {
  if (kind === "html") expect(await harmIn(String(shown)), told).toEqual([]);
  else if (kind === "url") expect(["https:", "http:"], told).toContain(new URL(String(shown)).protocol);
  else expect([sent, sent.trim(), readableName(sent)], told).toContain(shown);
}

/** JSON that says so, and no browser may guess otherwise. */
function expectJson(answer: Answer, told: string) {
  expect(answer.status, told).toBeLessThan(500);
  expect(answer.headers.get("Content-Type"), told).toMatch(/^application\/json/);
  expect(answer.headers.get("X-Content-Type-Options"), told).toBe("nosniff");
}

/** The documented example with the account's ids and a new email. */
function exampleOf({ body }: Operation): Record<string, unknown> {
  const example = body["application/json"]?.example as Record<string, unknown>;
  const own = Object.entries(account.inFields).filter(([name]) => name in example);
  const email = "email" in example ? { email: `p-${crypto.randomUUID()}@example.com` } : {};
  return { ...example, ...Object.fromEntries(own), ...email };
}

const writing = operations.filter(
  (operation) => textFields(operation).length > 0 && operation.operationId !== "createToken",
);

describe("untrusted input", () => {
  const survived = new Map<Kind, number>();

  it.each(writing.map((o, turn) => [`${o.method} ${o.path}`, turn % PARTS, o] as const))(
    "comes back as harmless: %s",
    async (name, part, operation) => {
      // A suspended account cannot be used again.
      const asked = operation.operationId.startsWith("suspend") ? await fullAccount() : account;
      const credential = asked.credentials[operation.security.flatMap((way) => Object.keys(way))[0] ?? ""] ?? {};
      const fields = textFields(operation);
      for (const payload of payloads.filter((_, n) => n % PARTS === part)) {
        let open = fields;
        for (;;) {
          const example = exampleOf(operation);
          // The same URL would be the same webhook.
          if (operation.operationId === "createWebhook") example.link = `https://${crypto.randomUUID()}.example.com/`;
          // A decided review keeps its note.
          if (operation.operationId === "updateReview") {
            const reopened = await call(
              "POST",
              asked.path(operation.path),
              { verdict: "reopen" },
              { headers: credential },
            );
            expect(reopened.data, reopened.text).toMatchObject({ state: "open" });
          }
          const body = { ...example, ...Object.fromEntries(open.map(([field]) => [field, payload])) };
          const answer = await call(operation.method, asked.path(operation.path), body, { headers: credential });
          const told = `${name} ${JSON.stringify(body)} → ${answer.status} ${answer.text}`;
          expectJson(answer, told);
          const refused = new Set((answer.details ?? []).map(({ path }) => path));
          const rest = open.filter(([field]) => !refused.has(field));
          if (answer.status === 400 && rest.length < open.length) {
            open = rest;
            continue;
          }
          for (const [field, kind] of answer.status < 300 ? open : []) {
            if (!(field in answer.data)) continue;
            await expectHarmless(answer.data[field], payload, kind, `${field} of ${told}`);
            survived.set(kind, (survived.get(kind) ?? 0) + 1);
          }
          break;
        }
      }
    },
  );

  it("was accepted often enough to be meaningful", () => {
    expect(survived.get("html")).toBeGreaterThan((payloads.length * 10) / PARTS);
    expect(survived.get("text")).toBeGreaterThan((payloads.length * 10) / PARTS);
    expect(survived.get("url"), "most that people type is no URL").toBeGreaterThan((links.length * 5) / PARTS);
  });

  it("is returned harmless in lists and nested objects", async () => {
    const { member, path } = account;
    for (const payload of payloads.filter((_, n) => n % PARTS === 0)) {
      const short = payload.slice(0, 30).replace(/\s+/g, " ").trim();
      const metadata = { note: payload, [payload]: [payload] };
      const texts = { title: payload };
      const writes: [string, string, object, (data: Answer["data"]) => unknown, unknown][] = [
        [
          "PUT",
          "/api/v1/brands/{brandId}",
          { socials: [{ social: short, profile_url: "https://example.com/a" }] },
          (d) => d.socials[0].social,
          short,
        ],
        ["PATCH", "/api/v1/participants/{participantId}", { metadata, name: null }, (d) => d.metadata, metadata],
        [
          "PUT",
          "/api/v1/campaigns/{campaignId}",
          { widget: { header_title: payload, texts }, reward: { custom_message: payload } },
          (d) => d.id,
          expect.any(Number),
        ],
      ];
      for (const [method, template, body, read, expected] of writes) {
        const answer = await member.call(method, path(template), body);
        expect(answer.status, answer.text).toBe(200);
        expectJson(answer, payload);
        expect(read(answer.data), payload).toEqual(expected);
      }
      const views = [
        "/api/v1/campaigns/{campaignId}",
        "/api/v1/campaigns/{campaignId}/widget",
        `/api/widget/config?campaign_id=${account.inFields.campaign_id}`,
      ];
      for (const view of views) {
        const { data } = await member.get(path(view));
        const widget = data.widget ?? data;
        for (const text of [widget.header_title, widget.texts.title]) expect(await harmIn(text), payload).toEqual([]);
        if (data.reward?.custom_message) expect(data.reward.custom_message).toBe(payload);
      }
    }
  });

  it("is stored unchanged as a coupon code, from JSON, text, and CSV", async () => {
    const { member, path } = account;
    const upload = path("/api/v1/campaigns/{campaignId}/coupons");
    const codes = [...new Set(payloads.map((text) => text.trim()))].filter(
      (text) => text.length <= 90 && !/[\p{C}\p{Zl}]/u.test(text),
    );
    // A CSV may be our own export, where an apostrophe before a formula is not part of the code.
    const inCsv = codes.filter((code) => unguarded(code) === code);
    expect(inCsv.length).toBeGreaterThan(codes.length - 5);
    const forms: [string, string, number][] = [
      ["application/json", JSON.stringify({ codes: codes.map((code) => `${code}1`) }), codes.length],
      ["text/plain", codes.map((code) => `${code}2`).join("\n"), codes.length],
      ["text/csv", inCsv.map((code) => `"${`${code}3`.replaceAll('"', '""')}",x`).join("\r\n"), inCsv.length],
    ];
    for (const [type, body, added] of forms) {
      const answer = await member.post(upload, body, { headers: { "Content-Type": type } });
      expect(answer, type).toMatchObject({ status: 201, data: { added, duplicates: 0, invalid: 0 } });
      expectJson(answer, type);
    }
    const listed: string[] = [];
    for (let page = 1; page <= 4; page++) {
      const answer = await member.get(`${upload}?limit=100&page=${page}`);
      expectJson(answer, "coupons");
      listed.push(...answer.data.coupons.map(({ code }: { code: string }) => code));
    }
    for (const code of codes) for (const n of [1, 2]) expect(listed).toContain(`${code}${n}`);
    for (const code of inCsv) expect(listed).toContain(`${code}3`);
  });
});

describe("a text with HTML", () => {
  it("is recognized as harmful before it is sanitized", async () => {
    const seen = await Promise.all(scripts.map(harmIn));
    expect(seen.filter((harm) => harm.length > 0).length).toBeGreaterThan(50);
  });

  it.each(harmless)("keeps allowed elements: %s", async (text, expected) => {
    expect(sanitized(text)).toBe(expected);
    expect(await harmIn(text)).toEqual([]);
  });

  it.each(scripts)("is sanitized completely: %s", async (text) => {
    const once = sanitized(text);
    expect(await harmIn(once)).toEqual([]);
    expect(sanitized(once)).toBe(once);
  });
});
