import type { Env } from "../../lib/env";
import { isUnreachable } from "../../lib/unreachable";
import { addressesOf } from "../../outbox/webhooks/dns";
import { readLink } from "../../outbox/webhooks/endpoint-url";

/** Why a page was not requested or not received. */
export type NoPage =
  | { found: "refused"; reason: string }
  | { found: "foreign" | "unknown_host" | "too_many_redirects"; url: string }
  | { found: "status"; status: number; url: string }
  | { found: "timeout" | "unreachable" | "not_html"; url: string };
export type SitePage = { found: "page"; text: string; url: string } | NoPage;

type Wanted = {
  url: string;
  /** The hosts that we may request, including redirect targets. */
  isOurs: (host: string) => boolean;
  /** The media types that we read. */
  accept: RegExp;
  maxBytes: number;
  userAgent: string;
};

const TIMEOUT_MS = 5_000;
const REDIRECTS_MAX = 3;

/**
 * Fetches a page of a customer's website. We only request allowed public hosts, and check each redirect before
 * following it. `origins` are our own origins.
 */
export async function sitePage(env: Env, origins: string[], wanted: Wanted): Promise<SitePage> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let { url } = wanted;
  for (let hops = 0; hops <= REDIRECTS_MAX; hops++) {
    const refusal = await refusalOf(env, origins, url, wanted.isOurs);
    if (refusal) return refusal;
    try {
      const response = await fetch(url, {
        headers: { accept: "text/html", "user-agent": wanted.userAgent },
        redirect: "manual",
        signal,
      });
      const next = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && next) {
        await response.body?.cancel();
        url = URL.parse(next, url)?.href ?? next;
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        if (isUnreachable(response.status)) return { found: "unreachable", url };
        return { found: "status", status: response.status, url };
      }
      if (!wanted.accept.test(response.headers.get("content-type") ?? "")) {
        await response.body?.cancel();
        return { found: "not_html", url };
      }
      return { found: "page", text: await beginning(response, wanted.maxBytes), url };
    } catch {
      return { found: signal.aborted ? "timeout" : "unreachable", url };
    }
  }
  return { found: "too_many_redirects", url };
}

/** The reason for refusing this URL. Null if it is allowed. */
async function refusalOf(
  env: Env,
  origins: string[],
  address: string,
  isOurs: Wanted["isOurs"],
): Promise<NoPage | null> {
  const link = readLink(env, address, origins);
  if ("refused" in link) return { found: "refused", reason: link.refused };
  if (link.isLocal) return null;
  const { hostname } = link.url;
  if (!isOurs(hostname)) return { found: "foreign", url: address };
  const addresses = await addressesOf(env, hostname);
  if (addresses === "private") return { found: "refused", reason: "must be a public host" };
  return addresses === "public" ? null : { found: "unknown_host", url: address };
}

async function beginning(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    text += decoder.decode(value.subarray(0, maxBytes - (bytes - value.byteLength)), { stream: true });
    if (bytes < maxBytes) continue;
    await reader.cancel();
    break;
  }
  return text;
}
