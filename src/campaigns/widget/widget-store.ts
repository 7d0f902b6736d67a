import { and, eq, sql } from "drizzle-orm";
import { campaignWidgets, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import type { WidgetChange } from "./widget-schema";

export const widgetById = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      campaign_id: campaignWidgets.campaign_id,
      settings: campaignWidgets.settings,
      slug: sql<string>`(SELECT slug FROM brands WHERE id = (SELECT brand_id FROM campaigns WHERE id = campaign_widgets.campaign_id))`.as(
        "slug",
      ),
    })
    .from(campaignWidgets)
    .where(eq(campaignWidgets.campaign_id, ownCampaign(memberId, campaignId)));

/** Null resets a field to its default. */
export type Patch = { [Field in keyof WidgetChange]: WidgetChange[Field] | null };

/** Merges the change into the stored settings. An empty change writes nothing. */
export const updateWidget = (db: Db, memberId: number, campaignId: number, change: Patch) => {
  const patch = JSON.stringify(change);
  const base = change.texts
    ? sql`json_remove(${campaignWidgets.settings}, '$.texts')`
    : sql`${campaignWidgets.settings}`;
  return db
    .update(campaignWidgets)
    .set({ settings: sql`json_patch(${base}, ${patch})` })
    .where(and(eq(campaignWidgets.campaign_id, ownCampaign(memberId, campaignId)), sql`${patch} <> '{}'`));
};
