import { eq } from "drizzle-orm";
import { campaignWidgets } from "../../drizzle/schema";
import type { Db } from "../lib/db";

/** Searches all accounts, because visitors call this. */
export const settingsOf = (db: Db, campaignId: number) =>
  db
    .select({ settings: campaignWidgets.settings })
    .from(campaignWidgets)
    .where(eq(campaignWidgets.campaign_id, campaignId));
