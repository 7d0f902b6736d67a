import { dropOldEntries } from "./audit/entry";
import { drawDueContests } from "./contests/due";
import type { JobCtx } from "./ctx";
import { dropOldDeliveries, sweepDeliveries } from "./deliveries/sweep";
import type { Env } from "./env";
import { dropExpired } from "./idempotency/key";
import { sweepImages } from "./images/image";
import { openDb } from "./lib/db";
import { describeError, log } from "./lib/log";
import { dropOldMails, sweepMails } from "./mail/sweep";
import { settleDays } from "./trends/trend";

/** What happens every minute. Each may run twice at once and be cut short anywhere. */
const jobs: Record<string, (ctx: JobCtx) => Promise<unknown>> = {
  drawDueContests,
  sweepDeliveries,
  dropOldDeliveries,
  sweepMails,
  dropOldMails,
  dropExpired,
  dropOldEntries,
  sweepImages,
  settleDays,
};

/** Runs every job, whatever becomes of the others. */
export async function runJobs(env: Env): Promise<void> {
  const runs = Object.entries(jobs).map(async ([job, run]) => {
    try {
      await run({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });
    } catch (error) {
      log("error", "job failed", { job, ...describeError(error) });
    }
  });
  await Promise.all(runs);
}
