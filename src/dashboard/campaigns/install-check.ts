import { registrable } from "../../campaigns/brands/website";
import type { MemberCtx } from "../../lib/ctx";
import { isUnreachable } from "../../lib/unreachable";
import { addressesOf } from "../../outbox/webhooks/dns";
import { readLink } from "../../outbox/webhooks/endpoint-url";
import { findWidget, type Widgets } from "./checked-page";

export type Finding =
  | { found: "yes"; url: string }
  | { found: "other_campaign" | "other_origin" | "tag_manager" | "nothing"; url: string }
  | { found: "refused"; reason: string }
  | { found: "foreign" | "unknown_host" | "too_many_redirects"; url: string }
  | { found: "status"; status: number; url: string }
  | { found: "timeout" | "unreachable" | "not_html"; url: string };

type Wanted = { url: string; campaignId: number; brandDomain: string };

const TIMEOUT_MS = 5_000;
const REDIRECTS_MAX = 3;
const PAGE_MAX_BYTES = 1_000_000;
const USER_AGENT = "Referrals-Install-Check/1.0";

/**
 * Fetches a page of the brand's website and looks for the widget's script. We only request public hosts of the brand's
 * registrable domain, and check each redirect before we follow it. The page's content is never shown, only whether the
 * script is there.
 */
export async function check(ctx: MemberCtx, { url, campaignId, brandDomain }: Wanted): Promise<Finding> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let address = url;
  for (let hops = 0; hops <= REDIRECTS_MAX; hops++) {
    const refusal = await refusalOf(ctx, address, brandDomain);
    if (refusal) return refusal;
    try {
      const response = await fetch(address, {
        headers: { accept: "text/html", "user-agent": USER_AGENT },
        redirect: "manual",
        signal,
      });
      const next = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && next) {
        await response.body?.cancel();
        address = URL.parse(next, address)?.href ?? next;
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        if (isUnreachable(response.status)) return { found: "unreachable", url: address };
        return { found: "status", status: response.status, url: address };
      }
      if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(response.headers.get("content-type") ?? "")) {
        await response.body?.cancel();
        return { found: "not_html", url: address };
      }
      const html = await beginning(response);
      return { found: told(findWidget(html, { origin: ctx.origin, campaignId })), url: address };
    } catch {
      return { found: signal.aborted ? "timeout" : "unreachable", url: address };
    }
  }
  return { found: "too_many_redirects", url: address };
}

/** Why we do not request this URL. Null if we do. */
async function refusalOf(ctx: MemberCtx, address: string, brandDomain: string): Promise<Finding | null> {
  const link = readLink(ctx.env, address, [ctx.origin]);
  if ("refused" in link) return { found: "refused", reason: link.refused };
  if (link.isLocal) return null;
  const { hostname } = link.url;
  if (ownerOf(hostname) !== ownerOf(brandDomain)) return { found: "foreign", url: address };
  const addresses = await addressesOf(ctx.env, hostname);
  if (addresses === "private") return { found: "refused", reason: "must be a public host" };
  return addresses === "public" ? null : { found: "unknown_host", url: address };
}

/** A host under a public suffix, such as a shared hosting domain, is its own owner. */
const ownerOf = (host: string) => registrable(host) ?? host;

async function beginning(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let html = "";
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    html += decoder.decode(value, { stream: true });
    if (bytes < PAGE_MAX_BYTES) continue;
    await reader.cancel();
    break;
  }
  return html;
}

function told({ isHere, isOther, isElsewhere, hasTagManager }: Widgets) {
  if (isHere) return "yes";
  if (isOther) return "other_campaign";
  if (isElsewhere) return "other_origin";
  return hasTagManager ? "tag_manager" : "nothing";
}
