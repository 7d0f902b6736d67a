import type { Child } from "hono/jsx";
import { wordsOf } from "../../campaigns/widget/widget";
import type { Widget } from "../../campaigns/widget/widget-schema";
import type { AppError } from "../../lib/errors";
import { Rich } from "../../lib/html";
import type { Texts } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";
import { MailStep } from "./email-notice";
import { Countdown, Totals } from "./extras";
import { FormStep, type FormValues } from "./join-form";
import type { Leader, Me } from "./me";
import { lookOf } from "./palette";
import { ShareStep } from "./share";

/** Where a visitor stands. Whoever is in brings his own numbers, and the token that the script asks for later ones with. */
export type PanelState =
  | {
      step: "form";
      values?: FormValues;
      errors?: Partial<Record<keyof FormValues | "form", string>>;
      /** Why the signup was not taken, where it was not for what was typed. */
      refusal?: AppError;
    }
  | { step: "mail"; why: "known" | "confirm" }
  | { step: "share"; me: Me; token: string; leaders?: Leader[] };

export type PanelProps = {
  /** The public configuration, as `widgetConfig` gives it. */
  config: WidgetConfig;
  texts: Texts;
  language: string;
  /** Where the form is posted: `/widget/{campaignId}/embed`. */
  action: string;
  /** The code that the visitor came with, if the server knows it; the script looks for `?ref=` itself. */
  referral?: string | null;
  state?: PanelState;
  mode?: Widget["placement"];
  /** The form's traps (`<Trap>`). */
  trap?: Child;
  /** False leaves out title, description and images, for pages that show them in their own way. */
  hasHeader?: boolean;
  /** The title's level: 1 where the panel is the whole page. */
  level?: 1 | 2;
};

/** The script that enhances every panel of a page. Without it the form works all the same. */
export const panelScripts = ["/frame.js"];

/** The form, and what follows it, in the campaign's looks. Its page carries `panelCss(widget)`. All steps are in the document; one shows. */
export function Panel(props: PanelProps) {
  const { config, texts, language, mode = "embed", state = { step: "form" }, hasHeader = true, level = 2 } = props;
  const { widget } = config;
  const words = wordsOf(widget, texts);
  return (
    <section
      class={`panel look-${lookOf(widget.template_id)} mode-${mode} back-${widget.background_type}`}
      data-panel
      data-campaign={String(config.campaign_id)}
      data-step={state.step}
      data-language={language}
      data-token={state.step === "share" ? state.token : undefined}
      data-leaders={config.leaderboard ? "" : undefined}
      data-texts={JSON.stringify(scriptTexts(texts))}
    >
      <div class="panel-card">
        {hasHeader && widget.banner_image_url && widget.header_background_type !== "image" && (
          <img class="panel-banner" src={widget.banner_image_url} alt="" />
        )}
        <div class="panel-columns">
          {hasHeader && (
            <header class={`panel-head head-${widget.header_background_type}`}>
              {config.brand_logo_url && (
                <img class="panel-logo" src={config.brand_logo_url} alt={config.brand_domain} />
              )}
              {/* Not an h1: a setting may hold elements that a heading cannot. */}
              {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
              <div class="panel-title" role="heading" aria-level={level}>
                <Rich text={words.header_title} />
              </div>
              <div class="panel-lede">
                <Rich text={words.description} />
              </div>
              <Countdown end={config.countdown_end} texts={texts} />
              <Totals stats={config.stats} texts={texts} language={language} />
              {widget.left_image && <img class="panel-side" src={widget.left_image} alt="" />}
            </header>
          )}
          <div class="panel-body">
            <FormStep {...props} words={words} state={state} level={level} />
            <MailStep
              texts={texts}
              why={state.step === "mail" ? state.why : null}
              action={props.action}
              level={level}
            />
            <ShareStep {...props} words={words} state={state} level={level} />
          </div>
        </div>
      </div>
      <p class="panel-sr" role="status" data-live></p>
    </section>
  );
}

/** What the script says by itself. */
const SAID = [
  "required",
  "bad_email",
  "failed",
  "busy",
  "captcha_failed",
  "form_expired",
  "disposable_email",
  "copied",
  "goal_left",
  "goal_met",
  "reward_new",
  "reward_referrer",
  "reward_invited",
  "reward_owed",
  "reward_paid",
  "reward_waiting",
  "somebody",
  "hello",
  "invite_sent",
] as const satisfies (keyof Texts)[];
const scriptTexts = (texts: Texts) => Object.fromEntries(SAID.map((name) => [name, texts[name]]));
