import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hashPassword } from "../../src/accounts/password";
import { addNotifications } from "../../src/delivery/notifications/notification";
import { openDb } from "../../src/lib/db";
import { call, newMember, type TestMember } from "../support/client";
import { mailroom } from "../support/mailroom";
import { type Browser, browserOf, colleagueOf, leadsTo } from "../support/session";
import { SELLING, signedEvent, stripeWorld } from "../support/stripe";
import { wordsOf } from "../support/words";
import { workOf } from "../support/work";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 29, 12);
const over = { env: SELLING };

let stripe: ReturnType<typeof stripeWorld>;
let member: TestMember;
let owner: Browser;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  const { plans } = (await call("GET", "/api/v1/billing/plans")).data;
  const cents = (plan: number) => plans.find(({ id }: { id: number }) => id === plan).price * 100;
  stripe = stripeWorld({ price_growth: cents(2), price_pioneer: cents(3) });
  member = await newMember({ plan_id: 1 });
  owner = await browserOf(member);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const planOf = async (who: TestMember = member) =>
  env.DB.prepare("SELECT plan_id, plan_expiry FROM members WHERE id = ?")
    .bind(who.id)
    .first<{ plan_id: number; plan_expiry: number | null }>();
const page = async (who: Browser = owner) => wordsOf((await who.page("/plan", over)).text);
const upgrade = (plan_id: number, who: Browser = owner) => who.submit("/plan/checkout", { plan_id }, over);
async function hears(type: string, object: unknown, secret?: string) {
  const { payload, headers } = await signedEvent(type, object, secret);
  return call("POST", "/api/v1/billing/stripe", payload, { headers, env: SELLING });
}
async function subscribe(plan_id = 2) {
  expect(leadsTo(await upgrade(plan_id))).toMatch(/^https:\/\/checkout\.stripe\.com\//);
  const subscription = stripe.pay();
  expect((await hears("customer.subscription.created", subscription)).data).toEqual({ heard: true });
  return subscription;
}

describe("an operator who does not sell with Stripe", () => {
  it("has the plain plan page and no billing endpoints", async () => {
    const text = (await owner.page("/plan")).text;
    expect(text).not.toContain("/plan/checkout");
    expect(wordsOf(text)).toContain(`${member.id}`);
    expect((await owner.submit("/plan/checkout", { plan_id: 2 })).status).toBe(404);
    expect((await owner.submit("/plan/billing")).status).toBe(404);
    expect(leadsTo(await owner.page("/plan/paid"))).toMatch(/^\/plan/);
    const { payload, headers } = await signedEvent("customer.subscription.created", {});
    expect((await call("POST", "/api/v1/billing/stripe", payload, { headers })).status).toBe(404);
    expect(stripe.asked).toEqual([]);
  });

  it.each([
    ["no key", { ...SELLING, STRIPE_SECRET_KEY: "" }],
    ["no webhook secret", { ...SELLING, STRIPE_WEBHOOK_SECRET: "" }],
    ["prices that are no JSON", { ...SELLING, STRIPE_PRICES: "price_growth" }],
    ["prices of no plan", { ...SELLING, STRIPE_PRICES: '{"price_growth": "Growth"}' }],
  ])("sees the mistake in the log, and members see the plain page: %s", async (_, settings) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const answer = await owner.page("/plan", { env: settings });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain("/plan/checkout");
    expect(log.mock.calls.flat().join()).toContain("billing is off");
    expect(log.mock.calls.flat().join()).not.toContain("sk_test_1");
  });
});

