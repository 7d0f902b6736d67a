/** What will be stored once the visitor consents. Undefined if we are not waiting for consent. */
let early = new URLSearchParams(location.search).get("consent") === "wait" ? new Map<string, unknown>() : undefined;

export const isWaiting = () => early !== undefined;

/** Stores everything that waited for the visitor's consent, and everything from now on. */
export function allowStorage() {
  const waiting = early ?? [];
  early = undefined;
  for (const [key, value] of waiting) remember(key, value);
}

/**
 * What the browser remembers about this visitor. Storage may be blocked, as in private windows and some frames; then
 * nothing is remembered.
 */
export function recall<T>(key: string): T | null {
  if (early) return null;
  try {
    return JSON.parse(localStorage.getItem(`referrals:${key}`) ?? "null");
  } catch {
    return null;
  }
}

export function remember(key: string, value: unknown) {
  if (early) return void early.set(key, value);
  try {
    if (value === null) localStorage.removeItem(`referrals:${key}`);
    else localStorage.setItem(`referrals:${key}`, JSON.stringify(value));
  } catch {
    // Storage is blocked.
  }
}
