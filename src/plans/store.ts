import { asc } from "drizzle-orm";
import { plans } from "../../drizzle/schema";
import type { Db } from "../lib/db";

/** A handful of rows that belong to nobody. */
export const allPlans = (db: Db) => db.select().from(plans).orderBy(asc(plans.price_cents), asc(plans.id)).limit(100);
