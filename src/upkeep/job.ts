import type { JobCtx } from "../lib/ctx";
import { DAY_MS } from "../lib/day";
import * as store from "./job-store";

/** The cron's jobs, with their names on the operator's page. */
export const jobs = {
  drawDueContests: "Draw finished contests",
  sweepDeliveries: "Send due webhook deliveries",
  dropOldDeliveries: "Delete deliveries after 30 days",
  addNudges: "Add reminders and weekly recaps",
  addNotifications: "Add notifications for teams",
  addDigests: "Add weekly digests",
  sweepMails: "Send due emails",
  dropOldMails: "Delete emails after 30 days",
  sweepInputs: "Record due payment provider events",
  dropOldInputEvents: "Delete payment provider events after 30 days",
  beginTransfers: "Start token transfers",
  sweepTransfers: "Send due token transfers",
  sweepVetoCalls: "Make due veto calls",
  dropOldVetoCalls: "Delete veto calls after 30 days",
  dropExpired: "Delete expired idempotency keys",
  dropExpiredSessions: "Delete expired sessions",
  dropOldEntries: "Delete audit log entries after 400 days",
  dropOldExports: "Delete exports after a week",
  sweepImages: "Delete unused images",
  recountShares: "Recount shares after an update",
  settleGoals: "Grant rewards after lowered goals",
  releaseRewards: "Release held rewards",
  settleReviews: "Settle fraud reviews",
  expireRewards: "Expire rewards",
  endCodes: "Expire coupon codes",
  runImports: "Run API imports",
  undoImports: "Undo imports",
  runReleases: "Admit participants from waitlists",
  recheckProofs: "Recheck verified domains",
  checkDomains: "Check custom hosts",
  runPurges: "Purge deleted data",
  backUp: "Back up the database",
  tellAlerts: "Alert the operator",
  noteSize: "Record the database's size",
} as const;
export type JobName = keyof typeof jobs;

/** Each record writes a row. A dozen per minute would add up to half a million per month. */
const NOTED_EVERY_MS = 10 * 60_000;
/**
 * A job is late if it has not succeeded for this long. (Jobs run every minute; successes are recorded at most every 11
 * minutes.)
 */
const LATE_AFTER_MS = 15 * 60_000;
/** The slowest run is remembered for a week. */
const SLOWEST_FOR_MS = 7 * DAY_MS;

/** A job's health. The dates and durations are null if it never ran or never succeeded. */
export type JobHealth = Omit<store.Run, "name" | "last_run_at"> & {
  name: JobName;
  last_run_at: Date | null;
  is_late: boolean;
};

/**
 * Records that a job has finished or failed, unless a similar run was recorded a moment ago. `began` is its start time.
 */
export const noteRun = ({ db, now }: JobCtx, name: JobName, began: Date, hasSucceeded: boolean) => {
  const ended = now();
  const last_ms = ended.getTime() - began.getTime();
  const run = { name, last_run_at: began, last_success_at: hasSucceeded ? ended : null, last_ms };
  return db.batch([store.noteRun(db, run, NOTED_EVERY_MS, SLOWEST_FOR_MS)]);
};

/** The query for the rows that `asHealth` reads. */
export const storedRuns = store.runs;

export const asHealth = (rows: store.Run[], now: Date): JobHealth[] => {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const since = now.getTime() - LATE_AFTER_MS;
  return (Object.keys(jobs) as JobName[]).map((name) => {
    const run = { ...NEVER, ...byName.get(name), name };
    return { ...run, is_late: (run.last_success_at?.getTime() ?? 0) < since };
  });
};

const NEVER = { last_run_at: null, last_success_at: null, last_ms: null, slowest_ms: null, slowest_at: null };
