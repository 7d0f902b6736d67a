const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/** How long to wait after the first failed attempt, the second, and so on: ten attempts over 75 hours, as Standard Webhooks suggests. */
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

/** By this share at most, up or down, so that what failed together does not return together. */
const JITTER = 0.2;
export const jittered = (ms: number, random = Math.random()) => Math.round(ms * (1 + JITTER * (2 * random - 1)));

/**
 * How long to wait after this many failed attempts; null when there is no further one. `Retry-After` is heeded between the
 * scheduled delay and twice that.
 */
export function delayAfter(attempts: number, retryAfterMs: number | null, random?: number) {
  const base = RETRY_DELAYS_MS[attempts - 1];
  if (base === undefined) return null;
  if (retryAfterMs === null) return jittered(base, random);
  return Math.min(Math.max(retryAfterMs, base), 2 * base);
}

/** Reads `Retry-After`, in seconds or as a date. Null for what is neither. */
export function retryAfterMs(header: string | null, now: Date) {
  if (header === null) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
