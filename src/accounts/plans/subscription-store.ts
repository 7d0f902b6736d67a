import { and, eq, isNull, lte, or, sql } from "drizzle-orm";
import { members, subscriptions } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { isLive, type Standing } from "./subscription";

export const subscriptionOf = (db: Db, memberId: number) =>
  db.select().from(subscriptions).where(eq(subscriptions.member_id, memberId));

/** The account data that we send to Stripe. */
export const payer = (db: Db, memberId: number) =>
  db.select({ email: members.email, name: members.name }).from(members).where(eq(members.id, memberId));

export const accountOfCustomer = (db: Db, customer: string) =>
  db.select({ member_id: subscriptions.member_id }).from(subscriptions).where(eq(subscriptions.customer, customer));

/** Replaces the previous customer, which no longer exists at Stripe. */
export const rememberCustomer = (db: Db, member_id: number, customer: string) =>
  db
    .insert(subscriptions)
    .values({ member_id, customer })
    .onConflictDoUpdate({
      target: subscriptions.member_id,
      set: { customer, subscription: null, status: null, plan_id: null, expiry: null, renews: false, asked_at: null },
    });

const isNews = (asked: Date) => or(isNull(subscriptions.asked_at), lte(subscriptions.asked_at, asked));

/**
 * Sets the plan of the account and of its test mode. It replaces a plan that the subscription set or that has expired;
 * for a new subscription, it replaces any plan. It never takes away a plan that the operator has granted since. Returns
 * the accounts it changed.
 */
export const applyPlan = (
  db: Db,
  memberId: number,
  standing: Standing & { plan_id: number },
  asked: Date,
  now: Date,
) => {
  const { subscription, plan_id, expiry } = standing;
  const isOurs = sql`${members.plan_id} = ${subscriptions.plan_id} AND ${members.plan_expiry} IS ${subscriptions.expiry}`;
  const mayGrant = sql`(${subscriptions.subscription} IS NOT ${subscription} OR ${members.plan_expiry} <= ${now.getTime()} OR (${isOurs}))`;
  return db
    .update(members)
    .set({ plan_id, plan_expiry: expiry })
    .where(
      and(
        or(eq(members.id, memberId), eq(members.test_of, memberId)),
        sql`EXISTS (SELECT 1 FROM plans WHERE id = ${plan_id})`,
        sql`(${members.plan_id} <> ${plan_id} OR ${members.plan_expiry} IS NOT ${expiry.getTime()})`,
        sql`EXISTS (SELECT 1 FROM subscriptions WHERE ${eq(subscriptions.member_id, memberId)} AND ${isNews(asked)}
          AND ${isLive(standing) ? mayGrant : isOurs})`,
      ),
    )
    .returning({ id: members.id });
};

/** Stores Stripe's answer, unless a newer answer is already stored. */
export const applyStanding = (db: Db, memberId: number, standing: Standing, asked: Date) =>
  db
    .update(subscriptions)
    .set({ ...standing, asked_at: asked })
    .where(and(eq(subscriptions.member_id, memberId), isNews(asked)))
    .returning({ status: subscriptions.status });
