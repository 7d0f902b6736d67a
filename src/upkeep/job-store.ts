import { sql } from "drizzle-orm";
import { jobs } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

export type Run = typeof jobs.$inferSelect;

/**
 * Records a run. Of two concurrent runs the later one counts, and a failure keeps the last success. A run within
 * `everyMs` of the recorded one writes nothing.
 */
export const noteRun = (db: Db, run: Run, everyMs: number): Statement =>
  db
    .insert(jobs)
    .values(run)
    .onConflictDoUpdate({
      target: jobs.name,
      set: {
        last_run_at: sql`max(last_run_at, excluded.last_run_at)`,
        last_success_at: sql`coalesce(max(last_success_at, excluded.last_success_at), last_success_at, excluded.last_success_at)`,
      },
      setWhere: sql`excluded.last_run_at >= last_run_at + ${everyMs} OR excluded.last_success_at >= coalesce(last_success_at, 0) + ${everyMs}`,
    });

/** One row for each job that ever ran: about a dozen. */
export const runs = (db: Db) => db.select().from(jobs);
