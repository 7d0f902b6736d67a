import { and, desc, eq, sql } from "drizzle-orm";
import {
  brands,
  campaignLanders,
  campaignStats,
  campaigns,
  campaignWidgets,
  type Social,
} from "../../../drizzle/schema";
import { brandName } from "../../campaigns/brand-kit-store";
import type { LanderChange } from "../../campaigns/lander/lander-schema";
import type { Widget } from "../../campaigns/widget/widget-schema";
import type { Db } from "../../lib/db";

/** A literal instead of a parameter, so SQLite uses the partial index on public campaigns. */
const isPublic = sql`${campaigns.publish} = 'public' AND NOT ${campaigns.is_suspended}`;

/** The campaigns listed on brands' pages and in the sitemap. */
const isListed = sql`${isPublic} AND ${campaigns.stage} NOT IN ('draft', 'archived')`;

const lander = sql<LanderChange | null>`${campaignLanders.settings}`.mapWith(campaignLanders.settings).as("lander");
const campaignName = sql<string>`${campaigns.name}`.as("name");
const socials = sql<Social[]>`${brands.socials}`.mapWith(brands.socials).as("socials");

/**
 * A public campaign with everything its page needs except the widget. Not limited to a member, because it is public.
 */
export const publicCampaign = (db: Db, campaignId: number) =>
  db
    .select({
      name: campaignName,
      lander,
      slug: sql<string>`${brands.slug}`.as("slug"),
      domain: sql<string>`${brands.domain}`.as("domain"),
      brand_name: brandName(),
      url: sql<string>`${brands.url}`.as("url"),
      link_host: brands.link_host,
      logo_url: sql<string | null>`${brands.logo_url}`.as("logo_url"),
      background_image: sql<string | null>`${brands.background_image}`.as("background_image"),
      socials,
      is_test: sql`EXISTS (SELECT 1 FROM members m WHERE m.id = ${campaigns.member_id} AND m.test_of IS NOT NULL)`
        .mapWith(Boolean)
        .as("is_test"),
      has_aliases: sql`EXISTS (SELECT 1 FROM aliases a WHERE a.campaign_id = ${campaigns.id})`
        .mapWith(Boolean)
        .as("has_aliases"),
    })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .leftJoin(campaignLanders, eq(campaignLanders.campaign_id, campaigns.id))
    .where(and(eq(campaigns.id, campaignId), isPublic));

export const brandBySlug = (db: Db, slug: string) =>
  db
    .select({
      slug: brands.slug,
      domain: brands.domain,
      name: brandName("name"),
      color: brands.color,
      button_color: brands.button_color,
      font_family: brands.font_family,
      url: brands.url,
      link_host: brands.link_host,
      description: brands.description,
      logo_url: brands.logo_url,
      background_image: brands.background_image,
      socials: brands.socials,
    })
    .from(brands)
    .where(eq(brands.slug, slug));

/** A brand's public campaigns, newest first. */
export const publicCampaignsOf = (db: Db, slug: string, most: number) =>
  db
    .select({
      id: sql<number>`${campaigns.id}`.as("id"),
      name: campaignName,
      countdown_end: sql<Date | null>`CASE WHEN ${campaigns.allow_countdown} THEN ${campaigns.countdown_end} END`
        .mapWith(campaigns.countdown_end)
        .as("countdown_end"),
      lander,
      widget: sql<Partial<Widget>>`${campaignWidgets.settings}`.mapWith(campaignWidgets.settings).as("widget"),
      total_participants: campaignStats.total_participants,
      stage: campaigns.stage,
      starts_at: campaigns.starts_at,
      ends_at: campaigns.ends_at,
    })
    .from(campaigns)
    .innerJoin(campaignWidgets, eq(campaignWidgets.campaign_id, campaigns.id))
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .leftJoin(campaignLanders, eq(campaignLanders.campaign_id, campaigns.id))
    .where(and(sql`${campaigns.brand_id} = (SELECT id FROM brands WHERE slug = ${slug})`, isListed))
    .orderBy(desc(campaigns.id))
    .limit(most);

/**
 * Public campaigns of all brands, newest brand first. The lower bound makes SQLite search their index instead of
 * scanning it.
 */
export const publicPages = (db: Db, most: number) =>
  db
    .select({ id: sql<number>`${campaigns.id}`.as("id"), slug: sql<string>`${brands.slug}`.as("slug") })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(and(isListed, sql`${campaigns.brand_id} > 0`))
    .orderBy(desc(campaigns.brand_id))
    .limit(most);
