import type { Ctx } from "../lib/ctx";
import { dropCached } from "../lib/edge";
import { forgetRules } from "./gate-rules";

/**
 * Cache keys of what visitors see of a campaign. The number is the format's version: raise it when the response's shape
 * changes.
 */
export const landerCopy = (campaignId: number) => `lander/4/${campaignId}`;
export const widgetCopy = (campaignId: number) => `widget/6/${campaignId}`;
export const leadersCopy = (campaignId: number) => `leaders/1/${campaignId}`;

export const hostedCopy = (campaignId: number) => `hosted/6/${campaignId}`;
/** The key of a brand page's copy. `slug` may be any text from a URL. */
export const brandCopy = (slug: string) => `brand/3/${encodeURIComponent(slug.toWellFormed())}`;

/** The key of a page of a brand's past draws. */
export const drawsCopy = (slug: string, page: number) => `draws/2/${page}/${encodeURIComponent(slug.toWellFormed())}`;

/** How long a data center may serve data that was changed elsewhere. */
export const COPY_LIFETIME_SECONDS = 60;

/** The number of copies that one request can drop. Copies of further campaigns expire on their own. */
export const COPIES_DROPPED_MAX = 100;

/**
 * Call it after each change that visitors of these campaigns can see, with the slugs of the brands whose pages list
 * them.
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
