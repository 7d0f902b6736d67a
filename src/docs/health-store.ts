import { plans } from "../../drizzle/schema";
import type { Db } from "../lib/db";

/** Reads one row of a table that the first migration fills. */
export const anyPlan = (db: Db) => db.select({ id: plans.id }).from(plans).limit(1);
