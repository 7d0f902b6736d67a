import { and, eq, ne } from "drizzle-orm";
import { brands, campaigns, participants } from "../../../drizzle/schema";
import { destinationColumns } from "../../ledger/participant";
import { field, fields } from "../../lib/columns";
import type { Db } from "../../lib/db";

const destination = { campaign_id: field(campaigns.id, "campaign_id"), ...fields(destinationColumns) };

/** Where the links of a campaign lead, unless it is suspended. Public. */
export const destinationOfCampaign = (db: Db, campaignId: number) =>
  db
    .select(destination)
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.is_suspended, false)));

/**
 * Where a participant's links lead, unless they were erased or the campaign is suspended. Public: the link's signature
 * is the authorization.
 */
export const destinationOf = (db: Db, campaignId: number, participantId: number) =>
  db
    .select(destination)
    .from(participants)
    .innerJoin(campaigns, eq(campaigns.id, participants.campaign_id))
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(
      and(
        eq(participants.id, participantId),
        eq(participants.campaign_id, campaignId),
        ne(participants.status, "erased"),
        eq(campaigns.is_suspended, false),
      ),
    );
