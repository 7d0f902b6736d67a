import { and, eq, or, sql } from "drizzle-orm";
import { brands, campaignLanders, campaigns, campaignWidgets, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { brandName, kitColumn } from "../brand-kit-store";
import { shownReward } from "../reward/shown-reward-store";
import type { LanderChange } from "./lander-schema";

/**
 * A campaign with everything that its landing page needs, including the widget's texts. `settings` is null if none were
 * stored.
 */
const landers = (db: Db) =>
  db
    .select({
      campaign_id: sql<number>`${campaigns.id}`.as("campaign_id"),
      campaign_name: sql<string>`${campaigns.name}`.as("campaign_name"),
      publish: sql<string>`${campaigns.publish}`.as("publish"),
      stage: campaigns.stage,
      starts_at: campaigns.starts_at,
      ends_at: campaigns.ends_at,
      settings: sql<LanderChange | null>`${campaignLanders.settings}`.mapWith(campaignLanders.settings).as("settings"),
      widget: sql<Record<string, unknown>>`${campaignWidgets.settings}`.mapWith(campaignWidgets.settings).as("widget"),
      brand_id: sql<number>`${brands.id}`.as("brand_id"),
      domain: sql<string>`${brands.domain}`.as("domain"),
      slug: sql<string>`${brands.slug}`.as("slug"),
      brand_name: brandName(),
      kit: kitColumn(),
      shown_reward: shownReward(),
      url: sql<string>`${brands.url}`.as("url"),
      description: sql<string | null>`${brands.description}`.as("description"),
      logo_url: sql<string | null>`${brands.logo_url}`.as("logo_url"),
      background_image: sql<string | null>`${brands.background_image}`.as("background_image"),
      socials: sql<{ social: string; profile_url: string }[]>`${brands.socials}`.mapWith(brands.socials).as("socials"),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .innerJoin(campaignWidgets, eq(campaignWidgets.campaign_id, campaigns.id))
    .leftJoin(campaignLanders, eq(campaignLanders.campaign_id, campaigns.id));

export const landerById = (db: Db, memberId: number, campaignId: number) =>
  landers(db).where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));

/** A landing page, if it is public or the member's own. */
export const visibleLander = (db: Db, memberId: number | null, campaignId: number) =>
  landers(db).where(
    and(
      eq(campaigns.id, campaignId),
      or(
        and(eq(campaigns.publish, "public"), eq(campaigns.is_suspended, false)),
        eq(campaigns.member_id, memberId ?? 0),
      ),
    ),
  );

/** Null resets a field to its default. */
export type Patch = { [Field in keyof LanderChange]: LanderChange[Field] | null };

/** Stores the landing page, or merges the change into the stored one. */
export const upsertLander = (db: Db, memberId: number, campaignId: number, change: Patch) => {
  const patch = JSON.stringify(change);
  return db.run(sql`INSERT INTO campaign_landers (campaign_id, settings)
    SELECT id, json_patch('{}', ${patch}) FROM campaigns WHERE id = ${ownCampaign(memberId, campaignId)}
    ON CONFLICT DO UPDATE SET settings = json_patch(settings, ${patch})`);
};
