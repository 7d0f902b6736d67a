/**
 * The browser's memory of this visitor. Storage may be blocked, as in private windows and some frames; then nothing is
 * remembered.
 */
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
    // Storage is blocked.
  }
}

const MONTH_MS = 30 * 86_400_000;

/** The referral code in the page's URL, remembered for 30 days in case the visitor returns without it. */
export function referralOf(campaign: string): string {
  const key = `ref:${campaign}`;
  const ref = new URLSearchParams(location.search).get("ref");
  if (ref) remember(key, { ref, until: Date.now() + MONTH_MS });
  const known = recall<{ ref: string; until: number }>(key);
  return ref ?? (known && known.until > Date.now() ? known.ref : "");
}