describe("buying a plan", () => {
  it("redirects to Stripe, and the plan starts with Stripe's event", async () => {
    const shown = await owner.page("/plan", over);
    expect(wordsOf(shown.text)).toContain("Choose Growth");
    expect(shown.headers.get("Content-Security-Policy")).toContain(
      "form-action 'self' https://checkout.stripe.com https://billing.stripe.com",
    );
    await subscribe();
    expect([...stripe.customers.values()]).toEqual([
      { email: member.email, name: "Test Member", account: String(member.id) },
    ]);
    expect(await planOf()).toEqual({ plan_id: 2, plan_expiry: NOW + 33 * DAY_MS });
    const said = await page();
    expect(said).toContain("You are on the Growth plan. It renews automatically.");
    expect(said).toContain("Manage billing");
    expect(said).toContain("Switch to Pioneer");
    expect(said).not.toContain("Choose ");
  });

  it("starts the plan if the payer returns before the event", async () => {
    await upgrade(3);
    stripe.pay();
    expect(leadsTo(await owner.page("/plan/paid", over))).toBe("/plan?done=plan_paid");
    expect((await planOf())?.plan_id).toBe(3);
  });

  it("activates participants who waited for a larger plan", async () => {
    const { data: brand } = await member.post("/api/v1/brands", { url: `waits-${member.id}.example` });
    const { data: campaign } = await member.post("/api/v1/campaigns", { name: "Full", brand_id: brand.id });
    await env.DB.prepare("UPDATE plans SET campaigns_participants = 1 WHERE id = 1").run();
    try {
      for (const n of [1, 2])
        await member.post("/api/v1/signups", {
          campaign_id: campaign.id,
          email: `w${n}-${member.id}@example.com`,
          name: "W",
        });
      const waiting = async () =>
        (await member.get(`/api/v1/participants?status=pending&campaign_id=${campaign.id}`)).data.participants.length;
      expect(await waiting()).toBe(1);
      await subscribe();
      expect(await waiting()).toBe(0);
    } finally {
      await env.DB.prepare("UPDATE plans SET campaigns_participants = 500 WHERE id = 1").run();
    }
  });

  it("never charges another price than the page shows", async () => {
    stripe = stripeWorld({ price_growth: 1, price_pioneer: 1 });
    vi.spyOn(console, "error").mockImplementation(() => {});
    const answer = await upgrade(2);
    expect(answer.status).toBe(400);
    expect(wordsOf(answer.text)).toContain("The price of this plan is being changed.");
  });

  it("is for owners only", async () => {
    const theirs = await colleagueOf(member, "editor");
    expect(wordsOf((await theirs.page("/plan", over)).text)).toContain("An owner of this account can change its plan.");
    expect((await upgrade(2, theirs)).status).toBe(403);
    expect((await theirs.submit("/plan/billing", {}, over)).status).toBe(403);
    expect(stripe.asked).toEqual([]);
  });

  it.each([[1], [99], ["x"], [""], [undefined]])("refuses a plan that is not sold: %s", async (plan_id) => {
    expect((await owner.submit("/plan/checkout", { plan_id }, over)).status).toBe(400);
    expect(stripe.sessions).toEqual([]);
  });

  it("uses a new customer if the operator deleted the old one at Stripe", async () => {
    await upgrade(2);
    stripe.customers.clear();
    expect(leadsTo(await upgrade(2))).toMatch(/^https:\/\/checkout/);
    stripe.pay();
    await owner.page("/plan/paid", over);
    expect((await planOf())?.plan_id).toBe(2);
  });

  it("creates one customer for any number of requests", async () => {
    await Promise.all([upgrade(2), upgrade(2), upgrade(3)]);
    expect(stripe.customers.size).toBe(1);
  });
});

