import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import guide from "../../../docs/conversions.md?raw";
import { type InputKind, inputKinds } from "../../../drizzle/schema/inputs";
import { inputReasons } from "../../../src/participants/inputs/input-reasons";
import { providers } from "../../../src/participants/inputs/providers";
import { newCampaign } from "../../support/campaign";
import { call, newMember } from "../../support/client";
import {
  adjustment,
  charge,
  invoice,
  lemon,
  order,
  paddleEvent,
  session,
  shopifyHeaders,
  stripeEvent,
} from "../../support/provider-events";
import { cash } from "../../support/shop";
import { newTill, signers, type Till } from "../../support/till";
import { workOf } from "../../support/work";

type Event = [payload: unknown, headers?: Record<string, string>];
const tenPercent = [{ reward: cash({ percent: 10 }) }];
const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * Made by stripe 23.1.0 (`generateTestHeaderString`), and accepted by @paddle/paddle-node-sdk 3.10.0 (`isSignatureValid`) and
 * @shopify/shopify-api 13.1.0 (`webhooks.validate`). Lemon Squeezy has no library that signs or verifies.
 */
const vectors: [InputKind, string, string, Record<string, string>][] = [
  [
    "stripe",
    "whsec_test_secret",
    '{"id":"evt_1","type":"ping","data":{"object":{"name":"Zoë"}}}',
    { "stripe-signature": "t=1700000000,v1=d08cb7b6447c5640464f58a75fc79c600d6932ce376dfd5046ca0e92136e7b15" },
  ],
  [
    "paddle",
    "pdl_ntfset_01gkdqbgyk2q0f8q8k4x0q3xjv_test",
    '{"event_id":"evt_1","event_type":"transaction.completed","occurred_at":"2023-11-14T22:13:20Z","notification_id":"ntf_1","data":{}}',
    { "paddle-signature": "ts=1700000000;h1=63f3ee5e5675806a570f97a198735ecea89bd9bf80d1c48e8a59b6611f84748d" },
  ],
  [
    "shopify",
    "hush",
    '{"id":820982911946154508,"email":"jon@example.com","note":"Zoë"}',
    { "x-shopify-hmac-sha256": "e15O8hnjCH6QXt5N37TBnYe+07S7SAIpQh1MaEm8N6A=" },
  ],
];

describe("a provider's signature", () => {
  const at = new Date(1_700_000_000_000);
  const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

  it.each(vectors)("of %s is verified like in its own library", async (kind, secret, body, headers) => {
    const isSigned = (sent: Partial<{ secret: string; body: string; headers: Record<string, string>; now: Date }>) =>
      providers[kind].isSigned(
        sent.secret ?? secret,
        new Headers(sent.headers ?? headers),
        bytes(sent.body ?? body),
        sent.now ?? at,
      );
    expect(await isSigned({})).toBe(true);
    expect(await isSigned({ secret: `${secret}x` })).toBe(false);
    expect(await isSigned({ body: `${body} ` })).toBe(false);
    expect(await isSigned({ headers: {} })).toBe(false);
    const [name = "", value = ""] = Object.entries(headers)[0] ?? [];
    expect(await isSigned({ headers: { [name]: value.slice(0, -4) } })).toBe(false);
    expect(await isSigned({ headers: { [name]: "" } })).toBe(false);
  });

  it.each(["stripe", "paddle"] as const)("of %s is at most five minutes old, and not of the future", async (kind) => {
    const body = "{}";
    const headers = new Headers(signers[kind]("s", body, at.getTime() / 1000));
    const isSigned = (now: Date) => providers[kind].isSigned("s", headers, bytes(body), now);
    expect(await isSigned(later(299))).toBe(true);
    expect(await isSigned(later(-299))).toBe(true);
    expect(await isSigned(later(301))).toBe(false);
    expect(await isSigned(later(-301))).toBe(false);
  });

  it("of Stripe counts if one of several is valid, during a secret rotation", async () => {
    const of = (secret: string) => signers.stripe(secret, "{}", at.getTime() / 1000)["Stripe-Signature"] ?? "";
    const [right, other] = [of("new"), of("old")];
    const signed = (header: string) =>
      providers.stripe.isSigned("new", new Headers({ "stripe-signature": header }), bytes("{}"), at);
    expect(await signed(`${other},${right.split(",")[1]}`)).toBe(true);
    expect(await signed(`${right.split(",")[0]},v0=00,${right.split(",")[1]}`)).toBe(true);
    expect(await signed(other)).toBe(false);
    expect(await signed(right.replace("v1=", "v0="))).toBe(false);
    expect(await signed(right.replace(/t=\d+/, "t=x"))).toBe(false);
    expect(await signed(right.replace(/t=\d+,/, ""))).toBe(false);
  });
});

