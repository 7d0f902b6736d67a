/** What this browser remembers. Storage may be forbidden, as in private windows and some frames: then it remembers nothing. */
export function recall<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(`referrals:${key}`) ?? "null");
  } catch {
    return null;
  }
}

export function remember(key: string, value: unknown) {
  try {
    if (value === null) localStorage.removeItem(`referrals:${key}`);
    else localStorage.setItem(`referrals:${key}`, JSON.stringify(value));
  } catch {
    // Then not.
  }
}

const MONTH_MS = 30 * 86_400_000;

/** The code in the page's address, kept for whoever comes back tomorrow without it. */
export function referralOf(campaign: string): string {
  const key = `ref:${campaign}`;
  const ref = new URLSearchParams(location.search).get("ref");
  if (ref) remember(key, { ref, until: Date.now() + MONTH_MS });
  const known = recall<{ ref: string; until: number }>(key);
  return ref ?? (known && known.until > Date.now() ? known.ref : "");
}
