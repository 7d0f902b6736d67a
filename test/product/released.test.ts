import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { runJobs } from "../../src/cron";
import { newEventId, sha256Hex } from "../../src/lib/crypto";
import type { Env } from "../../src/lib/env";
import worker from "../../src/worker";
import { bearerOf } from "../support/bearer";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { withBindings } from "../support/ledger";
import { browserOf } from "../support/session";
import { allCounted } from "../support/waits";
import released from "./released.json";

/**
 * Messages between Workers and ledgers, and in the queues. A deploy runs old and new code side by side: an old Worker
 * calls a new ledger, a new Worker calls an old one, and both find each other's messages in the queues.
 */
type Message = { asked: unknown[]; answered: unknown };
type Messages = Record<string, Message[]>;

const WHAT_TO_DO =
  "Old and new code exchange these messages during a deploy. Make the change in two releases: first code that understands both forms, then code that sends the new one. If the old code may ignore what is new, name it under `ignorable` in test/product/released.json.";

/** The form of a value: its fields by path, with their types. Null fits any type. */
function formOf(value: unknown, path: string, form = new Map<string, string>()) {
  if (Array.isArray(value)) for (const one of value) formOf(one, `${path}[]`, form);
  else if (value !== null && typeof value === "object")
    for (const [name, one] of Object.entries(value)) formOf(one, `${path}.${name}`, form);
  else if (value !== undefined && (value !== null || !form.has(path)))
    form.set(path, value === null ? "null" : typeof value);
  return form;
}

const fits = (a: string | undefined, b: string) => a === b || a === "null" || (a !== undefined && b === "null");
const isIgnorable = (path: string) => released.ignorable.some((known) => path.startsWith(known));

const seen: Messages = {};
const queued: unknown[] = [];

const formOfAll = (values: unknown[], path: string) => {
  const form = new Map<string, string>();
  for (const value of values) formOf(value, path, form);
  return form;
};
const askedBy = (method: string, messages: Message[] = []) =>
  formOfAll(
    messages.map(({ asked }) => asked),
    method,
  );
const answeredBy = (method: string, messages: Message[] = []) =>
  formOfAll(
    messages.map(({ answered }) => answered),
    method,
  );

/** Keeps a method's messages that show a new part of its form. */
function note(method: string, message: Message) {
  const known = seen[method] ?? [];
  const all = [...known, message];
  const tells = [askedBy, answeredBy].some((form) => [...form(method, all)].join() !== [...form(method, known)].join());
  if (tells || known.length === 0) seen[method] = all;
}

const queue = {
  send: async (body: unknown) => void queued.push(body),
  sendBatch: async (all: { body: unknown }[]) => void queued.push(...all.map(({ body }) => body)),
} as unknown as Queue;

const LEDGER = {
  getByName: (name: string) =>
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          async (...asked: unknown[]) => {
            const stub = env.LEDGER.getByName(name) as unknown as Record<
              string,
              (...asked: unknown[]) => Promise<unknown>
            >;
            const answer = (await stub[String(method)]?.(...asked)) as { value?: unknown } | undefined;
            // Dates as text, as the record has them.
            note(String(method), JSON.parse(JSON.stringify({ asked, answered: answer?.value ?? null })));
            return answer;
          },
      },
    ),
} as unknown as Env["LEDGER"];

const over = { LEDGER, DELIVERIES: queue, MAILS: queue };
const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** All calls of a Worker to a ledger. */
async function askEverything() {
  const owner = await newMember();
  const campaign = await newCampaign({ num_signups: 2, reward_invited: true, campaign_entry_subject: "Hi" }, owner);
  const { id } = campaign;
  const options = { env: over };
  const heal = await withBindings(id, { DELIVERIES: queue, MAILS: queue });
  await owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/" }, options);
  await owner.post(`/api/v1/campaigns/${id}/coupons`, { codes: someCodes(3) }, options);
  const person = { campaign_id: id, email: someone(), name: "Ada", external_id: "crm-7", metadata: { plan: "pro" } };
  const ada = (await owner.post("/api/v1/signups", person, options)).data;
  const bearer = await bearerOf(owner);
  await call("POST", "/api/v1/signups", { ...person, email: someone() }, { ...options, headers: bearer });
  const friend = { referral_code: ada.referral_code, email: someone(), name: "Grace" };
  const grace = (await owner.post("/api/v1/signups/referral", friend, options)).data;
  const joined = { campaign_id: id, email: someone(), referral_code: ada.referral_code };
  const { data } = await call("POST", "/api/widget/signup", joined, options);
  const headers = { Authorization: `Bearer ${data.participant_token}` };
  await call("POST", "/api/widget/share", { social_type: 1 }, { ...options, headers });
  await call("GET", `/t/${ada.referral_code}`, undefined, { ...options, headers: { "User-Agent": CHROME } });
  const see = async () => {
    for (let i = 0; i < 2; i++) await call("POST", "/api/widget/impression", { campaign_id: id }, options);
  };
  await allCounted(
    see,
    async () => (await owner.get(`/api/v1/campaigns/${id}/stats`, options)).data.total_impressions,
    2,
  );
  const browser = await browserOf(owner);
  const path = `/campaigns/${id}/import`;
  const file = new File([`email;name\n${someone()};Bob`], "people.csv", { type: "text/csv" });
  const { text } = await browser.submit(path, { file, text: "" }, options);
  const field = (name: string) =>
    (new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "").replaceAll("&quot;", '"');
  await browser.submit(`${path}/run`, { token: field("token"), rows: field("rows") }, options);
  await owner.patch(`/api/v1/participants/${grace.id}`, { status: "blocked" }, options);
  await owner.post(
    "/api/v1/conversions",
    { campaign_id: id, participant_id: grace.id, conversion_id: "order-1" },
    options,
  );
  await owner.post("/api/v1/refunds", { campaign_id: id, conversion_id: "order-1", refund_id: "refund-1" }, options);
  const [reward] = await campaign.rewards();
  if (reward) await owner.patch(`/api/v1/rewards/${reward.id}`, { status: "revoked" }, options);
  await owner.put(`/api/v1/campaigns/${id}`, { num_signups: 1 }, options);
  await runJobs({ ...env, ...over });
  await owner.delete(`/api/v1/participants/${grace.id}`, options);
  await owner.delete(`/api/v1/campaigns/${id}/coupons`, options);
  await owner.delete(`/api/v1/campaigns/${id}`, options);
  await heal();
}

