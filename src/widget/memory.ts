import type { Page } from "./loader-api";
import type { Memory } from "./loader-referral";

const DAYS_30_SECONDS = 30 * 86_400;

/**
 * What remembers referral codes for pages that do not simply want their own storage used: `data-ref` is the code that
 * the page's server knows, `data-consent` stores nothing until the visitor agrees, and `data-cookie` uses a cookie that
 * all subdomains of the site share. This is a separate file, which the loader imports for such pages only.
 */
export async function memoryOf(
  { consented }: Pick<Page, "consented">,
  { ref, consent, cookie }: DOMStringMap,
): Promise<Memory> {
  const early = new Map<string, string>();
  let isWaiting = consent !== undefined;
  const hasCookie = cookie !== undefined;

  function getItem(key: string) {
    if (ref !== undefined) return `${Number.POSITIVE_INFINITY} ${ref}`;
    if (isWaiting) return early.get(key) ?? null;
    return (hasCookie && cookieOf(key)) || localStorage.getItem(key);
  }
  function setItem(key: string, value: string) {
    if (ref !== undefined) return;
    if (isWaiting) early.set(key, value);
    else if (!hasCookie || !setCookie(key, value)) localStorage.setItem(key, value);
  }
  function removeItem(key: string) {
    if (!isWaiting) localStorage.removeItem(key);
  }
  const flush = consented.then(() => {
    isWaiting = false;
    try {
      for (const [key, value] of early) setItem(key, value);
    } catch {
      // Storage is blocked or full.
    }
  });
  // If the visitor has agreed already, that counts from the start.
  await Promise.race([flush, null]);
  return { isWaiting: () => isWaiting, getItem, setItem, removeItem };
}

/** A cookie's name may not hold a colon. */
const nameOf = (key: string) => key.replace(/:/g, "_");

function cookieOf(key: string) {
  const start = `${nameOf(key)}=`;
  const found = document.cookie.split("; ").find((one) => one.startsWith(start));
  return found && decodeURIComponent(found.slice(start.length));
}

const PROBE = "referrals:probe";

/**
 * Sets the cookie for the shortest domain that the browser takes it for: it refuses public suffixes such as `co.uk`.
 * @returns whether it was taken
 */
function setCookie(key: string, value: string) {
  const set = (name: string, rest: string) => {
    // biome-ignore lint/suspicious/noDocumentCookie: Safari and Firefox ESR lack the Cookie Store API on some pages.
    document.cookie = `${nameOf(name)}=${rest}`;
  };
  const labels = location.hostname.split(".");
  const domains = labels.map((_, n) => labels.slice(-1 - n).join(".")).filter((domain) => domain.includes("."));
  for (const domain of [...domains, ""]) {
    const scope = `; Path=/; Secure; SameSite=Lax${domain && `; Domain=${domain}`}`;
    // A cookie of an earlier visit must not be taken for this one, so another is tried first.
    set(PROBE, `1${scope}`);
    if (!cookieOf(PROBE)) continue;
    set(PROBE, `; Max-Age=0${scope}`);
    set(key, `${encodeURIComponent(value)}; Max-Age=${DAYS_30_SECONDS}${scope}`);
    return cookieOf(key) === value;
  }
  return false;
}
