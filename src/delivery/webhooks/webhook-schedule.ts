const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/**
 * The delays after the first, second, and further failed attempts: ten attempts over 75 hours, as Standard Webhooks
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

/** The maximum random deviation up or down, so that deliveries that failed together are not retried together. */
const JITTER = 0.2;
export const jittered = (ms: number, random = Math.random()) => Math.round(ms * (1 + JITTER * (2 * random - 1)));

/**
 * The delay after this many failed attempts, in milliseconds. Null if there are no more attempts. `Retry-After` applies
 * between the scheduled delay and twice that.
 */
export function delayAfter(attempts: number, retryAfterMs: number | null, random?: number) {
  const base = RETRY_DELAYS_MS[attempts - 1];
  if (base === undefined) return null;
  if (retryAfterMs === null) return jittered(base, random);
  return Math.min(Math.max(retryAfterMs, base), 2 * base);
}

/** Parses `Retry-After`, in seconds or as a date, to milliseconds. Null if it is neither. */
export function retryAfterMs(header: string | null, now: Date) {
  if (header === null) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
