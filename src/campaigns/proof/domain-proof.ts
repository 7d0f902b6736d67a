import type { proofMethods } from "../../../drizzle/schema/brands";
import type { Env } from "../../lib/env";
import { textsOf } from "../../outbox/webhooks/dns";
import { type Claim, recordOf } from "./domain-record";
import { type SitePage, sitePage } from "./site-page";

export type Method = (typeof proofMethods)[number];

/** The result of each tried method: `found`, `missing`, or the reason why we could not check. */
export type Findings = Partial<Record<Method, string>>;

const USER_AGENT = "Referrals-Domain-Check/1.0";
const [FILE_MAX_BYTES, PAGE_MAX_BYTES] = [1_000, 500_000];

type Asked = { claim: Claim; campaignIds: number[]; origins: string[] };

/**
 * Checks for the proof of a brand's domain: the TXT record, then the file, then a campaign's widget on the home page.
 * Only the domain's own host counts, with or without `www.`, and only its home page: on a shared host, anyone may own a
 * page below it.
 */
export async function findProof(env: Env, { claim, campaignIds, origins }: Asked): Promise<Findings> {
  const { dns, file } = await recordOf(env, claim);
  const texts = await textsOf(env, dns.name);
  if (texts?.includes(dns.value)) return { dns: "found" };
  const found: Findings = { dns: texts === null ? "unknown" : "missing" };

  const isOurs = (host: string) => host === claim.domain || host === `www.${claim.domain}`;
  const from = { isOurs, userAgent: USER_AGENT };
  const stored = await sitePage(env, origins, {
    ...from,
    url: file.url,
    accept: /^text\/plain\b/i,
    maxBytes: FILE_MAX_BYTES,
  });
  if (stored.found === "page" && stored.text.trim() === file.content) return { ...found, file: "found" };
  found.file = wordOf(stored);

  if (campaignIds.length === 0) return found;
  const url = `https://${claim.domain}/`;
  const home = await sitePage(env, origins, { ...from, url, accept: /^text\/html\b/i, maxBytes: PAGE_MAX_BYTES });
  const has = home.found === "page" && (await hasWidget(home.text, origins, campaignIds));
  return { ...found, widget: has ? "found" : wordOf(home) };
}

/** The method that verified the domain. Null if none did. */
export const methodOf = (found: Findings): Method | null =>
  (Object.keys(found) as Method[]).find((method) => found[method] === "found") ?? null;

const wordOf = (page: SitePage) =>
  page.found === "page" || (page.found === "status" && page.status === 404) ? "missing" : page.found;

/** Whether a script element loads one of these campaigns' widgets from us. Text and comments do not count. */
async function hasWidget(html: string, origins: string[], campaignIds: number[]) {
  let has = false;
  const look = (element: Element) => {
    const url = URL.parse(element.getAttribute("src") ?? "");
    if (!url || !origins.includes(url.origin) || url.pathname !== "/widget.js") return;
    const campaign = element.getAttribute("data-campaign") || url.searchParams.get("campaign");
    has ||= campaignIds.some((id) => String(id) === campaign);
  };
  await new HTMLRewriter().on("script[src]", { element: look }).transform(new Response(html)).text();
  return has;
}
