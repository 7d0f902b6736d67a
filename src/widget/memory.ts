import type { Page } from "./loader-api";
import type { Memory } from "./loader-referral";

const DAYS_30_SECONDS = 30 * 86_400;

/**
 * Remembers referral codes for pages that restrict storage: `data-ref` is the code that the page's server knows,
 * `data-consent` stores nothing until the visitor agrees, and `data-cookie` uses a cookie that all of the site's
 * subdomains share. This is a separate file that the loader imports only for such pages.
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
  // If the visitor has already agreed, that counts from the start.
  await Promise.race([flush, null]);
  return { isWaiting: () => isWaiting, getItem, setItem, removeItem };
}

/** A cookie's name may not contain a colon. */
const nameOf = (key: string) => key.replace(/:/g, "_");

function cookieOf(key: string) {
  const start = `${nameOf(key)}=`;
  const found = document.cookie.split("; ").find((one) => one.startsWith(start));
  return found && decodeURIComponent(found.slice(start.length));
}

const PROBE = "referrals:probe";

/**
 * Sets the cookie for the shortest domain that the browser accepts: it rejects public suffixes such as `co.uk`.
 * @returns whether the cookie was accepted
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
    // A cookie from an earlier visit must not be mistaken for this one, so another cookie is tried first.
    set(PROBE, `1${scope}`);
    if (!cookieOf(PROBE)) continue;
    set(PROBE, `; Max-Age=0${scope}`);
    set(key, `${encodeURIComponent(value)}; Max-Age=${DAYS_30_SECONDS}${scope}`);
    return cookieOf(key) === value;
  }
  return false;
}
