import { momentIn } from "../../texts/text";
import type { AlertFacts } from "./alert-facts";

/** `critical`: something does not work. `warning`: it will stop working unless someone acts. */
type Severity = "critical" | "warning";

export type AlertKind = {
  severity: Severity;
  title: string;
  /** What to do first. `docs/operations.md` has the details. */
  advice: string;
  /** The problem in numbers, or null if there is none. Never contains an email address. */
  check: (facts: AlertFacts) => string | null;
};

const HOUR_MS = 3_600_000;
/** A backup starts every day and may take hours. */
const BACKUP_LATE_MS = 30 * HOUR_MS;
/** Percentages of the maximum size: two of the warning levels in `upkeep/database-size.ts`. */
const [NEARLY_FULL, ALMOST_NO_ROOM] = [85, 95];
/** Fewer failures than this come from single recipients. */
const [FAILURES_MIN, FAILURES_SHARE] = [10, 0.2];

/** A provider's short pause needs no alert. */
const PAUSE_MS = 10 * 60_000;

const isHeld = (holds: AlertFacts["holds"], name: string) => holds.some(({ outbox }) => outbox === name);
const since = (moment: Date | null) => (moment ? ` The oldest was due on ${momentIn("en", moment)}.` : "");

/** All alerts. The keys are stored and appear in webhooks. */
export const alertKinds = {
  jobs_late: {
    severity: "critical",
    title: "Jobs are late",
    advice:
      "Check the Worker's logs for “job failed”. If no job runs, check the cron trigger in the Cloudflare dashboard.",
    check: ({ jobs }) => {
      const late = jobs.filter(({ is_late, last_run_at }) => is_late && last_run_at);
      return late.length > 0 ? `No success for fifteen minutes: ${late.map(({ name }) => name).join(", ")}.` : null;
    },
  },
  deliveries_late: {
    severity: "critical",
    title: "Webhook deliveries are not going out",
    advice: "Check the queue for deliveries and its consumer in the Cloudflare dashboard, and the Worker's logs.",
    check: ({ deliveries, holds }) =>
      deliveries.is_late && !isHeld(holds, "deliveries")
        ? `Waiting: ${deliveries.pending}.${since(deliveries.oldest_due)}`
        : null,
  },
  mails_late: {
    severity: "critical",
    title: "Emails are not going out",
    advice: "Check the queue for emails and its consumer in the Cloudflare dashboard, and the Worker's logs.",
    check: ({ mails, holds }) =>
      mails.is_late && !isHeld(holds, "mails") ? `Waiting: ${mails.pending}.${since(mails.oldest_due)}` : null,
  },
  mails_failing: {
    severity: "critical",
    title: "Emails fail",
    advice: "See the reasons on /operator/sending. Fix the cause, then send the failed emails again from there.",
    check: ({ mail_results: { failed, sent, top_error }, holds }) =>
      !isHeld(holds, "mails") && failed >= FAILURES_MIN && failed >= FAILURES_SHARE * (failed + sent)
        ? `${failed} of ${failed + sent} emails in the last hour failed, most with ${top_error}.`
        : null,
  },
  outbox_held: {
    severity: "critical",
    title: "Sending is on hold",
    advice:
      "See /operator/sending for what is on hold, why, and how much is waiting. Holds without an end wait for you.",
    check: ({ holds }) => {
      const lasting = holds.filter(
        ({ since, until }) => until === null || until.getTime() - since.getTime() > PAUSE_MS,
      );
      return lasting.length > 0 ? `${lasting.map(({ outbox, reason }) => `${outbox}: ${reason}`).join(", ")}.` : null;
    },
  },
  dead_letters: {
    severity: "warning",
    title: "Queue messages were not delivered",
    advice:
      "See them on /operator/sending. The sweep sends their rows, and bounce events are read again for a day. A large number points to a failing consumer.",
    check: ({ dead_letters }) => (dead_letters > 0 ? `${dead_letters} in the last day.` : null),
  },
  transfers_failed: {
    severity: "warning",
    title: "Token transfers failed",
    advice: "Their owners see the reasons under Rewards, Transfers, and can retry them there.",
    check: ({ transfers: { failed } }) => (failed > 0 ? `${failed} in the last day.` : null),
  },
  transfers_stopped: {
    severity: "critical",
    title: "A wallet is not sending tokens",
    advice:
      "See /operator/tokens. Fund the wallet, raise a limit, or replace an endpoint. Transfers then continue automatically.",
    check: ({ transfers: { stopped, reason }, holds }) =>
      stopped > 0 && reason !== "day_cap" && !isHeld(holds, "transfers")
        ? `Waiting: ${stopped}, most for ${reason}.`
        : null,
  },
  sender_paused: {
    severity: "warning",
    title: "A member's campaign email was paused",
    advice:
      "Too many of their emails bounced or were reported as spam. See /operator/senders to resume their sending or suspend them.",
    check: ({ paused_senders }) => (paused_senders > 0 ? `${paused_senders} in the last day.` : null),
  },
  database_filling: {
    severity: "warning",
    title: "The database is filling up",
    advice: "D1 has a fixed limit of 10 GB. Delete old campaigns, or move accounts to another installation.",
    check: ({ size }) => (size?.warning && size.warning < NEARLY_FULL ? `${size.percent}% of 10 GB.` : null),
  },
  database_nearly_full: {
    severity: "critical",
    title: "The database is nearly full",
    advice: "When D1 is full, every query fails, including reads. Delete old campaigns now.",
    check: ({ size }) => (size?.warning && size.warning >= NEARLY_FULL ? `${size.percent}% of 10 GB.` : null),
  },
  database_almost_out_of_room: {
    severity: "critical",
    title: "The database has almost no room left",
    advice: "At 100%, everything stops, including deletions. Delete old campaigns before anything else.",
    check: ({ size }) => (size?.warning && size.warning >= ALMOST_NO_ROOM ? `${size.percent}% of 10 GB.` : null),
  },
  backup_late: {
    severity: "warning",
    title: "The backup is late",
    advice: "Check the job “Back up the database” on /operator, and the Worker's logs.",
    check: ({ backup, now }) => {
      if (backup === "off") return null;
      const age = now.getTime() - (backup.latest?.getTime() ?? backup.since.getTime());
      if (age < BACKUP_LATE_MS) return null;
      return backup.latest ? `The latest is from ${momentIn("en", backup.latest)}.` : "There is no backup yet.";
    },
  },
} as const satisfies Record<string, AlertKind>;

export type AlertName = keyof typeof alertKinds;
export const alertNames = Object.keys(alertKinds) as AlertName[];

/** An alert of an older release that no longer exists in the list. */
const FORMER: Omit<AlertKind, "check"> = { severity: "warning", title: "A former alert", advice: "" };

export const kindOf = ({ name }: { name: string }): Omit<AlertKind, "check"> =>
  Object.hasOwn(alertKinds, name) ? alertKinds[name as AlertName] : FORMER;
