import type { z } from "zod";
import { type BrandKit, inherited } from "../../campaigns/brand-kit";
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
    settings: widgetShown(draft?.settings ?? row.settings, row.kit),
    kit: row.kit,
    published: asWidget(row),
    unset: asWidget({ ...row, settings: {} }),
    draft: draft ?? null,
  };
}

/** Settings whose form fields show the default as the selected value. */
const CHOSEN = ["placement", "template_id", "header_background_type", "background_type", "language"] as const;
const chosen = Object.fromEntries(CHOSEN.map((name) => [name, widgetDefaults[name]]));

const TERNARY: Record<string, boolean> = { true: true, false: false };

/** Converts the form's values to what the API's schema accepts. */
export function widgetSent(values: unknown): Values {
  const said = filledIn(values) as Values;
  const { leaderboard_on, fields } = said;
  return {
    ...said,
    ...(fields !== undefined && { fields: questionsSent(fields) }),
    ...(typeof leaderboard_on === "string" && { leaderboard_on: TERNARY[leaderboard_on] ?? leaderboard_on }),
  };
}

/** The reverse. Values from the brand kit are left empty. */
function widgetShown({ fields, ...settings }: Values, kit: BrandKit): Values {
  const brands = inherited(settings, kit, widgetDefaults);
  const own = Object.fromEntries(Object.entries(settings).filter(([name]) => !(name in brands)));
  const { leaderboard_on } = own;
  return {
    ...chosen,
    ...shownIn(own),
    ...(typeof leaderboard_on === "boolean" && { leaderboard_on: String(leaderboard_on) }),
    ...(Array.isArray(fields) && { fields: fields.map(questionShown) }),
  };
}

/** The type of a question that chose none, such as the form's empty row. */
const TEXT = "text";

/** Numbered rows, without empty ones. Options are lines. */
const questionsSent = (rows: unknown) =>
  Object.values(Object(rows)).flatMap((row) => {
    const { options, label, ...rest } = Object(row);
    if (!label) return [];
    const lines = String(options ?? "").split(/[\r\n]+/);
    return [{ ...rest, type: rest.type || TEXT, label, options: lines.map((option) => option.trim()).filter(Boolean) }];
  });

const questionShown = (question: { type?: string; options?: string[] }) => ({
  ...question,
  type: question.type === TEXT ? "" : question.type,
  options: (question.options ?? []).join("\n"),
});

/**
 * Changes the entry rules, effective immediately. The secret is kept unless a new one is sent, and removed with the
 * site key.
 * @throws 404
 */
export const changeGate = (ctx: MemberCtx, campaignId: number, gate: z.output<typeof WidgetGate>) => {
  const { turnstile_secret, ...rest } = gate;
  const isOff = rest.turnstile_site_key === null;
  return changeWidget(ctx, campaignId, {
    ...rest,
    ...(isOff ? { turnstile_secret: null } : turnstile_secret && { turnstile_secret }),
  });
};