describe("an input", () => {
  it("is created, listed, changed, and deleted, and never shows its secret", async () => {
    const { id, owner } = await newCampaign();
    const path = `/api/v1/campaigns/${id}/inputs`;
    const made = await owner.post(path, { kind: "stripe", secret: "whsec_hidden_away", colour: "red" });
    expect(made, made.text).toMatchObject({
      status: 201,
      data: {
        campaign_id: id,
        kind: "stripe",
        has_secret: true,
        event_name: "purchase",
        test_mode: false,
        status: "active",
        ignored: ["colour"],
      },
    });
    expect(made.data.url).toMatch(/^https:\/\/referrals\.test\/api\/v1\/inputs\/[\w-]{16}$/);
    expect(made.data.events).toContain("charge.refunded");
    const one = `${path}/${made.data.id}`;
    const change = { secret: "whsec_hidden_too", event_name: "order", test_mode: true, status: "disabled" };
    const changed = await owner.put(one, change);
    expect(changed.data).toMatchObject({
      event_name: "purchase",
      test_mode: true,
      status: "disabled",
      has_secret: true,
    });
    const { ignored, ...shown } = changed.data;
    expect(ignored).toEqual(["event_name"]);
    expect((await owner.get(one)).data).toEqual(shown);
    const listed = await owner.get(path);
    expect(listed.data.inputs).toEqual([shown]);
    for (const { text } of [made, changed, listed]) expect(text).not.toContain("hidden");
    const stored = await env.DB.prepare("SELECT * FROM inputs WHERE id = ?").bind(made.data.id).first();
    expect(JSON.stringify(stored)).not.toContain("hidden");
    expect((await owner.delete(one)).data).toEqual({ id: made.data.id, deleted: true });
    for (const answer of [
      await owner.get(one),
      await owner.delete(one),
      await owner.put(one, {}),
      await owner.get(`${one}/events`),
    ])
      expect(answer.status).toBe(404);
  });

  it("refuses bad input, and is hidden from others", async () => {
    const { id, owner } = await newCampaign();
    const path = `/api/v1/campaigns/${id}/inputs`;
    for (const body of [{}, { kind: "square" }, { kind: "stripe", secret: "x" }, { kind: "stripe", event_name: "A b" }])
      expect((await owner.post(path, body)).status, JSON.stringify(body)).toBe(400);
    const { data } = await owner.post(path, { kind: "paddle" });
    expect(data.has_secret).toBe(false);
    const other = await newMember();
    const elsewhere = await newCampaign({}, owner);
    for (const answer of [
      await other.get(path),
      await other.post(path, { kind: "stripe" }),
      await other.get(`${path}/${data.id}`),
      await other.put(`${path}/${data.id}`, { status: "disabled" }),
      await other.delete(`${path}/${data.id}`),
      await other.get(`${path}/${data.id}/events`),
      await owner.get(`/api/v1/campaigns/${elsewhere.id}/inputs/${data.id}`),
      await owner.get(`/api/v1/campaigns/${elsewhere.id}/inputs/${data.id}/events`),
    ])
      expect(answer.status).toBe(404);
    expect((await owner.get(`${path}/${data.id}`)).data.status).toBe("active");
  });

  it("counts toward a limit of 20", async () => {
    const { id, owner } = await newCampaign();
    const path = `/api/v1/campaigns/${id}/inputs`;
    const made = [];
    for (let i = 0; i < 21; i++) made.push((await owner.post(path, { kind: "shopify" })).status);
    expect(made).toEqual([...Array(20).fill(201), 409]);
  });
});

