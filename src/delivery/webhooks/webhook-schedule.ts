import { jittered, retried } from "../../outbox/outcome";

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/**
 * The delays after the first, second, and later failed attempts: ten attempts over 75 hours, as Standard Webhooks
 * suggests.
 */
const RETRY_DELAYS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/**
 * The outcome after this many failed attempts: due again, or failed if the schedule is over. `Retry-After` applies
 * between the scheduled delay and twice that.
 */
export const retriedAfter = (attempts: number, retryAfterMs: number | null, now: Date) =>
  retried(RETRY_DELAYS_MS, attempts, now, (delay) =>
    retryAfterMs === null ? jittered(delay) : Math.min(Math.max(retryAfterMs, delay), 2 * delay),
  );

/** Parses `Retry-After`, in seconds or as a date, to milliseconds. Null if it is neither. */
export function retryAfterMs(header: string | null, now: Date) {
  if (header === null) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
