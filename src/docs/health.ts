import type { Ctx } from "../lib/ctx";
import { AppError } from "../lib/errors";
import { asHealth, storedRuns } from "../upkeep/job";
import * as store from "./health-store";

const PATIENCE_MS = 2000;

/**
 * Whether the service handles requests. Late jobs are reported, but fail the check only with `includesJobs`, because
 * visitors can still be served.
 * @throws 503 if the database does not respond in time or lacks the rows that the migrations insert
 */
export async function health(ctx: Ctx, includesJobs: boolean) {
  const asked = ctx.db.batch([store.anyPlan(ctx.db), storedRuns(ctx.db)]);
  const answer = await Promise.race([asked.catch(() => null), after(PATIENCE_MS)]);
  const [plans, runs] = answer ?? [[], []];
  if (plans.length === 0) throw new AppError("overloaded", "The database is not responding.");
  const isLate = asHealth(runs, ctx.now()).some((job) => job.is_late);
  if (isLate && includesJobs) throw new AppError("overloaded", "Jobs are late. Check the cron trigger.");
  return { status: "ok" as const, jobs: isLate ? ("late" as const) : ("on_time" as const) };
}

const after = (ms: number) => new Promise<null>((resolve) => setTimeout(() => resolve(null), ms));