beforeAll(askEverything);

describe("a new Worker and an old ledger", () => {
  it("use the same messages", () => {
    const methods = Object.keys(seen).filter((method) => !isIgnorable(method));
    console.info(JSON.stringify({ ignorable: [], ledger: seen, queued }, null, 1));
    expect(methods.sort(), WHAT_TO_DO).toEqual(Object.keys(released.ledger).sort());
  });

  it.each(Object.entries(released.ledger as Messages))("agree on the requests of %s", (method, messages) => {
    const [old, now] = [askedBy(method, messages), askedBy(method, seen[method])];
    for (const [path, type] of now)
      if (!isIgnorable(path)) expect(fits(old.get(path), type), `${path} is new. ${WHAT_TO_DO}`).toBe(true);
    for (const [path, type] of old) expect(fits(now.get(path), type), `${path} is missing. ${WHAT_TO_DO}`).toBe(true);
  });
});

describe("an old Worker and a new ledger", () => {
  it.each(Object.entries(released.ledger as Messages))("agree on the responses of %s", (method, messages) => {
    const now = answeredBy(method, seen[method]);
    for (const [path, type] of answeredBy(method, messages))
      if (type !== "null") expect(fits(now.get(path), type), `${path} is not answered. ${WHAT_TO_DO}`).toBe(true);
  });

  /** A released message, about things that exist here. */
  async function revived() {
    const campaign = await newCampaign({ reward_invited: true });
    await campaign.upload(someCodes(1));
    const ada = (await campaign.signUp(someone())).data;
    await campaign.refer(ada.referral_code, someone());
    const [reward] = await campaign.rewards();
    const key = await sha256Hex(campaign.owner.key);
    const own: Record<string, () => unknown> = {
      id: () => newEventId(new Date()),
      at: () => Date.now(),
      email: someone,
      canonical: someone,
      member_id: () => campaign.owner.id,
      key_hash: () => key,
      participant_id: () => ada.id,
      referrer: () => ada.id,
      reward_id: () => reward?.id,
    };
    const renew = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(renew);
      if (value === null || typeof value !== "object") return value;
      const entries = Object.entries(value);
      return Object.fromEntries(entries.map(([k, v]) => [k, v === null ? v : (own[k]?.() ?? renew(v))]));
    };
    return { campaign, renew };
  }

  it.each(Object.entries(released.ledger as Messages))("%s is understood as sent", async (method, messages) => {
    const { campaign, renew } = await revived();
    const stub = env.LEDGER.getByName(String(campaign.id)) as unknown as Record<
      string,
      (...a: unknown[]) => Promise<unknown>
    >;
    for (const { asked } of messages) {
      const answer = await stub[method]?.(...asked.map(renew));
      if (method !== "forget") expect(answer).toMatchObject({ ok: true });
    }
  });

  it.each(released.queued)("the queued %j is understood", async (body) => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    const acks: string[] = [];
    const batch = {
      queue: "referrals-deliveries",
      messages: [{ id: "m", body, attempts: 1, timestamp: new Date() }],
      ackAll: () => acks.push("all"),
      retryAll: () => acks.push("none"),
    };
    await worker.queue(batch as unknown as MessageBatch<never>, env, {
      waitUntil: () => {},
    } as unknown as ExecutionContext);
    expect(acks).toEqual(["all"]);
    expect(String(logged.mock.calls)).not.toContain("not understood");
    logged.mockRestore();
  });

  it("use one format for queue messages", () => {
    const forms = new Set(queued.map((body) => [...formOf(body, "message")].join()));
    for (const form of forms)
      expect(
        released.queued.map((body) => [...formOf(body, "message")].join()),
        WHAT_TO_DO,
      ).toContain(form);
  });
});