describe("an input's URL", () => {
  it.each(inputKinds)("rejects a wrong signature of %s, and writes no row", async (kind) => {
    const till = await newTill(kind, tenPercent);
    const wrong = signers[kind]("wrong", "{}", Math.floor(Date.now() / 1000));
    const written = await workOf(async () => expect((await till.post("{}", wrong)).status).toBe(401));
    expect(written.rows_written).toBe(0);
    expect((await call("POST", till.path, "{}")).status).toBe(401);
    expect(await till.rows()).toEqual([]);
  });

  it("returns 404 for a missing or disabled input, and 401 before it has a secret", async () => {
    const till = await newTill("stripe", tenPercent);
    const { owner, id } = till.campaign;
    const one = `/api/v1/campaigns/${id}/inputs/${till.input.id}`;
    await owner.put(one, { status: "disabled" });
    expect((await till.post(session())).status).toBe(404);
    expect((await call("POST", "/api/v1/inputs/AAAAAAAAAAAAAAAA", "{}")).status).toBe(404);
    await owner.put(one, { status: "active" });
    expect((await till.post(session())).status).toBe(200);
    await owner.delete(one);
    expect((await till.post(session())).status).toBe(404);
    const bare = (await owner.post(`/api/v1/campaigns/${id}/inputs`, { kind: "shopify" })).data;
    const signed = signers.shopify("", "{}", 0);
    expect((await call("POST", new URL(bare.url).pathname, "{}", { headers: signed })).status).toBe(401);
  });

  it("refuses input that is not JSON or too large", async () => {
    const till = await newTill("lemonsqueezy", tenPercent);
    expect((await till.post("not json")).status).toBe(400);
    expect((await till.post(`{"a":"${"x".repeat(1_000_000)}"}`)).code).toBe("payload_too_large");
    expect((await till.post(JSON.stringify({ a: "x".repeat(200_000) }))).status).toBe(200);
    expect(await till.rows()).toHaveLength(1);
  });

  const quiet: [InputKind, unknown, Record<string, string>, string][] = [
    ["stripe", stripeEvent("customer.created", { id: "cus_1" }), {}, "unknown_event"],
    ["stripe", stripeEvent("refund.created", { id: "re_1" }), {}, "counted_elsewhere"],
    ["stripe", stripeEvent("customer.subscription.deleted", { id: "sub_1" }), {}, "no_money"],
    ["stripe", session({ payment_status: "no_payment_required", amount_total: 0 }), {}, "no_money"],
    ["stripe", session({ payment_status: "unpaid" }), {}, "not_final"],
    ["stripe", session({ amount_total: 10.5, id: null }), {}, "not_understood"],
    ["stripe", session({ currency: "xyz", metadata: { participant_id: "1" } }), {}, "not_understood"],
    ["stripe", { hello: "world" }, {}, "not_understood"],
    ["stripe", [], {}, "not_understood"],
    ["stripe", null, {}, "not_understood"],
    ["stripe", charge(0), {}, "no_money"],
    ["stripe", invoice({ amount_paid: 0 }), {}, "no_money"],
    ["shopify", {}, shopifyHeaders("customers/redact"), "nothing_kept"],
    [
      "shopify",
      order({ current_subtotal_price_set: null, subtotal_price_set: null, subtotal_price: "0.00" }),
      shopifyHeaders("orders/paid"),
      "no_money",
    ],
    ["shopify", {}, {}, "unknown_event"],
    // Property names of every JavaScript object.
    ["stripe", stripeEvent("constructor", { act: "sale" }), {}, "unknown_event"],
    ["stripe", stripeEvent("valueOf", {}), {}, "unknown_event"],
    ["shopify", {}, shopifyHeaders("constructor"), "unknown_event"],
    ["paddle", paddleEvent("toString", {}), {}, "unknown_event"],
    ["lemonsqueezy", lemon("hasOwnProperty"), {}, "unknown_event"],
    ["shopify", { id: 1 }, shopifyHeaders("orders/paid", "hook-of-nothing"), "not_understood"],
    ["paddle", adjustment("created", { status: "pending_approval" }), {}, "not_final"],
    ["paddle", adjustment("created", { action: "chargeback_warning" }), {}, "no_money"],
    ["lemonsqueezy", lemon("subscription_cancelled"), {}, "no_money"],
    ["lemonsqueezy", lemon("license_key_created"), {}, "unknown_event"],
    ["lemonsqueezy", lemon("subscription_payment_success", { billing_reason: "initial" }), {}, "counted_elsewhere"],
  ];
  it.each(inputKinds)("stores events of %s that change nothing, with the reason", async (kind) => {
    const till = await newTill(kind, tenPercent);
    for (const [, payload, headers, code] of quiet.filter(([of]) => of === kind)) {
      const event = await till.send(payload, headers);
      expect(event, JSON.stringify(payload)).toMatchObject({
        status: "ignored",
        conversion: null,
        next_attempt_at: null,
      });
      if (headers["X-Shopify-Topic"])
        expect(event).toMatchObject({ type: headers["X-Shopify-Topic"], event_id: headers["X-Shopify-Webhook-Id"] });
      const { type } = Object(payload);
      if (typeof type === "string")
        expect(event, "as Stripe calls it").toMatchObject({ type, event_id: Object(payload).id });
      expect(event.reason).toEqual({ code, message: inputReasons[code as keyof typeof inputReasons] });
    }
    expect(till.queued()).toEqual([]);
    expect(await till.conversions()).toEqual([]);
  });

  it("has its reasons listed in the guide", () => {
    const rows = Object.entries(inputReasons).map(([code, message]) => `| \`${code}\` | ${message} |`);
    expect(guide).toContain(rows.join("\n"));
  });

  it("asks a provider to retry later if a thousand events wait", async () => {
    const till = await newTill("stripe", tenPercent);
    await env.DB.prepare(
      `WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 1000)
       INSERT INTO input_events (input_id, campaign_id, member_id, key, type, is_test, status, event_name, next_attempt_at, date_added)
       SELECT ?1, ?2, ?3, 'waiting-' || value, 't', 0, 'pending', 'purchase', 4e12, 1 FROM n`,
    )
      .bind(till.input.id, till.campaign.id, till.campaign.owner.id)
      .run();
    const event = session({ metadata: { participant_id: till.grace.id } });
    const refused = await till.post(event);
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "60"]);
    await env.DB.prepare("DELETE FROM input_events WHERE input_id = ? AND key = 'waiting-1'").bind(till.input.id).run();
    expect(await till.send(event)).toMatchObject({ status: "done" });
  });
});

