import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { dollars } from "../../lib/fields";
import type { Plan } from "./plan-schema";
import * as store from "./plan-store";
import { subscriptionOf } from "./subscription-store";

export type Usage = {
  plan: Plan;
  /** The previous plan, if it has expired. */
  expired: Plan | null;
  plan_expiry: Date | null;
  brands: number;
  /** Includes the participants of campaigns that were deleted within the last 30 days. */
  participants: number;
  deleted: number;
  /** Participants who are pending, because of the plan's limit or for another reason. */
  pending: number;
  plans: Plan[];
  /** The account's current or last subscription with Stripe. */
  subscription: Awaited<ReturnType<typeof subscriptionOf>>[number] | null;
};

export async function usage(ctx: MemberCtx): Promise<Usage> {
  const [rows, [used], [subscription = null]] = await ctx.db.batch([
    store.allPlans(ctx.db),
    store.usageOf(ctx.db, ctx.actor.memberId, ctx.now()),
    subscriptionOf(ctx.db, ctx.actor.memberId),
  ]);
  if (!used) throw notFound("member");
  const plans = rows.map(({ price_cents, ...plan }) => ({ ...plan, price: dollars(price_cents) }));
  const { plan_id, plan_expiry, ...counts } = used;
  const isOver = plan_expiry !== null && plan_expiry <= ctx.now();
  const plan = plans.find(({ id }) => id === (isOver ? FREE : plan_id));
  if (!plan) throw notFound("plan");
  const expired = isOver ? (plans.find(({ id }) => id === plan_id) ?? null) : null;
  return {
    ...counts,
    participants: counts.participants + counts.deleted,
    plan,
    plan_expiry,
    expired,
    plans,
    subscription,
  };
}

/** The free plan, which also replaces an expired one. */
const FREE = 1;
