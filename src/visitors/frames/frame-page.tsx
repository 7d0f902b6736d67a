import { wordsOf } from "../../campaigns/widget/widget";
import type { Widget } from "../../campaigns/widget/widget-schema";
import { widgetDefaults } from "../../campaigns/widget/widget-schema";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { directionOf, type Texts, textsOf } from "../../texts/text";
import { Trap, trapCss, turnstilePage } from "../bots/honeypot";
import type { WidgetConfig } from "../widget-api/widget-config";
import { Act, card } from "./card";
import { panelCss } from "./css";
import { firstSize } from "./first-size";
import { MailIcon } from "./icons";
import { Panel, type PanelState, panelScripts } from "./panel";

type PanelPage = {
  config: WidgetConfig;
  language: string;
  action: string;
  form_token: string;
  state?: PanelState;
  referral?: string | null;
  invitation?: string;
  mode?: Widget["placement"];
};

const noindex = <meta name="robots" content="noindex" />;

/** A frame's document, with only the panel. */
export function framePage({ config, language, form_token, state, ...panel }: PanelPage, ancestors: string): Page {
  const texts = textsOf(language, config.widget.texts);
  const { turnstile_site_key: site_key } = config.widget;
  const needsTurnstile = site_key !== null && (state?.step ?? "form") === "form";
  const trap = <Trap form_token={form_token} site_key={site_key} language={language} texts={texts} />;
  return {
    title: titleOf(config, texts),
    language,
    direction: directionOf(language),
    head: (
      <>
        {noindex}
        {needsTurnstile && turnstilePage.head}
      </>
    ),
    css: `html{background:transparent}body{margin:0;padding:1px}${panelCss(config.widget)}.frame .panel-card{box-shadow:none}${trapCss}`,
    scripts: panelScripts,
    bodyClass: "frame",
    body: (
      <main>
        <Panel config={config} language={language} texts={texts} state={state} trap={trap} level={1} {...panel} />
      </main>
    ),
    inline: firstSize,
    // Turnstile's frame does not load in isolated pages.
    policy: { ancestors, ...(needsTurnstile ? turnstilePage.policy : { isolation: isolationOf(config) }) },
  };
}

/** Images may come from anywhere, and few websites allow theirs under `require-corp`. */
function isolationOf({ brand_logo_url, reward, widget, rules }: WidgetConfig) {
  const own = [widget.banner_image_url, widget.left_image, widget.background_image];
  const images = [brand_logo_url, reward.image_url, ...own];
  return [...images, ...rules.map(({ image_url }) => image_url)].some(Boolean) ? "credentialless" : "require-corp";
}

const titleOf = (config: WidgetConfig, texts: Texts) =>
  plainText(wordsOf(config.widget, texts).header_title).slice(0, 200) || config.campaign_name;

/** The participant's own page. It works completely without scripts. */
export function statusPage(config: WidgetConfig, language: string, state: PanelState, form_token: string): Page {
  const page = framePage(
    { config, language, state, action: `/widget/${config.campaign_id}/embed`, form_token },
    "'none'",
  );
  return { ...page, bodyClass: "status", css: page.css + statusCss };
}

const statusCss = `
body{background:#f6f7f9;min-block-size:100vh}
main{max-inline-size:680px;margin-inline:auto;padding:clamp(12px,4vw,56px) clamp(12px,4vw,24px)}`;

/** The page for an expired link. Offers to send a new one to its owner's email address. */
export function renewalPage(config: WidgetConfig, language: string): Page {
  const texts = textsOf(language, config.widget.texts);
  return card(config.widget, {
    language,
    title: texts.gone_status,
    help: texts.renew_help,
    icon: <MailIcon />,
    action: <Act words={texts.renew_button} />,
  });
}

export function renewedPage(config: WidgetConfig, language: string): Page {
  const texts = textsOf(language, config.widget.texts);
  return card(config.widget, { language, title: texts.check_mail, help: texts.renewed_help, icon: <MailIcon /> });
}

const notes = {
  campaign: ["gone", "gone_campaign"],
  status: ["gone_status", "gone_status_help"],
  busy: ["page_failed", "busy"],
  failed: ["page_failed", "failed"],
} as const satisfies Record<string, readonly [keyof Texts, keyof Texts]>;

/** A notice instead of a panel. It contains nothing about a campaign. */
export function notePage(language: string, why: keyof typeof notes): Page {
  const texts = textsOf(language);
  const [title, help] = notes[why];
  return {
    title: texts[title],
    language,
    direction: directionOf(language),
    head: noindex,
    css: panelCss({ ...widgetDefaults, campaign_id: 0 }) + noteCss,
    body: (
      <main class="panel note">
        <h1 class="panel-title">{texts[title]}</h1>
        <p class="panel-lede">{texts[help]}</p>
      </main>
    ),
    inline: firstSize,
    policy: { ancestors: why === "status" ? "'none'" : "*", isolation: "require-corp" },
  };
}

const noteCss = `
body{margin:0}
.note{max-inline-size:30rem;padding:48px 24px;text-align:center}
.note h1{margin:0;color:var(--text)}
.panel.note p{margin-block-start:12px;color:var(--muted)}`;
