import type { InferColumnsDataTypes } from "drizzle-orm";
import { brands, campaigns } from "../../../drizzle/schema/index";

/** The columns that decide where a campaign's share links lead. */
export const destinationColumns = {
  landing_url: campaigns.landing_url,
  publish: campaigns.publish,
  slug: brands.slug,
  url: brands.url,
  link_host: brands.link_host,
};
export type Destination = { campaign_id: number } & InferColumnsDataTypes<typeof destinationColumns>;

/**
 * The origin of a campaign's share links and page: the brand's own host, if it has one. A ledger of the previous
 * release has none.
 */
export const linkOrigin = (origin: string, { link_host }: { link_host?: string | null }) =>
  link_host ? `https://${link_host}` : origin;

type Arrival = {
  /** Null for visitors without a referrer. */
  code: string | null;
  /** The parameters on the share link, as `name=value`. */
  passed?: string[];
};

/**
 * The campaign's landing URL, otherwise its hosted page if public, otherwise the brand's website, with `?ref=<code>`.
 * Signed and cached pages depend on their exact query, so we keep what the owner wrote byte for byte, and passed
 * parameters never replace theirs.
 */
export function landing(origin: string, destination: Destination, { code, passed = [] }: Arrival) {
  const { publish, slug, campaign_id, landing_url, url } = destination;
  const hosted = publish === "public" ? `${linkOrigin(origin, destination)}/p/${slug}/campaign/${campaign_id}` : null;
  const [, page = "", query = "", fragment = ""] = PARTS.exec(landing_url ?? hosted ?? url) ?? [];
  const given = query === "" ? [] : query.split("&");
  const own = code === null ? given : given.filter((parameter) => nameOf(parameter) !== "ref");
  const known = new Set(own.map(nameOf));
  const all = [
    ...own,
    ...(code === null ? [] : [`ref=${encodeURIComponent(code)}`]),
    ...passed.filter((parameter) => nameOf(parameter) !== "ref" && !known.has(nameOf(parameter))),
  ];
  return inAscii(`${new URL(page).href}${all.length > 0 ? `?${all.join("&")}` : ""}${fragment}`);
}

const PARTS = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s;

const nameOf = (parameter: string) => [...new URLSearchParams(parameter).keys()][0] ?? "";

/** A Location header must be ASCII. */
const inAscii = (url: string) => url.replace(/[^!-~]+/g, (text) => encodeURIComponent(text.toWellFormed()));
