import type { AlertFacts } from "./alert-facts";

/** `critical`: something does not work. `warning`: it will not, if nobody acts. */
export type Severity = "critical" | "warning";

export type AlertKind = {
  severity: Severity;
  title: string;
  /** What to do first. `docs/operations.md` has the rest. */
  advice: string;
  /** What is wrong, in numbers, or null. Never an email address. */
  check: (facts: AlertFacts) => string | null;
};

const HOUR_MS = 3_600_000;
/** A backup begins every day and may take hours. */
const BACKUP_LATE_MS = 30 * HOUR_MS;
/** Percent: two of the steps at which the size is a warning (`upkeep/database-size.ts`). */
const [NEARLY_FULL, ALMOST_NO_ROOM] = [85, 95];
/** Fewer failures than this are single recipients. */
const [FAILURES_MIN, FAILURES_SHARE] = [10, 0.2];

/** A provider's short pause is no reason to alert anyone. */
const PAUSE_MS = 10 * 60_000;

const isHeld = (holds: AlertFacts["holds"], name: string) => holds.some(({ outbox }) => outbox === name);
const since = (moment: Date | null) => (moment ? ` The oldest was due at ${moment.toISOString()}.` : "");

/** Every alert. The keys are stored, and webhooks carry them. */
export const alertKinds = {
  jobs_late: {
    severity: "critical",
    title: "Jobs are late",
    advice:
      "Look at the Worker's logs for “job failed”. If no job runs, check the cron trigger in the Cloudflare dashboard.",
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
        ? `${deliveries.pending} wait.${since(deliveries.oldest_due)}`
        : null,
  },
  mails_late: {
    severity: "critical",
    title: "Emails are not going out",
    advice: "Check the queue for emails and its consumer in the Cloudflare dashboard, and the Worker's logs.",
    check: ({ mails, holds }) =>
      mails.is_late && !isHeld(holds, "mails") ? `${mails.pending} wait.${since(mails.oldest_due)}` : null,
  },
  mails_failing: {
    severity: "critical",
    title: "Emails fail",
    advice: "See the reasons on /operator/sending. Fix the cause, then send the failed emails again from there.",
    check: ({ mail_results: { failed, sent, top_error }, holds }) =>
      !isHeld(holds, "mails") && failed >= FAILURES_MIN && failed >= FAILURES_SHARE * (failed + sent)
        ? `${failed} of ${failed + sent} emails of the last hour failed, most with ${top_error}.`
        : null,
  },
  outbox_held: {
    severity: "critical",
    title: "Sending is on hold",
    advice: "/operator/sending says what is held, why, and how much waits. Holds without an end wait for you.",
    check: ({ holds }) => {
      const lasting = holds.filter(
        ({ since, until }) => until === null || until.getTime() - since.getTime() > PAUSE_MS,
      );
      return lasting.length > 0 ? `${lasting.map(({ outbox, reason }) => `${outbox}: ${reason}`).join(", ")}.` : null;
    },
  },
  dead_letters: {
    severity: "warning",
    title: "Queue messages were given up on",
    advice:
      "Look at them on /operator/sending. The sweep sends their rows, and news of bounces is read again for a day. Many point to a failing consumer.",
    check: ({ dead_letters }) => (dead_letters > 0 ? `${dead_letters} on the last day.` : null),
  },
  transfers_failed: {
    severity: "warning",
    title: "Transfers of tokens failed",
    advice: "Their owners see the reasons under Rewards, Transfers, and can send them again.",
    check: ({ transfers: { failed } }) => (failed > 0 ? `${failed} on the last day.` : null),
  },
  transfers_stopped: {
    severity: "critical",
    title: "A wallet does not send tokens",
    advice:
      "Look at /operator/tokens. Fill the wallet, raise a limit, or replace an endpoint; it then goes on by itself.",
    check: ({ transfers: { stopped, reason }, holds }) =>
      stopped > 0 && reason !== "day_cap" && !isHeld(holds, "transfers")
        ? `${stopped} wait, most for ${reason}.`
        : null,
  },
  sender_paused: {
    severity: "warning",
    title: "A member's campaign email was paused",
    advice:
      "Too much of it bounced or was reported as spam. Look at /operator/senders: let them send again, or suspend them.",
    check: ({ paused_senders }) => (paused_senders > 0 ? `${paused_senders} on the last day.` : null),
  },
  database_filling: {
    severity: "warning",
    title: "The database is filling up",
    advice:
      "D1 holds 10 GB, and its limit cannot be raised. Delete old campaigns, or move accounts to another installation.",
    check: ({ size }) => (size?.warning && size.warning < NEARLY_FULL ? `${size.percent}% of 10 GB.` : null),
  },
  database_nearly_full: {
    severity: "critical",
    title: "The database is nearly full",
    advice: "Once D1 is full, every query fails, reads included. Delete old campaigns now.",
    check: ({ size }) => (size?.warning && size.warning >= NEARLY_FULL ? `${size.percent}% of 10 GB.` : null),
  },
  database_almost_out_of_room: {
    severity: "critical",
    title: "The database has almost no room left",
    advice: "Everything stops at 100%, deletions too. Delete old campaigns now, before anything else.",
    check: ({ size }) => (size?.warning && size.warning >= ALMOST_NO_ROOM ? `${size.percent}% of 10 GB.` : null),
  },
  backup_late: {
    severity: "warning",
    title: "The backup is late",
    advice: "Look at the job “Back up the database” on /operator and at the Worker's logs.",
    check: ({ backup, now }) => {
      if (backup === "off") return null;
      const age = now.getTime() - (backup.latest?.getTime() ?? backup.since.getTime());
      if (age < BACKUP_LATE_MS) return null;
      return backup.latest ? `The last one is of ${backup.latest.toISOString()}.` : "There is none yet.";
    },
  },
} as const satisfies Record<string, AlertKind>;

export type AlertName = keyof typeof alertKinds;
export const alertNames = Object.keys(alertKinds) as AlertName[];

/** An alert of an older release that the list no longer has. */
const FORMER: Omit<AlertKind, "check"> = { severity: "warning", title: "A former alert", advice: "" };

export const kindOf = ({ name }: { name: string }): Omit<AlertKind, "check"> =>
  Object.hasOwn(alertKinds, name) ? alertKinds[name as AlertName] : FORMER;
