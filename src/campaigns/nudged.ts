import type { friendMails } from "../../drizzle/schema/campaigns";

/** The emails that a job sends, rather than an event. */
const SENT_BY_JOB = ["reminder", "recap"] as const;

/** When the job of reminders and recaps looks at a campaign, if its emails change. */
export function nudgedAt({ friend_emails }: { friend_emails?: (typeof friendMails)[number][] }, now: Date) {
  if (friend_emails === undefined) return {};
  return { nudge_at: SENT_BY_JOB.some((kind) => friend_emails.includes(kind)) ? now : null };
}
