import type { JobCtx } from "../lib/ctx";
import * as store from "./job-store";

/** What the cron does, in the operator's words. */
export const jobs = {
  drawDueContests: "Draw contests that are over",
  sweepDeliveries: "Pick up webhook deliveries",
  dropOldDeliveries: "Forget deliveries after 30 days",
  sweepMails: "Pick up mails",
  dropOldMails: "Forget mails after 30 days",
  dropExpired: "Forget idempotency keys",
  dropExpiredSessions: "Forget sessions that are over",
  dropOldEntries: "Forget the audit log after 400 days",
  sweepImages: "Delete images that are nobody's",
  settleDays: "Add up days for charts",
  settleGoals: "Give rewards whose goal was lowered",
  runPurges: "Purge what was deleted",
} as const;
export type JobName = keyof typeof jobs;

/** Every note is a row written, and a dozen a minute would be a sixth of what the free plan has. */
const NOTED_EVERY_MS = 10 * 60_000;
/** Without a success for so long, though each runs every minute and a success is noted within eleven, a job is late. */
const LATE_AFTER_MS = 15 * 60_000;

/** How a job is doing. Null: it never was. */
export type JobHealth = {
  name: JobName;
  last_run_at: Date | null;
  last_success_at: Date | null;
  is_late: boolean;
};

/** Notes that a job which began then came to its end, or that it failed; unless the like was noted a moment ago. */
export const noteRun = ({ db, now }: JobCtx, name: JobName, began: Date, hasSucceeded: boolean) => {
  const run = { name, last_run_at: began, last_success_at: hasSucceeded ? now() : null };
  return db.batch([store.noteRun(db, run, NOTED_EVERY_MS)]);
};

/** What to ask for `asHealth`. */
export const storedRuns = store.runs;

/** How each job is doing, by the runs that are stored. */
export const asHealth = (rows: store.Run[], now: Date): JobHealth[] => {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const since = now.getTime() - LATE_AFTER_MS;
  return (Object.keys(jobs) as JobName[]).map((name) => {
    const { last_run_at = null, last_success_at = null } = byName.get(name) ?? {};
    return { name, last_run_at, last_success_at, is_late: (last_success_at?.getTime() ?? 0) < since };
  });
};
