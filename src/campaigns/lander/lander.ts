import { campaignStatus, type Lifecycle } from "../../ledger/records/lifecycle";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit, type Statement } from "../../lib/db";
import { shownDomain } from "../../lib/domain";
import type { Made } from "../../lib/edge";
import { notFound } from "../../lib/errors";
import { languageFor, textsOf } from "../../texts/text";
import type { BrandKit } from "../brand-kit";
import { closedWords } from "../closed-words";
import { dropCampaignCopies } from "../copies";
import { droppingDraft } from "../drafts/draft";
import { readPromised } from "../rules/promised-rule";
import { promisedRulesOf } from "../rules/promised-rule-store";
import { asWidget } from "../widget/widget";
import { FONT_COLOR, headWords, unsetLooks } from "./lander-looks";
import { type Lander, LanderChange, type PublicLander } from "./lander-schema";
import * as store from "./lander-store";

type Row = Lifecycle & {
  campaign_id: number;
  campaign_name: string;
  settings: LanderChange | null;
  widget: Record<string, unknown>;
  brand_id: number;
  domain: string;
  brand_name: string;
  kit: BrandKit;
  slug: string;
  url: string;
  description: string | null;
  logo_url: string | null;
  background_image: string | null;
  socials: { social: string; profile_url: string }[];
};

/** A campaign's stored landing page, as an unrun query. */
export const storedLander = store.landerById;

/** The campaign's widget, its language, and its texts. */
function spokenBy(row: Pick<Row, "campaign_id" | "widget" | "kit">) {
  const widget = asWidget({ campaign_id: row.campaign_id, settings: row.widget, kit: row.kit });
  const language = languageFor(widget.language, undefined);
  return { widget, language, texts: textsOf(language, widget.texts) };
}

/** The settings, with defaults for unset ones: the widget's texts and the brand's image. */
export const asLander = (row: Row): Lander => {
  const settings = row.settings ?? {};
  const template_id = settings.template_id ?? 1;
  const { widget, texts } = spokenBy(row);
  const words = headWords(settings, widget, texts);
  return {
    footer_title: "",
    footer_description: "",
    background_type: row.background_image ? "image" : "color",
    background_image: row.background_image,
    font_color: FONT_COLOR,
    ...unsetLooks(settings, row.background_image, widget),
    ...settings,
    header_title: words.title,
    header_description: words.lede,
    button_text: words.button,
    template_id,
    campaign_id: row.campaign_id,
    lander: row.settings ? `lander_${template_id}` : "default",
    is_default: row.settings === null,
  };
};

/** @throws 404 for another member's campaign */
export async function landerOf(ctx: MemberCtx, campaignId: number): Promise<Lander> {
  const [[row]] = await ctx.db.batch([store.landerById(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!row) throw notFound("campaign");
  return asLander(row);
}

/** @throws 404 */
export const changeLander = (ctx: MemberCtx, campaignId: number, change: LanderChange): Promise<Lander> =>
  write(ctx, campaignId, change, []);

/**
 * Publishes the editor's settings and deletes the draft. Fields missing from `settings` get their defaults.
 * @throws 404
 */
export function publishLander(ctx: MemberCtx, campaignId: number, settings: LanderChange): Promise<Lander> {
  const unset = Object.fromEntries(Object.keys(LanderChange.shape).map((name) => [name, null]));
  return write(ctx, campaignId, { ...unset, ...settings }, [droppingDraft(ctx, campaignId, "lander")]);
}

async function write(ctx: MemberCtx, campaignId: number, change: store.Patch, further: Statement[]): Promise<Lander> {
  const { memberId } = ctx.actor;
  const [, [row]] = await commit(
    ctx,
    store.upsertLander(ctx.db, memberId, campaignId, change),
    store.landerById(ctx.db, memberId, campaignId),
    ...further,
  );
  if (!row) throw notFound("campaign");
  await dropCampaignCopies(ctx, [campaignId], row.slug);
  return asLander(row);
}

/**
 * The data for rendering a landing page.
 * @throws 404 if the campaign does not exist, or is private and another account's
 */
export async function publicLander(ctx: Ctx, campaignId: number): Promise<Made<PublicLander>> {
  const memberId = ctx.actor.kind === "member" ? ctx.actor.memberId : null;
  const [[row], [promised]] = await ctx.db.batch([
    store.visibleLander(ctx.db, memberId, campaignId),
    promisedRulesOf(ctx.db, campaignId),
  ]);
  if (!row) throw notFound("campaign");
  const status = campaignStatus(row, ctx.now());
  const starts_at = row.starts_at?.toISOString() ?? null;
  const { language, texts } = spokenBy(row);
  const closed = closedWords({ status, starts_at }, texts, language);
  const { brand_id, domain, slug, url, logo_url, background_image, socials } = row;
  const body = {
    ...Object.fromEntries(socials.map(({ social, profile_url }) => [socialField(social), profile_url])),
    ...asLander(row),
    campaign_name: row.campaign_name,
    status,
    starts_at,
    ends_at: row.ends_at?.toISOString() ?? null,
    status_title: closed.title,
    status_text: closed.text,
    brand_domain: domain,
    brand_name: shownDomain(row.brand_name),
    brand_logo_url: logo_url,
    brand_background_image: background_image,
    brand: { id: brand_id, domain, slug, url, logo_url, background_image },
    rules: readPromised(promised?.rules ?? "[]"),
    social_urls: socials,
  };
  return { body, shared: row.publish === "public" };
}

const socialField = (social: string) => `${social.toLowerCase().replace(/[^a-z0-9]+/g, "_")}_url`;