describe("a subscription", () => {
  it("is never bought twice: existing subscriptions are changed in the portal", async () => {
    await subscribe(2);
    const refused = await upgrade(3);
    expect([refused.status, stripe.sessions.length]).toEqual([400, 1]);
    expect(wordsOf(refused.text)).toContain("Your account already has a subscription. Change it under Manage billing.");
    expect(leadsTo(await owner.submit("/plan/billing", {}, over))).toMatch(/^https:\/\/billing\.stripe\.com\//);
  });

  it("sets the plan of any of our prices", async () => {
    const subscription = await subscribe(2);
    subscription.items.data = [{ price: { id: "price_pioneer" }, current_period_end: NOW / 1000 + 86_400 }];
    await hears("customer.subscription.updated", subscription);
    expect(await planOf()).toEqual({ plan_id: 3, plan_expiry: NOW + 4 * DAY_MS });
    subscription.items.data = [{ price: { id: "price_growth_2025" }, current_period_end: NOW / 1000 + 86_400 }];
    await hears("customer.subscription.updated", subscription);
    expect((await planOf())?.plan_id).toBe(2);
  });

  it("keeps the plan until the end of the paid period after a cancellation", async () => {
    const subscription = await subscribe();
    const end = NOW + 30 * DAY_MS;
    Object.assign(subscription, { cancel_at_period_end: true });
    await hears("customer.subscription.updated", subscription);
    expect(await planOf()).toEqual({ plan_id: 2, plan_expiry: end });
    expect(await page()).not.toContain("renews");
    Object.assign(subscription, { status: "canceled", ended_at: end / 1000 });
    await hears("customer.subscription.deleted", subscription);
    later(31 * DAY_MS);
    owner = await browserOf(member);
    const said = await page();
    expect(said).toContain("Your Growth plan ended");
    expect(said).toContain("Invoices");
    expect(leadsTo(await upgrade(3))).toMatch(/^https:\/\/checkout/);
    stripe.pay();
    await owner.page("/plan/paid", over);
    expect((await planOf())?.plan_id).toBe(3);
  });

  it("keeps the plan while Stripe retries a failed payment, and shows a note", async () => {
    const subscription = await subscribe();
    later(30 * DAY_MS);
    owner = await browserOf(member);
    Object.assign(subscription, { status: "past_due" });
    subscription.items.data = [{ price: { id: "price_growth" }, current_period_end: Date.now() / 1000 + 30 * 86_400 }];
    await hears("customer.subscription.updated", subscription);
    expect((await planOf())?.plan_expiry).toBe(Date.now() + 33 * DAY_MS);
    expect(await page()).toContain("Your last payment failed.");
    Object.assign(subscription, { status: "unpaid" });
    await hears("customer.subscription.updated", subscription);
    expect((await planOf())?.plan_expiry).toBe(Date.now());
  });

  it("emails the owner once about each failed payment", async () => {
    const subscription = await subscribe();
    const tell = () => addNotifications({ env, db: openDb(env.DB, "first-primary"), now: () => new Date() });
    const hear = async (status: string) => {
      Object.assign(subscription, { status });
      await hears("customer.subscription.updated", subscription);
      await tell();
    };
    const letters = async () => (await mailroom(member).deliver()).map(({ subject }) => subject);
    await hear("active");
    expect(await letters()).toEqual([]);
    await hear("past_due");
    await hear("past_due");
    const [letter, ...others] = await mailroom(member).deliver();
    expect([letter?.subject, others]).toEqual(["The payment for your plan failed", []]);
    expect(letter?.text).toMatch(/\/plan\s/);
    subscription.items.data = [{ price: { id: "price_growth" }, current_period_end: Date.now() / 1000 + 60 * 86_400 }];
    await hear("active");
    expect(await letters()).toEqual([]);
    await hear("past_due");
    expect(await letters()).toEqual(["The payment for your plan failed"]);
  });

  it("does not replace a plan granted by hand later", async () => {
    const subscription = await subscribe();
    const byHand = { plan_id: 3, plan_expiry: "2030-01-01T00:00:00.000Z" };
    const headers = { Authorization: `Bearer ${env.OPERATOR_TOKEN}` };
    await call("PUT", `/api/v1/operator/members/${member.id}/plan`, byHand, { headers });
    await hears("customer.subscription.updated", subscription);
    Object.assign(subscription, { status: "canceled", ended_at: NOW / 1000 });
    await hears("customer.subscription.deleted", subscription);
    expect(await planOf()).toEqual({ plan_id: 3, plan_expiry: Date.parse(byHand.plan_expiry) });
  });

  it("gives test mode the same plan", async () => {
    const twin = await member.post("/api/v1/keys", { name: "Test", mode: "test", scopes: ["read"] });
    expect(twin.status, twin.text).toBe(201);
    await subscribe();
    const { results } = await env.DB.prepare("SELECT plan_id FROM members WHERE id = ?1 OR test_of = ?1")
      .bind(member.id)
      .all();
    expect(results).toEqual([{ plan_id: 2 }, { plan_id: 2 }]);
  });

  it("with an unknown price changes nothing, and is logged", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const subscription = await subscribe();
    subscription.items.data = [{ price: { id: "price_of_another_product" }, current_period_end: 0 }];
    expect((await hears("customer.subscription.updated", subscription)).status).toBe(200);
    expect((await planOf())?.plan_id).toBe(2);
    expect(log.mock.calls.flat().join()).toContain("stripe price unknown");
  });

  it("with a price of a missing plan changes nothing", async () => {
    await upgrade(2);
    const subscription = stripe.pay();
    const settings = { ...SELLING, STRIPE_PRICES: '{"price_growth": 77}' };
    const { payload, headers } = await signedEvent("customer.subscription.created", subscription);
    expect((await call("POST", "/api/v1/billing/stripe", payload, { headers, env: settings })).status).toBe(200);
    expect((await planOf())?.plan_id).toBe(1);
  });

  it("ends with the account, which stays if Stripe does not confirm it", async () => {
    const subscription = await subscribe();
    await env.DB.prepare("UPDATE members SET password_hash = ? WHERE id = ?")
      .bind(await hashPassword("correct horse battery"), member.id)
      .run();
    const erase = () => owner.submit("/account/deletion", { password: "correct horse battery" }, over);
    vi.spyOn(console, "error").mockImplementation(() => {});
    stripe.at.broken = () => Response.json({ error: { type: "api_error" } }, { status: 500 });
    expect((await erase()).status).toBe(503);
    expect(await planOf()).not.toBeNull();
    stripe.at.broken = null;
    expect((await erase()).status).toBe(303);
    expect(subscription.status).toBe("canceled");
    expect(await planOf()).toBeNull();
    expect((await hears("customer.subscription.deleted", subscription)).data).toEqual({ heard: false });
  });
});

