import type { Ctx } from "../lib/ctx";
import { dropCached } from "../lib/edge";
import { forgetRules } from "./gate-rules";

/** Where the edge keeps what visitors see of a campaign. The number is the format's: whoever changes an answer's shape raises it. */
export const landerCopy = (campaignId: number) => `lander/1/${campaignId}`;
export const widgetCopy = (campaignId: number) => `widget/2/${campaignId}`;
export const leadersCopy = (campaignId: number) => `leaders/1/${campaignId}`;

export const hostedCopy = (campaignId: number) => `hosted/2/${campaignId}`;
/** Of a brand's page. The slug is whatever stands in an address. */
export const brandCopy = (slug: string) => `brand/1/${encodeURIComponent(slug.toWellFormed())}`;

/** How long a data centre may show what was changed elsewhere. */
export const COPY_LIFETIME_SECONDS = 60;

/** What one request can look after; the copies of further campaigns go when their time is over. */
export const COPIES_DROPPED_MAX = 100;

/** To be called whenever something changed that visitors see of these campaigns, with the slugs of the brands whose pages list them. */
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
