import { dropOldEntries } from "./audit/entry";
import { drawDueContests } from "./contests/due";
import type { JobCtx } from "./ctx";
import { dropOldDeliveries, sweepDeliveries } from "./deliveries/sweep";
import type { Env } from "./env";
import { settleGoals } from "./goals/goal";
import { dropExpired } from "./idempotency/key";
import { sweepImages } from "./images/image";
import { type JobName, noteRun } from "./jobs/job";
import { openDb } from "./lib/db";
import { describeError, log } from "./lib/log";
import { dropOldMails, sweepMails } from "./mailer/sweep";
import { runPurges } from "./purges/purge";
import { dropExpiredSessions } from "./sessions/session";
import { settleDays } from "./trends/trend";

/** What happens every minute. Each may run twice at once and be cut short anywhere. */
const work: Record<JobName, (ctx: JobCtx) => Promise<unknown>> = {
  drawDueContests,
  sweepDeliveries,
  dropOldDeliveries,
  sweepMails,
  dropOldMails,
  dropExpired,
  dropExpiredSessions,
  dropOldEntries,
  sweepImages,
  settleDays,
  settleGoals,
  runPurges,
};

/** Runs every job, whatever becomes of the others, and notes how it went. */
export async function runJobs(env: Env): Promise<void> {
  await Promise.all((Object.keys(work) as JobName[]).map((job) => runJob(env, job)));
}

async function runJob(env: Env, job: JobName) {
  const ctx = { db: openDb(env.DB, "first-primary"), env, now: () => new Date() };
  const began = ctx.now();
  const hasSucceeded = await work[job](ctx).then(
    () => true,
    (error) => {
      log("error", "job failed", { job, ...describeError(error) });
      return false;
    },
  );
  await noteRun(ctx, job, began, hasSucceeded).catch((error) =>
    log("error", "job not noted", { job, ...describeError(error) }),
  );
}
