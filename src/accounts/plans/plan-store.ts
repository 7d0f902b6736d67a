import { asc, eq, type SQL, sql } from "drizzle-orm";
import { members, plans } from "../../../drizzle/schema";
import { placesInUse } from "../../campaigns/used-places-store";
import type { Db } from "../../lib/db";

/** A handful of rows, the same for all accounts. */
export const allPlans = (db: Db) => db.select().from(plans).orderBy(asc(plans.price_cents), asc(plans.id)).limit(100);

/** An account's usage of its plan, from stored totals. Reads one row per campaign. */
export const usageOf = (db: Db, memberId: number, now: Date) => {
  const sum = (counted: SQL) =>
    sql<number>`(SELECT coalesce(sum(${counted}), 0) FROM campaigns c JOIN campaign_stats s ON s.campaign_id = c.id WHERE c.member_id = ${memberId})`;
  return db
    .select({
      plan_id: members.plan_id,
      plan_expiry: members.plan_expiry,
      brands: sql<number>`(SELECT count(*) FROM brands WHERE brands.member_id = ${memberId})`.as("brands"),
      participants: sum(sql`s.total_participants - s.pending_participants - s.blocked_participants`).as("participants"),
      deleted: sql<number>`${placesInUse(memberId, now)}`.as("deleted"),
      pending: sum(sql`s.pending_participants`).as("pending"),
    })
    .from(members)
    .where(eq(members.id, memberId));
};
