import { dropOldExports } from "./accounts/exports/export-request";
import { dropOldEntries } from "./auth/audit/audit-entry";
import { dropExpired } from "./auth/idempotency/idempotency-key";
import { dropExpiredSessions } from "./auth/sessions/session";
import { drawDueContests } from "./campaigns/contest/due-draws";
import { checkDomains } from "./campaigns/domains/domain";
import { settleGoals } from "./campaigns/goals/goal";
import { sweepImages } from "./campaigns/images/image";
import { recheckProofs } from "./campaigns/proof/proof";
import { tellAlerts } from "./delivery/alerts/alert";
import { emailUse } from "./delivery/email/email-use";
import { addDigests } from "./delivery/notifications/digest";
import { addNotifications } from "./delivery/notifications/notification";
import { addNudges } from "./delivery/nudges/nudge";
import { markMinute } from "./delivery/restored";
import { vetoUse } from "./delivery/vetoes/veto-round";
import { webhookUse } from "./delivery/webhooks/webhook-use";
import { again } from "./lib/again";
import type { JobCtx } from "./lib/ctx";
import { isPassing } from "./lib/d1-failure";
import { openDb } from "./lib/db";
import type { Env } from "./lib/env";
import { describeError, log } from "./lib/log";
import { dropOld, sweep } from "./outbox/sweep";
import { endCodes } from "./participants/coupons/ended-codes";
import { runImports } from "./participants/imports/import-job";
import { undoImports } from "./participants/imports/undo";
import { inboxUse } from "./participants/inputs/inbox-round";
import { settleReviews } from "./participants/reviews/settle";
import { expireRewards } from "./participants/rewards/expiry";
import { releaseRewards } from "./participants/rewards/reward-records";
import { recountShares } from "./participants/share-links/recount";
import { beginTransfers, transferUse } from "./participants/transfers/transfer-round";
import { runReleases } from "./participants/waitlist/release";
import { backUp } from "./upkeep/backup/backup";
import { noteSize } from "./upkeep/database-size";
import { type JobName, noteRun } from "./upkeep/job";
import { runPurges } from "./upkeep/purge";

/** The jobs that run every minute. Each must tolerate concurrent runs and being interrupted anywhere. */
const work: Record<JobName, (ctx: JobCtx) => Promise<unknown>> = {
  drawDueContests,
  sweepDeliveries: (ctx) => sweep(ctx, webhookUse),
  dropOldDeliveries: (ctx) => dropOld(ctx, webhookUse),
  addNudges,
  addNotifications,
  addDigests,
  sweepMails: (ctx) => sweep(ctx, emailUse),
  dropOldMails: (ctx) => dropOld(ctx, emailUse),
  sweepInputs: (ctx) => sweep(ctx, inboxUse),
  dropOldInputEvents: (ctx) => dropOld(ctx, inboxUse),
  beginTransfers,
  sweepTransfers: (ctx) => sweep(ctx, transferUse),
  sweepVetoCalls: (ctx) => sweep(ctx, vetoUse),
  dropOldVetoCalls: (ctx) => dropOld(ctx, vetoUse),
  dropExpired,
  dropExpiredSessions,
  dropOldEntries,
  dropOldExports,
  sweepImages,
  recountShares,
  settleGoals,
  releaseRewards,
  settleReviews,
  expireRewards,
  endCodes,
  runImports,
  undoImports,
  runReleases,
  recheckProofs,
  checkDomains,
  runPurges,
  backUp,
  tellAlerts,
  noteSize,
};

/** A job whose database fails temporarily keeps trying until the next run starts. */
const GOES_ON_MS = 60_000;
const NOTE_TRIES = 3;

/**
 * Runs every job and records the result. A failed job does not stop the others. Before anything is sent, a restored
 * database is detected. Alerts run last, when the results of the other jobs are known.
 */
export async function runJobs(env: Env): Promise<void> {
  await markMinute(jobCtx(env)).catch((error) => log("error", "restore check failed", describeError(error)));
  const { tellAlerts: _, ...others } = work;
  await Promise.all((Object.keys(others) as JobName[]).map((job) => runJob(env, job)));
  await runJob(env, "tellAlerts");
}

const jobCtx = (env: Env): JobCtx => ({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });

async function runJob(env: Env, job: JobName) {
  const ctx = jobCtx(env);
  const began = ctx.now();
  const hasSucceeded = await again(() => work[job](ctx), { forMs: GOES_ON_MS, isWorth: isPassing }).then(
    () => true,
    (error) => {
      log("error", "job failed", { job, ...describeError(error) });
      return false;
    },
  );
  await again(() => noteRun(ctx, job, began, hasSucceeded), { tries: NOTE_TRIES, isWorth: isPassing }).catch((error) =>
    log("error", "job run not recorded", { job, ...describeError(error) }),
  );
}
