import Stripe from "stripe";
import { expect, vi } from "vitest";

const API = "https://api.stripe.example";
export const WEBHOOK_SECRET = "whsec_test_of_billing";
/** The settings of an operator who sells the plans 2 and 3. Plan 2 had another price before. */
export const SELLING = {
  STRIPE_API_URL: API,
  STRIPE_SECRET_KEY: "sk_test_1",
  STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  STRIPE_PRICES: JSON.stringify({ price_growth: 2, price_growth_2025: 2, price_pioneer: 3 }),
};

type Subscription = {
  id: string;
  object: "subscription";
  customer: string;
  status: string;
  created: number;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  ended_at: number | null;
  items: { data: { price: { id: string }; current_period_end: number }[] };
};

const DAY = 86_400;
const seconds = () => Math.floor(Date.now() / 1000);

/** The part of Stripe's API that plans need: forms with brackets, idempotency keys, and errors that name the parameter. */
export function stripeWorld(prices: Record<string, number>) {
  const customers = new Map<string, { email: string; name: string; account: string }>();
  const subscriptions: Subscription[] = [];
  const sessions: { customer: string; price: string; url: string }[] = [];
  const replies = new Map<string, unknown>();
  const asked: string[] = [];
  const at = { broken: null as (() => Response | Promise<Response>) | null };
  let made = 0;

  const missing = (param: string) =>
    Response.json(
      { error: { type: "invalid_request_error", code: "resource_missing", param, message: `No such ${param}` } },
      { status: param === "id" ? 404 : 400 },
    );
  const once = (key: string | null, make: () => unknown) => {
    expect(key, "a POST has an Idempotency-Key").toBeTruthy();
    if (!replies.has(String(key))) replies.set(String(key), make());
    return Response.json(replies.get(String(key)));
  };

  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = new URL(String(input));
    if (url.origin !== API) throw new TypeError("no such host");
    const [method, headers] = [init?.method ?? "GET", new Headers(init?.headers)];
    asked.push(`${method} ${url.pathname}`);
    if (at.broken) return at.broken();
    expect(headers.get("Authorization")).toBe("Bearer sk_test_1");
    expect(headers.get("Stripe-Version")).toMatch(/^\d{4}-\d\d-\d\d\.[a-z]+$/);
    expect(init?.signal).toBeInstanceOf(AbortSignal);
    const form = init?.body instanceof URLSearchParams ? init.body : new URLSearchParams();
    const key = headers.get("Idempotency-Key");
    const customer = form.get("customer") ?? url.searchParams.get("customer") ?? "";

    if (method === "POST" && url.pathname === "/customers")
      return once(key, () => {
        const id = `cus_${crypto.randomUUID()}`;
        const [email, name] = [form.get("email") ?? "", form.get("name") ?? ""];
        customers.set(id, { email, name, account: form.get("metadata[account]") ?? "" });
        return { id, object: "customer", email, name };
      });
    if (method === "DELETE") {
      const found = subscriptions.find(({ id }) => url.pathname === `/subscriptions/${id}`);
      if (!found || found.status === "canceled") return missing("id");
      Object.assign(found, { status: "canceled", ended_at: seconds() });
      return Response.json(found);
    }
    if (!customers.has(customer)) return missing("customer");
    if (method === "GET" && url.pathname === "/subscriptions") {
      expect(url.searchParams.get("status")).toBe("all");
      const data = subscriptions.filter((one) => one.customer === customer);
      return Response.json({ object: "list", data: data.toReversed(), has_more: false });
    }
    if (url.pathname === "/billing_portal/sessions")
      return once(key, () => ({ url: `https://billing.stripe.com/p/${customer}?to=${form.get("return_url")}` }));
    if (url.pathname === "/checkout/sessions")
      return once(key, () => {
        expect(form.get("mode")).toBe("subscription");
        const price = form.get("line_items[0][price]") ?? "";
        const session = { customer, price, url: `https://checkout.stripe.com/c/${++made}` };
        sessions.push(session);
        return { id: `cs_${made}`, url: session.url, amount_subtotal: prices[price] ?? null, currency: "usd" };
      });
    return Response.json({ error: { type: "invalid_request_error" } }, { status: 404 });
  });

  return {
    customers,
    subscriptions,
    sessions,
    asked,
    at,
    /** The customer pays in the last checkout. */
    pay(over: Partial<Subscription> = {}) {
      const session = sessions.at(-1);
      if (!session) throw new Error("no checkout");
      const subscription: Subscription = {
        id: `sub_${crypto.randomUUID()}`,
        object: "subscription",
        customer: session.customer,
        status: "active",
        created: seconds() + subscriptions.length,
        cancel_at: null,
        cancel_at_period_end: false,
        ended_at: null,
        items: { data: [{ price: { id: session.price }, current_period_end: seconds() + 30 * DAY }] },
        ...over,
      };
      subscriptions.push(subscription);
      return subscription;
    },
  };
}

/** An event as Stripe sends it, signed by its own library. */
export async function signedEvent(type: string, object: unknown, secret = WEBHOOK_SECRET) {
  const payload = JSON.stringify({
    id: `evt_${crypto.randomUUID()}`,
    object: "event",
    api_version: "2020-08-27",
    type,
    data: { object },
  });
  const cryptoProvider = Stripe.createSubtleCryptoProvider();
  const timestamp = seconds();
  const signature = await new Stripe("sk_test_1").webhooks.generateTestHeaderStringAsync({
    payload,
    secret,
    timestamp,
    cryptoProvider,
  });
  return { payload, headers: { "Stripe-Signature": signature, "Content-Type": "application/json" } };
}
