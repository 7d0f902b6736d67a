import { and, eq, ne, sql } from "drizzle-orm";
import { brands, campaigns, campaignWidgets, participants } from "../../../drizzle/schema";
import { brandName, kitColumn } from "../../campaigns/brand-kit-store";
import { IS_ASKED, reviewOf } from "../../ledger/records/review-id";
import type { Db } from "../../lib/db";

/**
 * The participant of a confirmation link, with the campaign data on its page. Having the link is enough authorization.
 */
export const awaited = (db: Db, campaignId: number, participantId: number) =>
  db
    .select({
      id: sql<number>`${participants.id}`.as("id"),
      campaign_id: sql<number>`${participants.campaign_id}`.as("campaign_id"),
      confirmation: participants.confirmation,
      /** Whether a review that is still open asked them to confirm their email. */
      is_asked: sql<
        0 | 1
      >`EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${reviewOf(participantId)} AND ${sql.raw(IS_ASKED)})`.as(
        "is_asked",
      ),
      signup_event: participants.signup_event,
      campaign_name: sql<string>`${campaigns.name}`.as("campaign_name"),
      brand_name: brandName(),
      kit: kitColumn(),
      settings: campaignWidgets.settings,
    })
    .from(participants)
    .innerJoin(campaigns, eq(campaigns.id, participants.campaign_id))
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .innerJoin(campaignWidgets, eq(campaignWidgets.campaign_id, participants.campaign_id))
    .where(
      and(
        eq(participants.id, participantId),
        eq(participants.campaign_id, campaignId),
        ne(participants.status, "erased"),
        eq(campaigns.is_suspended, false),
      ),
    );
