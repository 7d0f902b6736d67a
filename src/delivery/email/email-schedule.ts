import type { MailKind } from "../../outbox/emails/email";

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** How long to wait after the first time that the provider refused a mail, the second, and so on. */
export const RETRY_DELAYS_MS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR];

/** By this share at most, up or down, so that what failed together does not return together. */
const JITTER = 0.2;

/** How long to wait after this many attempts; null when there is no further one. */
export function delayAfter(attempts: number, random = Math.random()) {
  const base = RETRY_DELAYS_MS[attempts - 1];
  return base === undefined ? null : Math.round(base * (1 + JITTER * (2 * random - 1)));
}

/** A reset link is good for an hour. Who is sent it late needs some of that. */
const RESET_LIFE_MS = HOUR;
const LIFE_MS: Partial<Record<MailKind, number>> = { reset_password: RESET_LIFE_MS / 2, magic_link: DAY, confirm: DAY };
const LONGEST_LIFE_MS = 7 * DAY;

/** Whether it is too late for a mail to be of use. */
export const isTooLate = ({ kind, date_added }: { kind: MailKind; date_added: Date }, now: Date) =>
  now.getTime() - date_added.getTime() > (LIFE_MS[kind] ?? LONGEST_LIFE_MS);

/** The first moment of this day, and of the next, in UTC. */
export const startOfDay = (now: Date) => Math.floor(now.getTime() / DAY) * DAY;
export const startOfNextDay = (now: Date) => startOfDay(now) + DAY;
