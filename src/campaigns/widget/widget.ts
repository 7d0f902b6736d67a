import { seal } from "../../lib/crypto";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit, type Statement } from "../../lib/db";
import { secret } from "../../lib/env";
import { notFound } from "../../lib/errors";
import type { Texts } from "../../texts/text";
import { type BrandKit, inherited } from "../brand-kit";
import { dropCampaignCopies } from "../copies";
import { droppingDraft } from "../drafts/draft";
import { type Widget, type WidgetChange, WidgetLooks, widgetDefaults } from "./widget-schema";
import * as store from "./widget-store";

type Row = { campaign_id: number; settings: Record<string, unknown>; kit: BrandKit };

/** A campaign's stored widget, and the statement that changes it, both unrun. */
export const storedWidget = store.widgetById;
export const changeStoredWidget = store.updateWidget;

/** The stored settings, on top of the brand's kit and the defaults. */
export const asWidget = ({ campaign_id, settings: { turnstile_secret, identity: _, ...shown }, kit }: Row): Widget => ({
  ...widgetDefaults,
  ...shown,
  ...inherited(shown, kit, widgetDefaults),
  campaign_id,
  has_turnstile_secret: Boolean(turnstile_secret),
});

/** The change with its secret encrypted, ready to store. */
export async function sealedChange(ctx: Pick<Ctx, "env">, change: WidgetChange): Promise<WidgetChange> {
  if (!change.turnstile_secret) return change;
  return { ...change, turnstile_secret: await seal(secret(ctx.env, "SEAL_SECRET"), change.turnstile_secret) };
}

/**
 * The widget's texts in a visitor's language. Render these instead of the widget's own fields, whose defaults are
 * English for every campaign. `settings` are the stored ones (or a whole Widget), and `texts` are those of the
 * visitor's language. A field gets the language's text if it was never set, or if it equals the English default,
 * because a client read the settings and wrote them back. All values are basic HTML, for `<Rich>` or `plainText()`.
 */
export function wordsOf(settings: Partial<Record<keyof Widget, unknown>>, texts: Texts) {
  const stored = (field: keyof typeof widgetDefaults, otherwise: string) => {
    const text = settings[field];
    return typeof text === "string" && text !== widgetDefaults[field] ? text : otherwise;
  };
  return {
    header_title: stored("header_title", texts.header_title),
    description: stored("description", texts.description),
    body_text: stored("body_text", texts.body_text),
    field_label_1: stored("field_label_1", texts.name),
    field_label_2: stored("field_label_2", texts.email),
    button_text: stored("button_text", texts.join),
    join_button_text: stored("join_button_text", texts.join_button),
    success_message: stored("success_message", texts.success_message),
    popup_button_text: stored("popup_button_text", texts.popup_button),
  };
}

/** The widget's fonts. Empty if neither the campaign nor the brand chose any. */
export const ownFont = ({ font_family }: Pick<Widget, "font_family">) =>
  font_family === widgetDefaults.font_family ? "" : font_family;

/** @throws 404 for another member's campaign */
export async function widgetOf(ctx: MemberCtx, campaignId: number): Promise<Widget> {
  const [[row]] = await ctx.db.batch([store.widgetById(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!row) throw notFound("campaign");
  return asWidget(row);
}

/** @throws 404 */
export const changeWidget = async (ctx: MemberCtx, campaignId: number, change: WidgetChange): Promise<Widget> =>
  write(ctx, campaignId, await sealedChange(ctx, change), []);

/**
 * Publishes the editor's settings and deletes the draft. Fields missing from `settings` get their defaults.
 * @throws 404
 */
export function publishWidget(ctx: MemberCtx, campaignId: number, settings: WidgetLooks): Promise<Widget> {
  const unset = Object.fromEntries(Object.keys(WidgetLooks.shape).map((name) => [name, null]));
  return write(ctx, campaignId, { ...unset, ...settings }, [droppingDraft(ctx, campaignId, "widget")]);
}

async function write(ctx: MemberCtx, campaignId: number, change: store.Patch, further: Statement[]): Promise<Widget> {
  const { memberId } = ctx.actor;
  const [, [row]] = await commit(
    ctx,
    store.updateWidget(ctx.db, memberId, campaignId, change),
    store.widgetById(ctx.db, memberId, campaignId),
    ...further,
  );
  if (!row) throw notFound("campaign");
  await dropCampaignCopies(ctx, [campaignId], row.slug);
  return asWidget(row);
}
