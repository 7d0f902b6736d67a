import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { rewardStatuses } from "../../drizzle/schema/rewards";
import { eventTypes } from "../../drizzle/schema/webhooks";
import { changeable } from "../../src/delivery/webhooks/event-data";
import { type FullAccount, fullAccount } from "../support/account";
import { bearerOf } from "../support/bearer";
import { type Belongings, belongingsOf, textsIn } from "../support/belongings";
import { type Answer, call } from "../support/client";
import { expectDocumented, type Operation, operations, resolved } from "../support/document";
import { isShort } from "../support/seed";

let victim: FullAccount;
let stranger: FullAccount;
let before: Belongings;
/** Words that occur only in the victim's rows. */
let secrets: string[];
/** Event type names, which belong to nobody. */
const WORDS = new Set<string>([...eventTypes, ...rewardStatuses, ...changeable]);

/** The victim's ids, by every name in the API. */
let ids: Record<string, string | number>;
let credentials: Record<"key" | "token", Record<string, string>>;

beforeAll(async () => {
  [victim, stranger] = [await fullAccount(), await fullAccount()];
  await mark(victim);
  await env.DB.prepare("UPDATE deliveries SET status = 'delivered', next_attempt_at = NULL, lease = NULL").run();
  before = await belongingsOf(victim.member.id);
  const known = textsIn(await belongingsOf(stranger.member.id));
  secrets = [...textsIn(before)].filter((text) => !known.has(text) && !WORDS.has(text));
  const inPath = (template: string) => Number(victim.path(template).split("/").at(-1));
  ids = {
    ...victim.inFields,
    member_id: victim.member.id,
    webhook_id: inPath("/x/{webhookId}"),
    delivery_id: inPath("/x/{deliveryId}"),
    reward_id: inPath("/x/{rewardId}"),
    key_id: inPath("/api/v1/members/api-keys/{id}"),
    id: inPath("/x/{participantId}"),
  };
  credentials = {
    key: { "X-API-Key": stranger.member.key },
    token: await bearerOf(stranger.member),
  };
});

/** Writes a unique word into everything that a member can write. */
async function mark({ member, path }: FullAccount) {
  const word = `mark-${crypto.randomUUID()}`;
  const writes: [string, string, object][] = [
    ["PUT", "/api/v1/brands/{brandId}", { description: `${word} brand` }],
    ["PUT", "/api/v1/campaigns/{campaignId}", { name: `${word} campaign`, landing_url: `https://example.com/${word}` }],
    ["PUT", "/api/v1/campaigns/{campaignId}/reward", { custom_message: `${word} reward` }],
    ["PUT", "/api/v1/campaigns/{campaignId}/widget", { header_title: `${word} widget` }],
    ["PUT", "/api/v1/campaigns/{campaignId}/lander", { header_title: `${word} lander` }],
    ["PUT", "/api/v1/campaigns/{campaignId}/contest", { description: `${word} contest` }],
    ["POST", "/api/v1/campaigns/{campaignId}/coupons", { codes: [`${word} coupon`] }],
    [
      "PATCH",
      "/api/v1/participants/{participantId}",
      { name: `${word} name`, external_id: `${word} id`, metadata: { word } },
    ],
    ["PUT", "/api/v1/webhooks/{webhookId}", { message: `${word} webhook`, link: `https://hooks.acme.com/${word}` }],
  ];
  for (const [method, template, body] of writes)
    expect((await member.call(method, path(template), body)).status, template).toBeLessThan(300);
}

const secured = operations.filter(({ security }) => security.some((way) => Object.keys(way).length > 0));
const isMembers = ({ security }: Operation) => security.some((way) => "apiKey" in way);
const takesJson = ({ body }: Operation) => "application/json" in body;
const fieldsOf = ({ body }: Operation) =>
  Object.keys(resolved(body["application/json"]?.schema ?? {}).properties ?? {});
const queryOf = ({ parameters }: Operation) => parameters.filter((p) => p.in === "query").map(({ name }) => name);
/** Required fields of requests. */
const needs = ({ path }: Operation, account: FullAccount) =>
  path === "/api/v1/lander" ? `?campaign_id=${account.inFields.campaign_id}` : "";

/** Alternative names for the same field. */
const ALIASES = [
  ["brand_id", "url_id"],
  ["participant_id", "referral_code", "code"],
];

/** The documented example with the account's own ids, without any that the field names, too. */
function exampleOf({ body }: Operation, account: FullAccount, field?: string) {
  const example = body["application/json"]?.example as Record<string, unknown> | undefined;
  if (!example) return undefined;
  const same = ALIASES.find((names) => names.includes(field ?? "")) ?? [];
  const own = Object.entries({
    ...example,
    email: "email" in example ? `p-${crypto.randomUUID()}@example.com` : undefined,
  });
  return Object.fromEntries(
    own
      .filter(([name, value]) => value !== undefined && !same.includes(name))
      .map(([name, value]) => [name, account.inFields[name] ?? value]),
  );
}

