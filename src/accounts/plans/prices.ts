import { z } from "zod";
import type { Env } from "../../lib/env";
import { log } from "../../lib/log";

/** `STRIPE_PRICES`: the plan that each of Stripe's prices pays for. Of several for one plan, new subscriptions get the first. */
const Prices = z.record(z.string().min(1), z.int().min(1));
export type Prices = z.infer<typeof Prices>;

/** What the operator sells by Stripe. Null if they do not, or if a setting is missing or cannot be read, which the log says. */
export function pricesOf({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_PRICES }: Env): Prices | null {
  if (!STRIPE_SECRET_KEY && !STRIPE_PRICES) return null;
  const { data } = Prices.safeParse(parsed(STRIPE_PRICES ?? ""));
  if (data && STRIPE_SECRET_KEY && STRIPE_WEBHOOK_SECRET) return data;
  log("error", "billing is off", {
    missing: [
      ...(STRIPE_SECRET_KEY ? [] : ["STRIPE_SECRET_KEY"]),
      ...(STRIPE_WEBHOOK_SECRET ? [] : ["STRIPE_WEBHOOK_SECRET"]),
      ...(data ? [] : ["STRIPE_PRICES"]),
    ],
  });
  return null;
}

/** The price of a new subscription to a plan. */
export const priceOf = (prices: Prices, planId: number): string | undefined =>
  Object.keys(prices).find((price) => prices[price] === planId);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
