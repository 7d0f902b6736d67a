import { isPublic, networkOf } from "../../auth/address";
import type { Browser } from "../../auth/caller";
import type { Sight } from "../../fraud/sight.ts";
import { canonicalEmail } from "../mailbox";

/** What a request reveals about a new participant. */
export type Shown = {
  /** In the form of `addressIn`. */
  address?: string | null | undefined;
  browser?: Browser;
  is_disposable?: boolean;
  /** Milliseconds between showing the page and submitting its form. */
  took?: number | null;
};

/**
 * The data that the fraud engine compares. A private address, as in a local installation, is ignored. So is an address
 * without a browser.
 */
export function sightOf(
  email: string,
  { address = null, browser, is_disposable = false, took = null }: Shown,
  now: Date,
): Sight {
  const known = address !== null && isPublic(address) ? address : null;
  const isVisitor = known !== null && browser !== undefined;
  return {
    at: now.getTime(),
    mailbox: canonicalEmail(email),
    is_disposable,
    address: known,
    network: known && networkOf(known),
    agent: isVisitor ? browser.agent : null,
    languages: isVisitor ? browser.languages : null,
    protocol: isVisitor ? browser.protocol : null,
    asn: isVisitor ? browser.asn : null,
    country: isVisitor ? browser.country : null,
    took,
  };
}
