import { sql } from "drizzle-orm";

/** The id of a campaign if it is the member's, else null, which no row equals. */
export const ownCampaign = (memberId: number, campaignId: number) =>
  sql`(SELECT id FROM campaigns WHERE id = ${campaignId} AND member_id = ${memberId})`;

/** The id of a brand if it is the member's, else null, which no column for it takes. */
export const ownBrand = (memberId: number, brandId: number) =>
  sql`(SELECT id FROM brands WHERE id = ${brandId} AND member_id = ${memberId})`;
