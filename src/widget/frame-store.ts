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
