import { sql } from "drizzle-orm";
import { jobs } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

export type Run = typeof jobs.$inferSelect;

/** The data of a run. Durations are in milliseconds. */
type Ran = { name: string; last_run_at: Date; last_success_at: Date | null; last_ms: number };

/**
 * Records a run. The later of two concurrent runs counts, and a failure keeps the last success. A run within `everyMs`
 * of the recorded one writes nothing, unless it is the slowest of the last `slowestForMs`.
 */
export const noteRun = (db: Db, run: Ran, everyMs: number, slowestForMs: number): Statement => {
  const isSlowest = sql`(excluded.last_ms > coalesce(slowest_ms, -1) OR excluded.last_run_at >= slowest_at + ${slowestForMs})`;
  return db
    .insert(jobs)
    .values({ ...run, slowest_ms: run.last_ms, slowest_at: run.last_run_at })
    .onConflictDoUpdate({
      target: jobs.name,
      set: {
        last_run_at: sql`max(last_run_at, excluded.last_run_at)`,
        last_success_at: sql`coalesce(max(last_success_at, excluded.last_success_at), last_success_at, excluded.last_success_at)`,
        last_ms: sql`excluded.last_ms`,
        slowest_ms: sql`iif(${isSlowest}, excluded.last_ms, slowest_ms)`,
        slowest_at: sql`iif(${isSlowest}, excluded.last_run_at, slowest_at)`,
      },
      setWhere: sql`excluded.last_run_at >= last_run_at + ${everyMs} OR excluded.last_success_at >= coalesce(last_success_at, 0) + ${everyMs} OR excluded.last_ms > coalesce(slowest_ms, -1)`,
    });
};

/** One row per job, so only a few dozen. */
export const runs = (db: Db) => db.select().from(jobs);
