import type { JobCtx } from "../lib/ctx";
import { DAY_MS } from "../lib/day";
import * as store from "./job-store";

/** The cron's jobs, as the operator's page names them. */
export const jobs = {
  drawDueContests: "Draw finished contests",
  sweepDeliveries: "Send due webhook deliveries",
  dropOldDeliveries: "Delete deliveries after 30 days",
  addNudges: "Add reminders and weekly recaps",
  addNotifications: "Email people what needs them",
  addDigests: "Add weekly digests",
  sweepMails: "Send due emails",
  dropOldMails: "Delete emails after 30 days",
  sweepInputs: "Record due events of payment providers",
  dropOldInputEvents: "Delete events of payment providers after 30 days",
  beginTransfers: "Begin transfers of token rewards",
  sweepTransfers: "Send due transfers of tokens",
  sweepVetoCalls: "Ask vetoes that are due",
  dropOldVetoCalls: "Delete answers of vetoes after 30 days",
  dropExpired: "Delete expired idempotency keys",
  dropExpiredSessions: "Delete expired sessions",
  dropOldEntries: "Delete audit log entries after 400 days",
  dropOldExports: "Delete exports after a week",
  sweepImages: "Delete unused images",
  recountShares: "Recount shares after an update",
  settleGoals: "Grant rewards after lowered goals",
  releaseRewards: "Let held rewards go",
  settleReviews: "Settle fraud reviews",
  expireRewards: "End rewards that expire",
  endCodes: "Count out coupon codes that expired",
  runImports: "Run imports of the API",
  undoImports: "Undo imports",
  runReleases: "Let people in from waitlists",
  recheckProofs: "Check proven domains again",
  checkDomains: "Follow brands' own hosts",
  runPurges: "Purge deleted data",
  backUp: "Back up the database",
  tellAlerts: "Alert the operator",
  noteSize: "Record the database's size",
} as const;
export type JobName = keyof typeof jobs;

/** Each record is a row written. A dozen a minute would be half a million a month. */
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

/** Records that a job that began then has finished or failed, unless a similar run was recorded a moment ago. */
export const noteRun = ({ db, now }: JobCtx, name: JobName, began: Date, hasSucceeded: boolean) => {
  const ended = now();
  const last_ms = ended.getTime() - began.getTime();
  const run = { name, last_run_at: began, last_success_at: hasSucceeded ? ended : null, last_ms };
  return db.batch([store.noteRun(db, run, NOTED_EVERY_MS, SLOWEST_FOR_MS)]);
};

/** The query for the rows that `asHealth` takes. */
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
