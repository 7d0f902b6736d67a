import { Hono } from "hono";
import { z } from "zod";
import { type RewardRow, type RewardValue, WITHOUT_COUPON } from "../../../drizzle/schema";
import { unaudited } from "../../auth/audited";
import type { PageContext, PageEnv } from "../../auth/page-session";
import { CampaignChange } from "../../campaigns/campaign/campaign-schema";
import { RewardSettingsChange } from "../../campaigns/reward/reward-settings-schema";
import { WidgetChange } from "../../campaigns/widget/widget-schema";
import { toReward } from "../../ledger/records/earned-reward";
import { valueFields } from "../../ledger/records/reward-fields";
import { kindFacts } from "../../ledger/records/reward-kinds";
import { takesUploads } from "../../lib/body-limit";
import { columnOf } from "../../lib/fields";
import { render } from "../../lib/html";
import { framePage } from "../../visitors/frames/frame-page";
import type { PanelState } from "../../visitors/frames/panel";
import { toConfig, type WidgetConfig } from "../../visitors/widget-api/widget-config";
import { sampleCampaign } from "../editors/sample-campaign";
import { bodyOf, valueAt } from "../ui/form";
import { defaultsOf, templateNames } from "./wizard-templates";

const PATH = "/campaigns/preview";

/** An invalid value is replaced by the template's. */
const lenient = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);
const rewardFields = Object.fromEntries(
  valueFields.map((name) => [`reward.${name}`, lenient(RewardSettingsChange.shape[name])]),
);
const look = WidgetChange.shape;
const Fields = z.object({
  template: z.enum(templateNames).catch("refer"),
  made_for: lenient(z.enum(templateNames)),
  show: z.enum(["join", "share"]).catch("join"),
  goal_type: lenient(CampaignChange.shape.goal_type),
  num_signups: lenient(CampaignChange.shape.num_signups),
  num_visits: lenient(CampaignChange.shape.num_visits),
  reward_type: lenient(RewardSettingsChange.shape.reward_type),
  ...rewardFields,
  "widget.template_id": lenient(look.template_id),
  "widget.color": lenient(look.color),
  "widget.button_color": lenient(look.button_color),
  "widget.header_title": lenient(look.header_title),
  "widget.description": lenient(look.description),
  "widget.button_text": lenient(look.button_text),
  "widget.success_message": lenient(look.success_message),
});
type Fields = z.infer<typeof Fields>;
type Setting = (name: keyof Fields | `reward.${string}`) => unknown;
export const previewFields = Object.keys(Fields.shape);

/** Previews a campaign that does not exist yet, using the widget's own code. It only shows what was submitted. */
export const previewPage = new Hono<PageEnv>();

previewPage.get(PATH, (c) => preview(c, c.req.query()));
previewPage.post(PATH, takesUploads, unaudited("It shows a preview and changes nothing."), async (c) => {
  return preview(c, await bodyOf(c));
});

async function preview(c: PageContext, sent: Record<string, unknown>) {
  const fields = Fields.parse(sent);
  const { ctx } = c.var;
  const set = settingOf(fields, ctx.now());
  const config = configOf(set);
  const state = fields.show === "share" ? shared(config, set, ctx) : undefined;
  const page = framePage({ config, language: "en", action: "", form_token: "", state }, "'self'");
  // Scripts are off, and our own pages do not need isolation, which would block other sites' images.
  const shown = { ...page, css: `${page.css}body{padding:16px}`, scripts: [], inline: "" };
  const { html, headers } = await render({ ...shown, policy: { ancestors: "'self'" } });
  return c.body(html, 200, { ...headers, "Cache-Control": "private, no-store" });
}

/** Returns the submitted value of a field, or the template's. If the template was just changed, always the template's. */
function settingOf(fields: Fields, now: Date): Setting {
  const { template, made_for } = fields;
  const defaults = defaultsOf(template, now);
  const isStale = made_for !== undefined && made_for !== template;
  const sent: Record<string, unknown> = isStale ? {} : fields;
  return (name) => sent[name] ?? valueAt(defaults, name) ?? undefined;
}

function configOf(set: Setting): WidgetConfig {
  const settings = Object.fromEntries(
    previewFields
      .filter((name) => name.startsWith("widget."))
      .map((name) => [name.slice("widget.".length), set(name as keyof Fields)]),
  );
  return toConfig(
    {
      ...sampleCampaign,
      goal_type: set("goal_type") === "visit" ? "visit" : "signup",
      num_signups: Number(set("num_signups") ?? 1),
      num_visits: Number(set("num_visits") ?? 1),
      reward_type: Number(set("reward_type") ?? 1),
      settings,
    },
    null,
  );
}

const SAMPLE_CODE = "YOUR-CODE-1";

/** A participant who has reached the goal. */
function shared(config: WidgetConfig, set: Setting, ctx: { origin: string; now: () => Date }) {
  const { goal } = config;
  const kind = config.reward.type;
  const { id, fulfilled, value } = kindFacts(kind);
  const own = Object.keys(value).map((name) => [columnOf(name), set(`reward.${name}`) ?? null]);
  const unset = Object.fromEntries(valueFields.map((name) => [columnOf(name), null]));
  const row = { ...unset, ...Object.fromEntries(own) } as Pick<RewardRow, RewardValue>;
  const reward = toReward({
    ...row,
    redirect_url: row.redirect_url ?? (kind === "redirect" ? ctx.origin : null),
    id: 0,
    campaign_id: 0,
    participant_id: 0,
    role: "referrer",
    reward_type: id,
    status: fulfilled === "by hand" ? "pending" : "fulfilled",
    ...WITHOUT_COUPON,
    coupon: fulfilled === "by code" ? SAMPLE_CODE : null,
    token_transaction: null,
    token_state: null,
    token_reason: null,
    expires_at: null,
    date_expired: null,
    expired_amount: null,
    rule_id: null,
    conversion_id: null,
    amount: null,
    owed_back: null,
    held_until: null,
    needs_approval: null,
    currency: null,
    date_earned: ctx.now(),
    date_fulfilled: null,
    payout_id: null,
  });
  const me = {
    name: "Ada",
    referral_code: "",
    share_url: `${ctx.origin}/t/your-link`,
    links: [],
    referral_count: goal.type === "signup" ? goal.target : 0,
    click_count: goal.target,
    goal: { ...goal, current: goal.target, met: true },
    rank: null,
    rewards: [{ ...reward, why: null, confirm_email: false }],
  };
  return { step: "share", token: "", me } satisfies PanelState;
}
