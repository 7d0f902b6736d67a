import { registrable } from "../../campaigns/brands/website";
import { type NoPage, sitePage } from "../../campaigns/proof/site-page";
import type { MemberCtx } from "../../lib/ctx";
import { findWidget, type Widgets } from "./checked-page";

export type Finding =
  | { found: "yes"; url: string }
  | { found: "other_campaign" | "other_origin" | "tag_manager" | "nothing"; url: string }
  | NoPage;

type Wanted = { url: string; campaignId: number; brandDomain: string };

const PAGE_MAX_BYTES = 1_000_000;

/**
 * Fetches a page of the brand's website and looks for the widget's script. We only request hosts of the brand's
 * registrable domain. The page's content is never shown, only whether it contains the script.
 */
export async function check(ctx: MemberCtx, { url, campaignId, brandDomain }: Wanted): Promise<Finding> {
  const page = await sitePage(ctx.env, [ctx.origin], {
    url,
    isOurs: (host) => ownerOf(host) === ownerOf(brandDomain),
    accept: /^(text\/html|application\/xhtml\+xml)\b/i,
    maxBytes: PAGE_MAX_BYTES,
    userAgent: "Referrals-Install-Check/1.0",
  });
  if (page.found !== "page") return page;
  return { found: told(findWidget(page.text, { origin: ctx.origin, campaignId })), url: page.url };
}

/** A host under a public suffix, such as a shared hosting domain, is its own owner. */
const ownerOf = (host: string) => registrable(host) ?? host;

function told({ isHere, isOther, isElsewhere, hasTagManager }: Widgets) {
  if (isHere) return "yes";
  if (isOther) return "other_campaign";
  if (isElsewhere) return "other_origin";
  return hasTagManager ? "tag_manager" : "nothing";
}
