import { getDomain, parse } from "tldts";
import { type AppError, invalid } from "../../lib/errors";

export type Website = { url: string; domain: string };

/**
 * The website in a text: `acme.com` becomes `https://acme.com`. Its domain is the host name in lower case, without
 * `www.`.
 * @throws 400 for other schemes, IP addresses, single-label hosts, and credentials
 */
export function website(text: string): Website {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url) throw refuse("is not a website");
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("must start with http:// or https://");
  if (url.username || url.password) throw refuse("must not contain credentials");
  const host = url.hostname.replace(/\.$/, "");
  const { isIp, publicSuffix, domain } = parse(host);
  if (isIp || host.startsWith("[")) throw refuse("must be a domain name, not an IP address");
  if (!host.includes(".") || domain === null || publicSuffix === null) throw refuse("must be a full domain name");
  return {
    url: url.href.replace(/\/$/, url.pathname === "/" && !url.search ? "" : "/"),
    domain: withoutWww(host),
  };
}

/**
 * The domain that one owner registered: `acme.co.uk` for `shop.acme.co.uk`, and `ada.github.io` itself. Null for public
 * suffixes like `github.io`.
 */
export const registrable = (host: string) => getDomain(host, { allowPrivateDomains: true });

/** `www.com` stays as it is, because `com` alone is not a registered domain. */
function withoutWww(host: string) {
  const rest = host.replace(/^www\./, "");
  return registrable(rest) === null ? host : rest;
}

const refuse = (message: string): AppError => invalid("url", message);
