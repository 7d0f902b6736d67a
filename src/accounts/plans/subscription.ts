import { DAY_MS } from "../../lib/day";
import type { Prices } from "./prices";
import type { StripeSubscription } from "./stripe";

/** Stripe retries a failed payment, and ends the subscription when it gives up. The plan stays until then. */
const LIVE = new Set(["active", "trialing", "past_due"]);
/**
 * Extra time in case we learn of a renewal late. Stripe retries its events for three days.
 * https://docs.stripe.com/webhooks#retries
 */
const GRACE_MS = 3 * DAY_MS;

export const isLive = ({ status }: { status: string | null }) => status !== null && LIVE.has(status);

/** A subscription's effect on an account. `plan_id` is null for a price that is not in the settings. */
export type Standing = {
  subscription: string;
  status: string;
  plan_id: number | null;
  expiry: Date;
  renews: boolean;
};

/** A customer's newest active subscription, or else the newest one. Null if there never was one. */
export const currentOf = (newestFirst: StripeSubscription[]): StripeSubscription | null =>
  newestFirst.find(isLive) ?? newestFirst[0] ?? null;

export function standingOf(stripe: StripeSubscription, prices: Prices, now: Date): Standing {
  const { id: subscription, status, items, cancel_at, cancel_at_period_end, ended_at } = stripe;
  const paid = Math.max(...items.data.map((item) => item.current_period_end));
  const end = cancel_at ?? (cancel_at_period_end ? paid : null);
  const known = items.data.flatMap(({ price }) => prices[price.id] ?? []);
  const expiry = !isLive(stripe)
    ? new Date(ended_at ? ended_at * 1000 : now.getTime())
    : new Date(end === null ? paid * 1000 + GRACE_MS : end * 1000);
  return { subscription, status, plan_id: known[0] ?? null, expiry, renews: isLive(stripe) && end === null };
}
