import type { Child } from "hono/jsx";
import { widgetDefaults } from "../../campaigns/widget/widget-schema";
import type { Page } from "../../lib/html";
import type { Person } from "../../participants/confirmations/confirmation";
import { directionOf, fill, textsOf } from "../../texts/text";
import { panelCss } from "../frames/css";
import { CheckIcon, MailIcon } from "../frames/icons";

type Said = { language: string; title: string; help: string; icon: Child; action?: Child };

/** A card in the middle of the page, with a title, a sentence and at most one action. */
const card = (widget: Person["widget"], { language, title, help, icon, action }: Said): Page => ({
  title,
  language,
  direction: directionOf(language),
  head: <meta name="robots" content="noindex" />,
  css: panelCss(widget) + pageCss,
  body: (
    <main class="panel">
      <div class="panel-card">
        <div class="panel-body panel-step panel-mail">
          <span class="panel-badge">{icon}</span>
          <h1 class="panel-done">{title}</h1>
          <p>{help}</p>
          {action}
        </div>
      </div>
    </main>
  ),
});

const pageCss = `
body{margin:0;min-block-size:100vh;display:grid;place-items:center;padding:24px 16px;background:#f6f7f9}
main.panel{max-inline-size:30rem}
.panel .panel-mail{padding:clamp(32px,8cqi,48px) clamp(24px,8cqi,48px);gap:12px}
.panel h1.panel-done{margin-block:8px 0;font-size:1.375rem}
.panel-mail>:is(form,a){margin-block-start:16px}
.panel-mail .panel-button{padding-inline:24px}`;

/** Asks for a click on a button: programs that scan emails follow links, but press no buttons. */
export function askPage({ widget, campaign_name, brand_domain }: Person, language: string): Page {
  const texts = textsOf(language, widget.texts);
  return card(widget, {
    language,
    title: texts.confirm_title,
    help: fill(texts.confirm_help, { campaign_name, brand_name: brand_domain }),
    icon: <MailIcon />,
    action: (
      <form method="post" action="">
        <button class="panel-button" type="submit">
          {texts.confirm_button}
        </button>
      </form>
    ),
  });
}

export function thanksPage({ widget }: Person, language: string, statusUrl: string): Page {
  const texts = textsOf(language, widget.texts);
  return card(widget, {
    language,
    title: texts.confirmed_title,
    help: texts.confirmed_help,
    icon: <CheckIcon />,
    action: (
      <a class="panel-button" href={statusUrl}>
        {texts.confirmed_button}
      </a>
    ),
  });
}

/** For a link that is invalid or has expired. */
export function gonePage(language: string): Page {
  const texts = textsOf(language);
  return card(
    { ...widgetDefaults, campaign_id: 0 },
    { language, title: texts.confirm_gone, help: texts.confirm_gone_help, icon: <MailIcon /> },
  );
}
