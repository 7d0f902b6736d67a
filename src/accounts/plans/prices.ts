import { z } from "zod";
import type { Env } from "../../lib/env";
import { log } from "../../lib/log";

/** `STRIPE_PRICES` maps each Stripe price to a plan. If a plan has several prices, new subscriptions get the first. */
const Prices = z.record(z.string().min(1), z.int().min(1));
export type Prices = z.infer<typeof Prices>;

/**
 * The plans that the operator sells with Stripe. Null if they sell none, or if a setting is missing or invalid, which
 * we log.
 */
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
