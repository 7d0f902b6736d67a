import type { MailKind } from "../../outbox/emails/email";

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** The delays after the provider's first, second, and later refusals. */
export const RETRY_DELAYS_MS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR];

/** A reset link expires after an hour, so a late email must leave time to use it. */
const RESET_LIFE_MS = HOUR;
const LIFE_MS: Partial<Record<MailKind, number>> = {
  reset_password: RESET_LIFE_MS / 2,
  magic_link: DAY,
  confirm: DAY,
  proof: DAY,
};
const LONGEST_LIFE_MS = 7 * DAY;

/** Whether an email would arrive too late to be useful. */
export const isTooLate = ({ kind, date_added }: { kind: MailKind; date_added: Date }, now: Date) =>
  now.getTime() - date_added.getTime() > (LIFE_MS[kind] ?? LONGEST_LIFE_MS);

/** The start of this day and of the next, in UTC milliseconds. */
export const startOfDay = (now: Date) => Math.floor(now.getTime() / DAY) * DAY;
export const startOfNextDay = (now: Date) => startOfDay(now) + DAY;

/** How long an email waits for its sender's verification. A later welcome email would be useless. */
const HELD_MAX_MS = 3 * DAY;
const HELD_AGAIN_MS = { least: HOUR, most: 6 * HOUR };

export const isHeldTooLong = ({ date_added }: { date_added: Date }, now: Date) =>
  now.getTime() - date_added.getTime() >= HELD_MAX_MS;

/** When to check a held email again: at growing intervals, and a last time at the end. */
export function heldUntil({ date_added }: { date_added: Date }, now: Date) {
  const age = now.getTime() - date_added.getTime();
  const wait = Math.min(Math.max(age, HELD_AGAIN_MS.least), HELD_AGAIN_MS.most);
  return Math.min(now.getTime() + wait, date_added.getTime() + HELD_MAX_MS);
}
