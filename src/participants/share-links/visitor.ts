import { isbot } from "isbot";
import type { ClickSight } from "../../fraud/sale-signals.ts";
import { type Env, secret } from "../../lib/env";
import { keyedHash } from "../../lib/keyed-hash";

export type Visit = {
  method: string;
  userAgent: string;
  address: string;
  /** The country according to Cloudflare. */
  country: string | null;
  header: (name: string) => string | undefined;
};

const SPECULATIVE = /prefetch|preview|prerender/i;

/**
 * The prefix of browsers' User-Agents. Apps that fetch a link themselves, like Word before it opens the browser, lack
 * it.
 */
const BROWSER = /^(?:Mozilla|Opera)\/\d/;
/**
 * Programs with `compatible` in their User-Agent, except for these browsers, and programs with a browser's name that
 * `isbot` does not recognize.
 */
const PROGRAM = /\(compatible;(?! (?:MSIE|Konqueror))|ms-?office|outlook|RocketChat/i;

/**
 * Whether a person is following the link now, rather than a bot, a link preview, a prefetching browser, or a part of a
 * page.
 */
export function isPerson({ method, userAgent, header }: Visit) {
  if (method !== "GET" || !BROWSER.test(userAgent) || PROGRAM.test(userAgent) || isbot(userAgent)) return false;
  return opensPage(header) && !["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].some(isSpeculative(header));
}

/** The types that browsers request for a part of a page. For a page, they request HTML first. */
const PART = /^\s{0,9}(?:image|video|audio|font)\/|^\s{0,9}text\/css/i;

/**
 * Whether the link is opened as a page. Images, frames, scripts, and a page's `fetch` send other destinations. Older
 * browsers send none, but request images as images. A server's `fetch`, which integrators test with, has the mode
 * `cors` and no destination.
 */
function opensPage(header: Visit["header"]) {
  const [destination, mode] = [header("Sec-Fetch-Dest"), header("Sec-Fetch-Mode")];
  if (destination === undefined)
    return (mode === undefined || mode === "navigate" || mode === "cors") && !PART.test(header("Accept") ?? "");
  return destination === "document" && (mode ?? "navigate") === "navigate";
}

const isSpeculative = (header: Visit["header"]) => (name: string) => SPECULATIVE.test(header(name) ?? "");

/** Whether a browser opens the link invisibly, as a frame or an image of a page. */
export const isHidden = ({ method, userAgent, header }: Visit) =>
  method === "GET" &&
  BROWSER.test(userAgent) &&
  !isbot(userAgent) &&
  ["iframe", "frame", "image", "embed", "object"].includes(header("Sec-Fetch-Dest") ?? "");

/** What a click reveals about the page with the link. */
export const clickSight = ({ userAgent, header }: Visit): ClickSight => ({
  dest: header("Sec-Fetch-Dest") ?? null,
  site: header("Sec-Fetch-Site") ?? null,
  by_person: header("Sec-Fetch-User") === "?1",
  agent: userAgent,
  referrer: URL.parse(header("Referer") ?? "")?.hostname ?? null,
});

/**
 * A keyed hash of a participant's visitor. The IP address is not stored. It does not include anything that a visitor
 * can freely change, like the user agent.
 */
export const visitorHash = (env: Env, participantId: number, visit: Visit) =>
  keyedHash(secret(env, "CODE_SECRET"), "visitor", `${participantId}:${visit.address}`);