describe("an event of Stripe", () => {
  it("may repeat, be late, and arrive in any order: Stripe's current state counts", async () => {
    const subscription = await subscribe();
    const early = structuredClone(subscription);
    Object.assign(subscription, { status: "canceled", ended_at: NOW / 1000 });
    await hears("customer.subscription.deleted", subscription);
    await hears("customer.subscription.created", early);
    await hears("customer.subscription.deleted", subscription);
    expect(await planOf()).toEqual({ plan_id: 2, plan_expiry: NOW });
  });

  it("is dropped if its response is older than another's", async () => {
    const subscription = await subscribe();
    const slow = Promise.withResolvers<Response>();
    const old = Response.json({ data: [structuredClone(subscription)] });
    stripe.at.broken = () => slow.promise;
    const first = hears("customer.subscription.updated", subscription);
    await vi.waitUntil(() => stripe.asked.filter((one) => one === "GET /subscriptions").length === 2);
    stripe.at.broken = null;
    later(1000);
    Object.assign(subscription, { status: "canceled", ended_at: NOW / 1000 });
    await hears("customer.subscription.deleted", subscription);
    slow.resolve(old);
    expect((await first).status).toBe(200);
    expect((await planOf())?.plan_expiry).toBe(NOW);
  });

  it("needs Stripe's signature", async () => {
    const subscription = await subscribe();
    const asked = stripe.asked.length;
    expect((await hears("customer.subscription.updated", subscription, "whsec_of_somebody_else")).status).toBe(401);
    const { payload, headers } = await signedEvent("customer.subscription.updated", subscription);
    later(6 * 60_000);
    expect((await call("POST", "/api/v1/billing/stripe", payload, { headers, env: SELLING })).status).toBe(401);
    expect((await call("POST", "/api/v1/billing/stripe", payload, { env: SELLING })).status).toBe(401);
    expect(stripe.asked.length).toBe(asked);
  });

  it.each([
    ["of another kind", "invoice.paid", { customer: "cus_1" }],
    ["about nobody", "customer.subscription.updated", {}],
    ["about a customer of something else", "customer.subscription.updated", { customer: "cus_stranger" }],
    ["without an object", "customer.subscription.updated", null],
  ])("of type %s is accepted and changes nothing", async (_, type, object) => {
    expect((await hears(type, object)).data).toEqual({ heard: false });
    expect(stripe.asked).toEqual([]);
  });

  it("asks Stripe to retry if Stripe's own answer is wrong", async () => {
    const subscription = await subscribe();
    vi.spyOn(console, "error").mockImplementation(() => {});
    for (const broken of [
      () => Promise.reject(new TypeError("network")),
      () => Promise.reject(new DOMException("slow", "TimeoutError")),
      () => new Response("<html>", { status: 200 }),
      () => Response.json({ error: { type: "rate_limit" } }, { status: 429 }),
      () => Response.json({ data: [{ id: "sub_1" }] }),
    ]) {
      stripe.at.broken = broken;
      const answer = await hears("customer.subscription.updated", subscription);
      expect([answer.status, Boolean(answer.headers.get("Retry-After"))]).toEqual([503, true]);
      expect(answer.text).not.toContain("sk_test");
      expect((await upgrade(2)).status).toBe(503);
    }
    expect((await planOf())?.plan_id).toBe(2);
  });

  it("costs a few rows", async () => {
    const subscription = await subscribe();
    const work = await workOf(() => hears("customer.subscription.updated", subscription));
    expect(work.rows_read).toBeLessThan(30);
  });
});
