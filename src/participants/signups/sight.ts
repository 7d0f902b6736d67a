import { isPublic, networkOf } from "../../auth/address";
import type { Browser } from "../../auth/caller";
import type { Sight } from "../../fraud/sight.ts";
import { canonicalEmail } from "../mailbox";

/** What a request shows of a new participant. */
export type Shown = {
  /** As `addressIn` has it. */
  address?: string | null | undefined;
  browser?: Browser;
  is_disposable?: boolean;
  /** Milliseconds from the page to its form. */
  took?: number | null;
};

/**
 * What the fraud engine compares. A private address, like that of a local installation, says nothing. Neither does one without
 * which a browser came.
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
