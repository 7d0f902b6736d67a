import type { Ctx } from "../lib/ctx";
import { dropCached } from "../lib/edge";
import { forgetRules } from "./gate-rules";

/**
 * Cache keys of a campaign's public data. The number is the format's version: raise it when the response's shape
 * changes.
 */
export const landerCopy = (campaignId: number) => `lander/4/${campaignId}`;
export const widgetCopy = (campaignId: number) => `widget/6/${campaignId}`;
export const leadersCopy = (campaignId: number) => `leaders/1/${campaignId}`;

export const hostedCopy = (campaignId: number) => `hosted/6/${campaignId}`;
/** The cache key of a brand page. `slug` may be any text from a URL. */
export const brandCopy = (slug: string) => `brand/3/${encodeURIComponent(slug.toWellFormed())}`;

/** The cache key of a page of a brand's past draws. */
export const drawsCopy = (slug: string, page: number) => `draws/2/${page}/${encodeURIComponent(slug.toWellFormed())}`;

/** How long a data center may serve outdated data after a change elsewhere. */
export const COPY_LIFETIME_SECONDS = 60;

/** The maximum number of copies that one request drops. Copies of other campaigns expire on their own. */
export const COPIES_DROPPED_MAX = 100;

/**
 * Call this after each change that visitors of these campaigns can see, with the slugs of the brands that list them.
 */
export const dropCampaignCopies = (
  ctx: Pick<Ctx, "origin">,
  campaignIds: number[],
  ...slugs: (string | undefined)[]
) => {
  forgetRules(campaignIds);
  const ofCampaigns = campaignIds
    .slice(0, COPIES_DROPPED_MAX)
    .flatMap((id) => [landerCopy(id), widgetCopy(id), leadersCopy(id), hostedCopy(id)]);
  return dropCached(ctx, [...ofCampaigns, ...slugs.filter((slug) => slug !== undefined).map(brandCopy)]);
};
