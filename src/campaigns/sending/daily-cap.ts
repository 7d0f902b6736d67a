import { DAY_MS } from "../../lib/day";
import type { Env } from "../../lib/env";

/**
 * The daily limit of campaign emails, by the account's age in days. A new account can abuse little, and its limit grows
 * automatically.
 */
const FREE = [
  [0, 100],
  [3, 300],
  [14, 1000],
  [60, 2500],
] as const;
const PAID = [
  [0, 1000],
  [3, 2500],
  [14, Number.MAX_SAFE_INTEGER],
] as const;

type Account = { date_signedup: Date | null; is_paid: boolean };

/** The number of campaign emails that a member may send today. `MAIL_PER_DAY` is the maximum for everyone. */
export function dailyCap(env: Pick<Env, "MAIL_PER_DAY">, { date_signedup, is_paid }: Account, now: Date) {
  const ceiling = env.MAIL_PER_DAY ? Number(env.MAIL_PER_DAY) || 0 : Number.MAX_SAFE_INTEGER;
  const days = (now.getTime() - (date_signedup ?? now).getTime()) / DAY_MS;
  const step = (is_paid ? PAID : FREE).findLast(([from]) => days >= from);
  return Math.min(ceiling, step?.[1] ?? 0);
}
