import { eq, sql } from "drizzle-orm";
import { campaignWidgets, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** Replaces the encrypted secret. The previous one stays valid until the given time. */
export const rotateIdentity = (db: Db, memberId: number, campaignId: number, sealed: string, until: number) =>
  db
    .update(campaignWidgets)
    .set({
      settings: sql`json_set(settings, '$.identity', json_object('secret', ${sealed}, 'previous', json_extract(settings, '$.identity.secret'), 'until', ${until}))`,
    })
    .where(eq(campaignWidgets.campaign_id, ownCampaign(memberId, campaignId)))
    .returning({ settings: campaignWidgets.settings });

/** Searches all accounts, because visitors call this. */
export const identityOf = (db: Db, campaignId: number) =>
  db
    .select({ settings: campaignWidgets.settings })
    .from(campaignWidgets)
    .where(eq(campaignWidgets.campaign_id, campaignId));
