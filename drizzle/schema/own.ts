import { sql } from "drizzle-orm";
import { campaigns } from "./campaigns";

/** The id of a campaign if it is the member's, else null, which no row equals. */
export const ownCampaign = (memberId: number, campaignId: number) =>
  sql`(SELECT id FROM campaigns WHERE id = ${campaignId} AND member_id = ${memberId})`;

/** The id of a brand if it is the member's, else null, which no column for it takes. */
export const ownBrand = (memberId: number, brandId: number) =>
  sql`(SELECT id FROM brands WHERE id = ${brandId} AND member_id = ${memberId})`;

/**
 * Whether a campaign is the member's, and of that brand if one is named. The unary plus keeps SQLite from walking all of a member's
 * campaigns where a brand's will do.
 */
export const campaignsOf = (memberId: number, brandId: number | undefined) =>
  brandId === undefined
    ? sql`${campaigns.member_id} = ${memberId}`
    : sql`${campaigns.brand_id} = ${brandId} AND +${campaigns.member_id} = ${memberId}`;
