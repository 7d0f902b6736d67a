import type { BrandKit } from "../../campaigns/brand-kit";
import type { LanderChange } from "../../campaigns/lander/lander-schema";
import type { Widget } from "../../campaigns/widget/widget-schema";
import { type CampaignStatus, campaignStatus, type Lifecycle } from "../../ledger/records/lifecycle";
import type { Ctx } from "../../lib/ctx";
import { shownDomain } from "../../lib/domain";
import { notFound } from "../../lib/errors";
import { plainText } from "../../lib/richtext";
import { storedConfig, toConfig, type WidgetConfig } from "../widget-api/widget-config";
import * as store from "./hosted-store";

type Social = { social: string; profile_url: string };
type Brand = {
  slug: string;
  domain: string;
  name: string;
  /** Missing in previews. */
  link_host?: string | null;
  url: string;
  logo_url: string | null;
  background_image: string | null;
};

/** The content of a campaign's page, the same for every visitor. It is cached as JSON. */
export type HostedCampaign = {
  id: number;
  name: string;
  brand: Brand & { socials: Social[] };
  /** Only settings that were changed. The rest default to the widget's texts, or to ours in the visitor's language. */
  lander: LanderChange;
  config: WidgetConfig;
  /** Whether participants have codes from other products. Missing in copies from earlier releases. */
  has_aliases?: boolean;
  /** Whether it belongs to an account's test mode. Missing in copies from earlier releases. */
  is_test?: boolean;
};

/** @throws 404 unless it is a public campaign */
export async function hostedCampaign(ctx: Ctx, id: number): Promise<HostedCampaign> {
  const [[row], [config]] = await ctx.db.batch([store.publicCampaign(ctx.db, id), storedConfig(ctx, id)]);
  if (!row || !config) throw notFound("page");
  const { name, lander, has_aliases, is_test, brand_name, ...site } = row;
  const brand = { ...site, name: shownDomain(brand_name) };
  return { id, name, brand, lander: lander ?? {}, config: toConfig(config, ctx.now()), has_aliases, is_test };
}

type Card = {
  id: number;
  name: string;
  widget: Partial<Widget>;
  lander: LanderChange;
  participants: number | null;
  countdown_end: string | null;
  status: CampaignStatus;
  starts_at: string | null;
};

export type HostedBrand = Brand & BrandKit & { description: string | null; socials: Social[]; campaigns: Card[] };

/** The maximum number of campaigns on a brand's page, across all its pages. */
const CARDS_MAX = 200;

/** @throws 404 for an unknown slug or a brand without public campaigns */
export async function hostedBrand(ctx: Ctx, slug: string): Promise<HostedBrand> {
  // The campaigns come first: without one there is no page, and if a replica has none yet, the primary is asked.
  const [rows, [brand]] = await ctx.db.batch([
    store.publicCampaignsOf(ctx.db, slug, CARDS_MAX),
    store.brandBySlug(ctx.db, slug),
  ]);
  if (!brand || rows.length === 0) throw notFound("page");
  return { ...brand, name: shownDomain(brand.name), campaigns: rows.map((row) => asCard(row, ctx.now())) };
}

type CardRow = {
  id: number;
  name: string;
  countdown_end: Date | null;
  lander: LanderChange | null;
  widget: Partial<Widget>;
  total_participants: number;
} & Lifecycle;

function asCard({ id, name, countdown_end, lander, widget, total_participants, ...life }: CardRow, now: Date): Card {
  const { header_title, description, stats_on, stats_start_participants = 0 } = widget;
  const own = widget.allow_countdown ? (widget.countdown_end ?? null) : null;
  return {
    id,
    name,
    widget: { header_title, description },
    lander: { header_title: lander?.header_title, header_description: lander?.header_description },
    participants: stats_on ? total_participants + stats_start_participants : null,
    countdown_end: own ?? countdown_end?.toISOString() ?? null,
    status: campaignStatus(life, now),
    starts_at: life.starts_at?.toISOString() ?? null,
  };
}

/** The start of a text, without HTML. */
export function teaser(text: string, most: number) {
  const plain = plainText(text).replace(/\s+/g, " ").trim();
  if (plain.length <= most) return plain;
  const start = plain.slice(0, most);
  const words = start.slice(0, Math.max(0, start.lastIndexOf(" "))) || start;
  return `${words.trimEnd()}…`.toWellFormed();
}

export const campaignPath = (slug: string, id: number) => `/p/${encodeURIComponent(slug)}/campaign/${id}`;
/** The page in a language. Without one, in each visitor's language or the campaign's own. */
export const inLanguage = (path: string, language?: string) =>
  language ? withParameter(path, "lang", language) : path;

export const withParameter = (path: string, name: string, value: string | number) =>
  `${path}${path.includes("?") ? "&" : "?"}${name}=${value}`;

export const drawsPath = (slug: string) => `${brandPath(slug)}/draws`;
export const brandPath = (slug: string) => `/p/${encodeURIComponent(slug)}`;