/** A response has no data of the victim that the request did not contain. */
function expectNothingOf(answer: Answer, asked: string, told: string) {
  const shown = secrets.filter(
    (text) => answer.text.includes(JSON.stringify(text).slice(1, -1)) && !asked.includes(text),
  );
  expect(shown, told).toEqual([]);
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name !== "id" && name in ids && inner !== null) expect(inner, `${name} in ${told}`).not.toBe(ids[name]);
      walk(inner);
    }
  };
  if (answer.text.startsWith("{")) walk(JSON.parse(answer.text));
}

const isEmpty = ({ text }: Answer) => /"data":(\[\]|\{"\w+":\[\],"pagination":\{[^}]*"total":0,)/.test(text);
const isNotFound = ({ status, code }: Answer) => status === 404 && code === "not_found";
/** In the short form, every other operation is called with a key, and the others with a token. */
const ways = ["key", "token"] as const;
const last = ({ method }: Operation) => Number(method === "DELETE");
const matrix = secured
  .toSorted((a, b) => last(a) - last(b))
  .flatMap((o, n) =>
    ways
      .filter((_, way) => !isShort || n % ways.length === way)
      .map((way) => [`${o.method} ${o.path}`, way, o] as const),
  );

describe("another member's data", () => {
  it.each(matrix)("looks like missing data, and stays unchanged: %s with a %s", async (name, way, operation) => {
    const headers = credentials[way];
    const ask = async (url: string, body: object | undefined) => {
      const answer = await call(operation.method, url, body, { headers });
      const told = `${name} ${url} ${JSON.stringify(body)} → ${answer.status} ${answer.text.slice(0, 300)}`;
      expectDocumented(operation, answer, body);
      expectNothingOf(answer, url + JSON.stringify(body), told);
      if (!isMembers(operation)) expect(answer.status, told).toBe(401);
      return { answer, told };
    };

    if (operation.path.includes("{")) {
      const body = exampleOf(operation, stranger);
      const { answer, told } = await ask(victim.path(operation.path), body);
      if (isMembers(operation)) {
        expect(isNotFound(answer), told).toBe(true);
        const missing = operation.path.replace(/\{\w+\}/g, "999999999");
        expect((await call(operation.method, missing, body, { headers })).text, told).toBe(answer.text);
      }
    }
    const known = [...fieldsOf(operation), ...queryOf(operation)];
    const alone = Object.entries(ids).filter(([field]) => !isShort || known.includes(field));
    for (const [field, id] of alone) {
      if (takesJson(operation)) {
        const isKnown = fieldsOf(operation).includes(field);
        const body = { ...exampleOf(operation, stranger, field), [field]: id };
        const { answer, told } = await ask(stranger.path(operation.path), body);
        if (isKnown && isMembers(operation)) expect(isNotFound(answer), told).toBe(true);
      }
      const isKnown = queryOf(operation).includes(field);
      const own = isKnown ? "" : needs(operation, stranger);
      const url = `${stranger.path(operation.path)}${own || "?"}${own ? "&" : ""}${field}=${encodeURIComponent(id)}`;
      const { answer, told } = await ask(url, exampleOf(operation, stranger));
      if (isKnown) expect(isNotFound(answer) || (answer.status === 200 && isEmpty(answer)), told).toBe(true);
    }
    // In the short form, all fields that the operation does not know are sent at once.
    const unknown = Object.fromEntries(Object.entries(ids).filter(([field]) => !known.includes(field)));
    if (isShort) {
      const query = needs(operation, stranger) || "?";
      const url = `${stranger.path(operation.path)}${query}&${new URLSearchParams(Object.entries(unknown).map(([k, v]) => [k, String(v)]))}`;
      await ask(url, takesJson(operation) ? { ...exampleOf(operation, stranger), ...unknown } : undefined);
    }
    expect(await belongingsOf(victim.member.id)).toEqual(before);
  });

  it("would be detected: the owner sees it in most responses", async () => {
    const readable = secured.filter((o) => o.method === "GET" && isMembers(o));
    const seen: string[] = [];
    for (const operation of readable) {
      const answer = await victim.member.get(victim.path(operation.path) + needs(operation, victim));
      expect(answer.status, answer.text).toBe(200);
      const check = () => expectNothingOf(answer, "", "");
      try {
        check();
      } catch {
        seen.push(operation.path);
      }
    }
    expect(seen.length, `${seen}`).toBeGreaterThan(readable.length * 0.8);
  });
});
