import { and, eq } from "drizzle-orm";
import { brands, campaigns, members } from "../../../drizzle/schema";
import { field } from "../../lib/columns";
import type { Db } from "../../lib/db";

/** The sender of a campaign's emails, and the brand whose domain may need verification. */
export const senderOfCampaign = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      brand_id: field(brands.id, "brand_id"),
      domain: field(brands.domain, "domain"),
      proven_at: field(brands.proven_at, "proven_at"),
      brand_suspended_at: field(brands.suspended_at, "brand_suspended_at"),
      is_verified: field(members.is_verified, "is_verified"),
      member_suspended_at: field(members.suspended_at, "member_suspended_at"),
      sending_paused_at: field(members.sending_paused_at, "sending_paused_at"),
      double_opt_in: field(campaigns.double_opt_in, "double_opt_in"),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .innerJoin(members, eq(members.id, campaigns.member_id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));
