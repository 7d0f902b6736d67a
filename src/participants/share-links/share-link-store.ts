import { and, eq, ne } from "drizzle-orm";
import { brands, campaigns, participants } from "../../../drizzle/schema";
import { destinationColumns } from "../../ledger/records/landing";
import { field, fields } from "../../lib/columns";
import type { Db } from "../../lib/db";

/** The target of a campaign's links, unless it is suspended. Public. */
export const destinationOf = (db: Db, campaignId: number) =>
  db
    .select({ campaign_id: field(campaigns.id, "campaign_id"), ...fields(destinationColumns) })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.is_suspended, false)));

/** The participant of a link, unless they were erased. Public: the link's signature is the authorization. */
export const referrerOf = (db: Db, campaignId: number, participantId: number) =>
  db
    .select({ id: participants.id })
    .from(participants)
    .where(
      and(
        eq(participants.id, participantId),
        eq(participants.campaign_id, campaignId),
        ne(participants.status, "erased"),
      ),
    );
