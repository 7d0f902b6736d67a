import { and, eq, sql } from "drizzle-orm";
import { campaignWidgets, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { inheritedFrom } from "../brand-kit";
import { kitColumn } from "../brand-kit-store";
import type { WidgetChange } from "./widget-schema";

export const widgetById = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      campaign_id: campaignWidgets.campaign_id,
      settings: campaignWidgets.settings,
      kit: kitColumn(sql`(SELECT brand_id FROM campaigns WHERE id = campaign_widgets.campaign_id)`),
      slug: sql<string>`(SELECT slug FROM brands WHERE id = (SELECT brand_id FROM campaigns WHERE id = campaign_widgets.campaign_id))`.as(
        "slug",
      ),
    })
    .from(campaignWidgets)
    .where(eq(campaignWidgets.campaign_id, ownCampaign(memberId, campaignId)));

/** Null resets a field to its default. */
export type Patch = { [Field in keyof WidgetChange]: WidgetChange[Field] | null };

/** The value that `campaign_widgets` inherits from its brand for setting `j`. */
const INHERITED = `CASE j.key ${Object.entries(inheritedFrom)
  .map(
    ([name, columns]) => `WHEN '${name}' THEN ${columns.length > 1 ? `coalesce(${columns.join(", ")})` : columns[0]}`,
  )
  .join(" ")} END`;

/** The changed settings that equal the brand's kit. They stay unset, so they follow future changes of the kit. */
const followed = (patch: string) => sql`(SELECT json_group_object(j.key, NULL) FROM json_each(${patch}) j
  JOIN brands b ON b.id = (SELECT brand_id FROM campaigns c WHERE c.id = campaign_widgets.campaign_id)
  WHERE j.value = ${sql.raw(INHERITED)})`;

/** Objects that are replaced as a whole. */
const REPLACED = ["texts", "share_messages"] as const;

/** Merges the change into the stored settings. An empty change writes nothing. */
export const updateWidget = (db: Db, memberId: number, campaignId: number, change: Patch) => {
  const patch = JSON.stringify(change);
  const whole = REPLACED.filter((name) => change[name]).map((name) => `$.${name}`);
  const base = sql`json_remove(${campaignWidgets.settings}${sql.join(whole.map((path) => sql`, ${path}`))})`;
  return db
    .update(campaignWidgets)
    .set({ settings: sql`json_patch(json_patch(${base}, ${patch}), ${followed(patch)})` })
    .where(and(eq(campaignWidgets.campaign_id, ownCampaign(memberId, campaignId)), sql`${patch} <> '{}'`));
};
