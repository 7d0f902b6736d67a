import { z } from "zod";
import type { Env } from "../../lib/env";
import { AppError } from "../../lib/errors";
import { describeError, log } from "../../lib/log";

/**
 * The Stripe API version that this code is written for. An operator's account may default to another.
 * https://docs.stripe.com/api/versioning
 */
const VERSION = "2025-03-31.basil";
const TIMEOUT_MS = 10_000;
const LISTED_MAX = 100;
const RETRY_SECONDS = 30;

const Failure = z.object({
  error: z.object({ type: z.string(), code: z.string().nullish(), param: z.string().nullish() }),
});
const Customer = z.object({ id: z.string() });
const Page = z.object({ url: z.url() });
const Checkout = Page.extend({ id: z.string(), amount_subtotal: z.int().nullish(), currency: z.string().nullish() });

const Seconds = z.int().nullish();
/**
 * Since 2025-03-31, the period belongs to the item.
 * https://docs.stripe.com/changelog/basil/2025-03-31/deprecate-subscription-current-period-start-and-end
 */
const Item = z.object({ price: z.object({ id: z.string() }), current_period_end: z.int() });
const Subscription = z.object({
  id: z.string(),
  status: z.string(),
  created: z.int(),
  cancel_at: Seconds,
  cancel_at_period_end: z.boolean().default(false),
  ended_at: Seconds,
  items: z.object({ data: z.array(Item).min(1) }),
});
export type StripeSubscription = z.infer<typeof Subscription>;
const SubscriptionList = z.object({ data: z.array(Subscription) });

/** Creates a customer for an account. The same `key` returns the same customer for a day. */
export const createCustomer = async (env: Env, fields: Record<string, string>, key: string): Promise<string> =>
  read(Customer, await call(env, "POST", "/customers", { fields, key })).id;

/** Creates a checkout for a subscription, with its price. Null if the customer no longer exists at Stripe. */
export async function createCheckout(env: Env, fields: Record<string, string>) {
  const answer = await call(env, "POST", "/checkout/sessions", { fields, key: crypto.randomUUID() });
  return isGone(answer, "customer") ? null : read(Checkout, answer);
}

/**
 * Opens the portal where a customer sees invoices, pays, and changes or cancels. Null if the customer no longer exists
 * at Stripe.
 */
export async function createPortal(env: Env, customer: string, return_url: string): Promise<string | null> {
  const answer = await call(env, "POST", "/billing_portal/sessions", {
    fields: { customer, return_url },
    key: crypto.randomUUID(),
  });
  return isGone(answer, "customer") ? null : read(Page, answer).url;
}

/** A customer's subscriptions, newest first, including those that have ended. */
export async function subscriptionsOf(env: Env, customer: string): Promise<StripeSubscription[]> {
  const query = new URLSearchParams({ customer, status: "all", limit: String(LISTED_MAX) });
  const answer = await call(env, "GET", `/subscriptions?${query}`);
  if (isGone(answer, "customer")) return [];
  return read(SubscriptionList, answer).data.toSorted((a, b) => b.created - a.created);
}

/** Ends a subscription immediately. Does nothing if it has already ended. */
export async function cancelSubscription(env: Env, id: string): Promise<void> {
  const answer = await call(env, "DELETE", `/subscriptions/${encodeURIComponent(id)}`);
  if (!isGone(answer, "id")) read(z.object({ id: z.string() }), answer);
}

type Answer = { status: number; body: unknown };

/** For a missing record, Stripe names the parameter that referred to it. */
const isGone = ({ status, body }: Answer, param: string) => {
  const { data } = Failure.safeParse(body);
  return status >= 400 && data?.error.code === "resource_missing" && data.error.param === param;
};

/** @throws 503 if Stripe did not respond, or not as expected. We log how, without any customer data. */
function read<S extends z.ZodType>(schema: S, { status, body }: Answer): z.output<S> {
  const { data } = schema.safeParse(body);
  if (status === 200 && data !== undefined) return data;
  const failure = Failure.safeParse(body).data?.error;
  log("error", "stripe refused", { status, type: failure?.type, code: failure?.code, param: failure?.param });
  throw silent();
}

const silent = () =>
  new AppError(
    "overloaded",
    "Our payment provider returned an unexpected response. Nothing was changed. Try again in a minute.",
    {
      retryAfter: RETRY_SECONDS,
    },
  );

async function call(
  env: Env,
  method: string,
  path: string,
  { fields, key }: { fields?: Record<string, string>; key?: string } = {},
): Promise<Answer> {
  const base = env.STRIPE_API_URL || "https://api.stripe.com/v1";
  try {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${env.STRIPE_SECRET_KEY}`,
        "Stripe-Version": VERSION,
        ...(key !== undefined && { "Idempotency-Key": key }),
      },
      ...(fields && { body: new URLSearchParams(fields) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch (error) {
    log("error", "stripe not asked", { method, ...describeError(error) });
    throw silent();
  }
}
