import { type SQLWrapper, sql } from "drizzle-orm";
import { campaigns } from "./campaigns";

/** The campaign's id if the member owns it. Otherwise null, which matches no row. */
export const ownCampaign = (memberId: number, campaignId: number) =>
  sql`(SELECT id FROM campaigns WHERE id = ${campaignId} AND member_id = ${memberId})`;

/** The brand's id if the member owns it. Otherwise null, which its NOT NULL columns reject. */
export const ownBrand = (memberId: number, brandId: number) =>
  sql`(SELECT id FROM brands WHERE id = ${brandId} AND member_id = ${memberId})`;

/** The same, for a campaign that moves to the brand. A suspended brand accepts none. */
export const openBrand = (memberId: number, brandId: number) =>
  sql`(SELECT id FROM brands WHERE id = ${brandId} AND member_id = ${memberId} AND suspended_at IS NULL)`;

/**
 * Whether the member owns the campaign and, if a brand is given, it belongs to that brand. The unary plus makes SQLite
 * use the brand's index instead of reading all of the member's campaigns.
 */
export const campaignsOf = (memberId: number, brandId: number | undefined) =>
  brandId === undefined
    ? sql`${campaigns.member_id} = ${memberId}`
    : sql`${campaigns.brand_id} = ${brandId} AND +${campaigns.member_id} = ${memberId}`;

/** The name of a campaign's brand, or null if the account has no other. `campaign` is its table in the query. */
export const brandAmongMany = (campaign: string) =>
  sql<string | null>`(SELECT coalesce(b.name, b.domain) FROM brands b WHERE b.id = ${sql.raw(campaign)}.brand_id
    AND EXISTS (SELECT 1 FROM brands o WHERE o.member_id = b.member_id AND o.id <> b.id))`;

/** The brands that a person sees. Undefined: all of the account's. */
export type Seen = number[] | undefined;

/** Whether a person sees the brand. Undefined for people who see all, which `and` omits. */
export const isSeen = (brandId: SQLWrapper, seen: Seen) =>
  seen && sql`${brandId} IN (SELECT value FROM json_each(${JSON.stringify(seen)}))`;

/** The same for a campaign's brand, in plain SQL. */
export const isSeenCampaign = (campaignId: SQLWrapper, seen: Seen) =>
  seen === undefined
    ? sql`1`
    : sql`EXISTS (SELECT 1 FROM campaigns seen WHERE seen.id = ${campaignId} AND ${isSeen(sql`seen.brand_id`, seen)})`;
