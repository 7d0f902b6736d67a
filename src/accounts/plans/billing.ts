import { z } from "zod";
import { operatorsEntry } from "../../auth/audit/audit-entry";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, invalid, notFound } from "../../lib/errors";
import { log } from "../../lib/log";
import { activateParked } from "../../participants/parked";
import { allPlans } from "./plan-store";
import { type Prices, priceOf, pricesOf } from "./prices";
import { cancelSubscription, createCheckout, createCustomer, createPortal, subscriptionsOf } from "./stripe";
import { currentOf, isLive, standingOf } from "./subscription";
import * as store from "./subscription-store";

/** Plan prices are in US dollars. */
const CURRENCY = "usd";

const prices = ({ env }: Pick<Ctx, "env">): Prices => {
  const found = pricesOf(env);
  if (!found) throw notFound("plan that can be bought here");
  return found;
};

/**
 * Starts a checkout for a plan. An account with a subscription changes it in the portal, so it never pays for two.
 * @returns the URL of Stripe's page, for a redirect
 * @throws 400 for a plan that is not sold, 409 if the account has a subscription, 503 if Stripe does not respond
 */
export async function checkoutOf(ctx: MemberCtx, planId: number): Promise<string> {
  const { memberId } = ctx.actor;
  const price = priceOf(prices(ctx), planId);
  const [[row], [member], plans] = await ctx.db.batch([
    store.subscriptionOf(ctx.db, memberId),
    store.payer(ctx.db, memberId),
    allPlans(ctx.db),
  ]);
  const plan = plans.find(({ id }) => id === planId);
  if (!price || !plan) throw invalid("plan_id", "is not a plan that can be bought here");
  if (!member) throw notFound("member");
  if (row && (await settle(ctx, memberId, row.customer)))
    throw new AppError("conflict", "Your account already has a subscription. Change it under Manage billing.");

  const open = async (customer: string) =>
    createCheckout(ctx.env, {
      mode: "subscription",
      customer,
      client_reference_id: String(memberId),
      "line_items[0][price]": price,
      "line_items[0][quantity]": "1",
      allow_promotion_codes: "true",
      success_url: `${ctx.origin}/plan/paid`,
      cancel_url: `${ctx.origin}/plan`,
    });
  const customer = row?.customer ?? (await newCustomer(ctx, memberId, member, "first"));
  const page = (await open(customer)) ?? (await open(await newCustomer(ctx, memberId, member, customer)));
  if (!page) throw new AppError("overloaded");
  if (page.amount_subtotal !== plan.price_cents || page.currency !== CURRENCY) {
    log("error", "stripe price differs", { plan_id: planId, expected: plan.price_cents, found: page.amount_subtotal });
    throw new AppError("conflict", "The price of this plan is being changed. Please contact us.");
  }
  return page.url;
}

/** `before` is the customer that the new one replaces. Repeated requests return the same new customer. */
async function newCustomer(ctx: MemberCtx, memberId: number, member: { email: string; name: string }, before: string) {
  const { email, name } = member;
  const key = `${ctx.origin} account ${memberId} after ${before}`;
  const customer = await createCustomer(ctx.env, { email, name, "metadata[account]": String(memberId) }, key);
  await ctx.db.batch([store.rememberCustomer(ctx.db, memberId, customer)]);
  return customer;
}

/**
 * Opens Stripe's portal, where the account sees its invoices and changes or cancels its subscription.
 * @returns the URL of Stripe's page, for a redirect
 * @throws 404 if the account never bought anything, 503 if Stripe does not respond
 */
export async function portalOf(ctx: MemberCtx): Promise<string> {
  const { memberId } = ctx.actor;
  prices(ctx);
  const [[row]] = await ctx.db.batch([store.subscriptionOf(ctx.db, memberId)]);
  const url = row && (await createPortal(ctx.env, row.customer, `${ctx.origin}/plan`));
  if (!url) throw notFound("billing of this account");
  return url;
}

/** Reads the account's subscription from Stripe. The person may return from checkout before Stripe's event arrives. */
export async function settleOwn(ctx: MemberCtx): Promise<void> {
  const { memberId } = ctx.actor;
  if (!pricesOf(ctx.env)) return;
  const [[row]] = await ctx.db.batch([store.subscriptionOf(ctx.db, memberId)]);
  if (row) await settle(ctx, memberId, row.customer);
}

/** Ends the subscription of an account that is being deleted. Does nothing if there is none. */
export async function endBilling(ctx: MemberCtx): Promise<void> {
  const [[row]] = await ctx.db.batch([store.subscriptionOf(ctx.db, ctx.actor.memberId)]);
  if (!row || !ctx.env.STRIPE_SECRET_KEY) return;
  for (const stripe of await subscriptionsOf(ctx.env, row.customer))
    if (isLive(stripe)) await cancelSubscription(ctx.env, stripe.id);
}

const Event = z.object({ type: z.string(), data: z.object({ object: z.object({ customer: z.string().nullish() }) }) });

/**
 * Receives a Stripe event with a verified signature. The event only says that something changed: we then read the
 * current state from Stripe, so events may arrive twice and in any order.
 * @returns whether the event belongs to an account of this installation
 */
export async function hearStripe(ctx: Ctx, body: unknown): Promise<boolean> {
  const { data: event } = Event.safeParse(body);
  const customer = event?.type.startsWith("customer.subscription.") && event.data.object.customer;
  if (!customer) return false;
  const [[account]] = await ctx.db.batch([store.accountOfCustomer(ctx.db, customer)]);
  if (!account) return false;
  await settle(ctx, account.member_id, customer);
  return true;
}

/** Sets the account's plan to what its customer currently pays for. @returns whether the subscription is active */
async function settle(ctx: Ctx, memberId: number, customer: string): Promise<boolean> {
  const asked = ctx.now();
  const stripe = currentOf(await subscriptionsOf(ctx.env, customer));
  if (!stripe) return false;
  const standing = standingOf(stripe, prices(ctx), ctx.now());
  const { plan_id } = standing;
  if (plan_id === null) {
    log("error", "stripe price unknown", { member_id: memberId, status: stripe.status });
    await commit(ctx, store.applyStanding(ctx.db, memberId, standing, asked));
    return isLive(stripe);
  }
  const [changed] = await commit(
    ctx,
    store.applyPlan(ctx.db, memberId, { ...standing, plan_id }, asked, ctx.now()),
    store.applyStanding(ctx.db, memberId, standing, asked),
  );
  if (changed.some(({ id }) => id === memberId)) {
    const said = isLive(stripe) ? "Changed the plan through its subscription" : "Ended the plan with its subscription";
    await commit(ctx, operatorsEntry(ctx, memberId, said, "/plan"));
    await activateParked(ctx, memberId);
  }
  return isLive(stripe);
}
