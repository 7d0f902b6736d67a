import type { Child } from "hono/jsx";
import { wordsOf } from "../../campaigns/widget/widget";
import type { Widget } from "../../campaigns/widget/widget-schema";
import type { AppError } from "../../lib/errors";
import { Rich, RichTitle } from "../../lib/html";
import type { Texts } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";
import { ClosedStep } from "./closed";
import { MailStep } from "./email-notice";
import { Countdown, Totals } from "./extras";
import { FormStep, type FormValues } from "./join-form";
import type { Leader, Me } from "./me";
import { lookOf } from "./palette";
import { ShareStep } from "./share";

/**
 * The visitor's step. After signup, it includes their own numbers and the token that the script uses to refresh them.
 */
export type PanelState =
  | {
      step: "form";
      values?: FormValues;
      errors?: Partial<Record<string, string>>;
      /** The signup's error, unless it was about the fields. */
      refusal?: AppError;
    }
  | { step: "mail"; why: "known" | "confirm" }
  | { step: "share"; me: Me; token: string; leaders?: Leader[] };

export type PanelProps = {
  config: WidgetConfig;
  texts: Texts;
  language: string;
  /** The URL that the form posts to: `/widget/{campaignId}/embed`. */
  action: string;
  /** The visitor's referral code, if the server knows it. The script also looks for `?ref=`. */
  referral?: string | null;
  state?: PanelState;
  /** Who invites the visitor, and what they get. Empty for other visitors, and hidden while they are a participant. */
  invitation?: string;
  mode?: Widget["placement"];
  /** The bot checks of the form (`<Trap>`). */
  trap?: Child;
  /** If false, leaves out the title, description, and images, for pages that show them elsewhere. */
  hasHeader?: boolean;
  /** The title's heading level: 1 if the panel is the whole page. */
  level?: 1 | 2;
};

/** The script that enhances all panels on a page. The form also works without it. */
export const panelScripts = ["/frame.js"];

/**
 * The form and the steps after it, in the campaign's style. The page must include `panelCss(widget)`. All steps are
 * rendered; one is visible.
 */
export function Panel(props: PanelProps) {
  const { config, texts, language, mode = "embed", state = { step: "form" }, hasHeader = true, level = 2 } = props;
  const { invitation = "" } = props;
  const { widget } = config;
  const words = wordsOf(widget, texts);
  return (
    <section
      class={`panel look-${lookOf(widget.template_id)} mode-${mode} back-${widget.background_type}`}
      data-panel
      data-campaign={String(config.campaign_id)}
      data-step={state.step}
      data-language={language}
      data-width={widget.widget_width ?? undefined}
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
              {config.brand_logo_url && <img class="panel-logo" src={config.brand_logo_url} alt={config.brand_name} />}
              {invitation !== "" && <p class="panel-invitation">{invitation}</p>}
              {/* Not an h1: a setting may contain elements that a heading cannot. */}
              {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
              <div class="panel-title" role="heading" aria-level={level}>
                <RichTitle text={words.header_title} />
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
            {config.status === "live" ? (
              <FormStep {...props} words={words} state={state} level={level} />
            ) : (
              <ClosedStep config={config} texts={texts} language={language} state={state} level={level} />
            )}
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

/** The texts that the script needs. */
const SAID = [
  "required",
  "bad_email",
  "failed",
  "busy",
  "captcha_failed",
  "campaign_not_live",
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
  "your_credit",
  "reward_credit",
  "reward_held",
  "reward_unapproved",
  "reward_checking",
  "reward_confirm",
  "reward_not_counted",
  "reward_revoked",
  "limit_total",
  "limit_month",
  "limit_budget",
  "reward_expires",
  "coupon_valid",
  "reward_expired",
  "reward_rest_expired",
  "somebody",
  "waitlist_place",
  "waitlist_admitted",
  "hello",
  "invite_hint",
  "invite_sent",
  "mail_a_friend",
  "friend_joined",
  "friend_waiting",
  "own_word_taken",
  "own_word_bad",
  "must_agree",
  "bad_phone",
] as const satisfies (keyof Texts)[];
const scriptTexts = (texts: Texts) => Object.fromEntries(SAID.map((name) => [name, texts[name]]));
