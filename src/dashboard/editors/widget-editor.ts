import type { z } from "zod";
import { campaignHead } from "../../campaigns/campaign-head";
import { storedDraft } from "../../campaigns/drafts/draft";
import { asWidget, changeWidget, storedWidget } from "../../campaigns/widget/widget";
import { type WidgetGate, widgetDefaults } from "../../campaigns/widget/widget-schema";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { filledIn, shownIn } from "./draft-form";

type Values = Record<string, unknown>;

/** A widget for its editor: the draft, otherwise the published settings. @throws 404 */
export async function widgetInEditor(ctx: MemberCtx, campaignId: number) {
  const [[head], [row], [draft]] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    storedWidget(ctx.db, ctx.actor.memberId, campaignId),
    storedDraft(ctx, campaignId, "widget"),
  ]);
  if (!head || !row) throw notFound("campaign");
  return {
    head,
    settings: draft?.settings ?? row.settings,
    published: asWidget(row),
    unset: asWidget({ ...row, settings: {} }),
    draft: draft ?? null,
  };
}

/** Settings whose form fields show the default as a chosen value. */
const CHOSEN = ["placement", "template_id", "header_background_type", "background_type", "language"] as const;
const chosen = Object.fromEntries(CHOSEN.map((name) => [name, widgetDefaults[name]]));

const TERNARY: Record<string, boolean> = { true: true, false: false };

/** Converts the form's values to what the API's schema accepts. */
export function widgetSent(values: unknown): Values {
  const said = filledIn(values) as Values;
  const { leaderboard_on } = said;
  return typeof leaderboard_on === "string"
    ? { ...said, leaderboard_on: TERNARY[leaderboard_on] ?? leaderboard_on }
    : said;
}

/** The reverse. */
export function widgetShown(settings: Values): Values {
  return { ...chosen, ...shownIn(settings) };
}

/**
 * Changes the entry rules, effective immediately. The secret is kept unless a new one is sent, and removed with the
 * site key. @throws 404
 */
export const changeGate = (ctx: MemberCtx, campaignId: number, gate: z.output<typeof WidgetGate>) => {
  const { turnstile_secret, ...rest } = gate;
  const isOff = rest.turnstile_site_key === null;
  return changeWidget(ctx, campaignId, {
    ...rest,
    ...(isOff ? { turnstile_secret: null } : turnstile_secret && { turnstile_secret }),
  });
};