describe("test events", () => {
  const tests: Record<Exclude<InputKind, "paddle">, (till: Till) => Event> = {
    stripe: (till) => [{ ...session({ metadata: { participant_id: till.grace.id } }), livemode: false }],
    shopify: (till) => [
      order({ test: true, note_attributes: [{ name: "participant_id", value: till.grace.id }] }),
      shopifyHeaders("orders/paid"),
    ],
    lemonsqueezy: (till) => [
      lemon("order_created", {}, { test_mode: true, custom_data: { participant_id: till.grace.id } }),
    ],
  };
  it("of Lemon Squeezy are also recognized by the order", async () => {
    const till = await newTill("lemonsqueezy", tenPercent);
    const custom_data = { participant_id: till.grace.id };
    const event = lemon("order_created", { test_mode: true }, { test_mode: undefined, custom_data });
    expect(await till.send(event)).toMatchObject({ is_test: true, reason: { code: "test_event" } });
  });

  it.each(Object.keys(tests) as (keyof typeof tests)[])("of %s count only if allowed", async (kind) => {
    const live = await newTill(kind, tenPercent);
    expect(await live.send(...tests[kind](live))).toMatchObject({
      status: "ignored",
      is_test: true,
      reason: { code: "test_event" },
    });
    expect(await live.conversions()).toEqual([]);
    const testing = await newTill(kind, tenPercent, { test_mode: true });
    expect(await testing.send(...tests[kind](testing))).toMatchObject({ status: "done", is_test: true });
    expect(await testing.conversions()).toHaveLength(1);
  });
});

describe("the inbox", () => {
  it("stores nothing about the buyer, not even while an event waits", async () => {
    const till = await newTill("stripe", tenPercent);
    await till.post(session({ customer_details: { email: till.grace.email, name: "Somebody Secret" } }));
    const [waiting] = await till.rows();
    expect(waiting).toMatchObject({ status: "pending" });
    await till.work();
    const [done] = await till.rows();
    expect(done).toMatchObject({ status: "done", command: null });
    for (const row of [waiting, done]) {
      expect(JSON.stringify(row)).not.toContain("Secret");
      expect(JSON.stringify(row)).not.toContain(till.grace.email);
    }
  });

  it("processes an event with a lost message once the sweep finds it", async () => {
    const till = await newTill("stripe", tenPercent);
    await till.post(session({ metadata: { participant_id: till.grace.id } }));
    const [{ id }] = (await till.rows()) as [{ id: number }];
    till.lose();
    await till.work();
    expect((await till.events())[0].status).toBe("pending");
    const message = { v: 1, input_event_ids: [id] };
    await Promise.all([till.work([message]), till.work([message])]);
    await till.work([message]);
    expect(await till.conversions()).toHaveLength(1);
    expect((await till.events())[0]).toMatchObject({ status: "done", attempts: 1, reason: null });
  });

  it("tries an event again while its account is suspended", async () => {
    const till = await newTill("stripe", tenPercent);
    const suspended = (is: number) =>
      env.DB.prepare("UPDATE campaigns SET is_suspended = ? WHERE id = ?").bind(is, till.campaign.id).run();
    await suspended(1);
    const event = await till.send(session({ metadata: { participant_id: till.grace.id } }));
    expect(event).toMatchObject({ status: "pending", attempts: 1 });
    expect(event.next_attempt_at).not.toBeNull();
    await suspended(0);
    await env.DB.prepare("UPDATE input_events SET next_attempt_at = 1 WHERE id = ?").bind(event.id).run();
    await till.work([{ v: 1, input_event_ids: [event.id] }]);
    expect((await till.events())[0]).toMatchObject({ status: "done", attempts: 2 });
  });

  it("accepts nothing for a deleted input, and is deleted with its campaign", async () => {
    const till = await newTill("stripe", tenPercent);
    const { id, owner } = till.campaign;
    await till.post(session({ metadata: { participant_id: till.grace.id } }));
    await owner.delete(`/api/v1/campaigns/${id}/inputs/${till.input.id}`);
    await till.work();
    expect(await till.rows()).toMatchObject([{ status: "ignored", reason: "gone" }]);
    expect(await till.conversions()).toEqual([]);
    await owner.delete(`/api/v1/campaigns/${id}`);
    expect(await till.rows()).toEqual([]);
  });
});
