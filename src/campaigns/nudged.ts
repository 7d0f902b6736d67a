import type { friendMails } from "../../drizzle/schema/campaigns";

/** The emails that a job sends. Events send all others. */
const SENT_BY_JOB = ["reminder", "recap"] as const;

/** The next time the job for reminders and recaps checks a campaign after a change of its emails. */
export function nudgedAt({ friend_emails }: { friend_emails?: (typeof friendMails)[number][] }, now: Date) {
  if (friend_emails === undefined) return {};
  return { nudge_at: SENT_BY_JOB.some((kind) => friend_emails.includes(kind)) ? now : null };
}
