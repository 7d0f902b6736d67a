import { parse } from "tldts";
import type { Env } from "../../lib/env";

/** An endpoint URL that we deliver to. Local hosts are not resolved. */
export type Link = { url: URL; isLocal: boolean };
type Refusal = { refused: string };

/** Names that only mean something in a private network, or nothing at all (RFC 6761, RFC 8375, and convention). */
const INTERNAL = new Set([
  "alt",
  "arpa",
  "corp",
  "home",
  "internal",
  "intranet",
  "invalid",
  "lan",
  "local",
  "localdomain",
  "localhost",
  "onion",
  "private",
  "test",
]);

/** Reserved for documentation. It is on no list of public suffixes, and does not resolve. */
const DOCUMENTATION = "example";
const LOCAL = /^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?([/?#]|$)/;

/**
 * Checks whether we deliver to this URL: https on port 443 of a public name that is not ours. The name is resolved
 * before every attempt (`dns.ts`). `ownOrigins` are our own origins.
 */
export function readLink(env: Env, text: string, ownOrigins: string[]): Link | Refusal {
  const url = URL.parse(text);
  if (!url) return { refused: "is not a URL" };
  const own = [env.PUBLIC_URL, ...ownOrigins].map((origin) => URL.parse(origin)).filter((origin) => origin !== null);
  if (env.ALLOW_LOCAL_WEBHOOKS === "on" && LOCAL.test(text))
    return own.some((origin) => origin.host === url.host)
      ? { refused: "must not point to this service" }
      : { url, isLocal: true };

  if (url.protocol !== "https:") return { refused: "must start with https://" };
  if (url.username || url.password) return { refused: "must not contain credentials" };
  if (url.port !== "") return { refused: "must use port 443" };
  const host = bareHost(url);
  const name = parse(host);
  if (name.isIp) return { refused: "must be a host name, not an IP address" };
  const labels = host.split(".");
  const top = labels.at(-1) ?? "";
  if (labels.length < 2 || INTERNAL.has(top)) return { refused: "must be a public host" };
  if (name.domain === null || !(name.isIcann || top === DOCUMENTATION)) return { refused: "must be a public host" };
  if (own.some((origin) => bareHost(origin) === host)) return { refused: "must not point to this service" };
  return { url, isLocal: false };
}

/** The URL without its fragment, which is never sent. Different spellings of a URL have the same target. */
export const targetOf = ({ url }: Link) => url.href.slice(0, url.href.length - url.hash.length);

/** The host name without a trailing dot. The URL parser has already lowercased it and converted it to punycode. */
const bareHost = (url: URL) => url.hostname.replace(/\.$/, "");
