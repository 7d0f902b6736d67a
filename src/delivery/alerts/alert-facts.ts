import type { JobCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { asBacklog, type Backlog, MOST, pending } from "../../outbox/backlog";
import { emails } from "../../outbox/emails/email-outbox";
import { type Hold, heldBy } from "../../outbox/hold";
import { deliveries } from "../../outbox/webhooks/delivery-outbox";
import { backupDays, lastBackup } from "../../upkeep/backup/backup";
import { asDatabaseSize, type DatabaseSize, storedSize } from "../../upkeep/database-size";
import { asHealth, type JobHealth, storedRuns } from "../../upkeep/job";
import * as store from "./alert-store";

const HOUR_MS = 3_600_000;

type MailResults = { failed: number; sent: number; top_error: string | null };

/** The data that all alert checks use, read together. */
export type AlertFacts = {
  now: Date;
  jobs: JobHealth[];
  deliveries: Backlog;
  mails: Backlog;
  /** In the last hour. `top_error` is the most frequent reason. */
  mail_results: MailResults;
  holds: Hold[];
  /** In the last day, like `dead_letters`. */
  paused_senders: number;
  dead_letters: number;
  /**
   * Token transfers that failed in the last day, and those now stopped in a wallet, with their most frequent `reason`.
   */
  transfers: store.TransferTrouble;
  /** Null before it was first recorded. */
  size: DatabaseSize | null;
  /** `since`: when the installation's first account signed up. Before that, there was nothing to back up. */
  backup: "off" | { latest: Date | null; since: Date };
};

export async function alertFacts({ db, env, now: clock }: JobCtx): Promise<AlertFacts> {
  const now = clock();
  const before = (ms: number) => new Date(now.getTime() - ms);
  const isOn = backupDays(env) > 0;
  const [runs, [letters], results, holds, [first], delivering, mailing, sizes, [paused], [transfers]] = await db.batch([
    storedRuns(db),
    store.deadLettersSince(db, before(DAY_MS)),
    store.mailResults(db, before(HOUR_MS), MOST),
    heldBy(db, now),
    store.firstSignup(db),
    pending(db, deliveries, MOST),
    pending(db, emails, MOST),
    storedSize(db),
    store.pausedSenders(db, before(DAY_MS)),
    store.transferTrouble(db, before(DAY_MS), MOST),
  ]);
  const backup = isOn ? await lastBackup(env) : null;
  return {
    now,
    jobs: asHealth(runs, now),
    deliveries: asBacklog(delivering, now),
    mails: asBacklog(mailing, now),
    mail_results: resultsOf(results),
    holds,
    paused_senders: paused?.senders ?? 0,
    dead_letters: letters?.letters ?? 0,
    transfers: transfers ?? { failed: 0, reason: null, stopped: 0 },
    size: asDatabaseSize(sizes),
    backup: isOn ? { latest: backup && new Date(backup.started_at), since: first?.date ?? now } : "off",
  };
}

/** Emails that wait for a daily limit have not failed. */
const isFailed = ({ status, error }: store.MailResults) =>
  status === "failed" || (status === "pending" && error !== null && error !== "capped");

function resultsOf(rows: store.MailResults[]): MailResults {
  const sum = (some: store.MailResults[]) => some.reduce((total, { mails }) => total + mails, 0);
  const failed = rows.filter(isFailed).sort((a, b) => b.mails - a.mails);
  return {
    failed: sum(failed),
    sent: sum(rows.filter(({ status }) => status === "sent")),
    top_error: failed[0]?.error ?? null,
  };
}
