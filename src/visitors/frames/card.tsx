import type { Child } from "hono/jsx";
import type { Widget } from "../../campaigns/widget/widget-schema";
import type { Page } from "../../lib/html";
import { directionOf } from "../../texts/text";
import { panelCss } from "./css";

type Said = { language: string; title: string; help: string; icon: Child; action?: Child };

/** A card in the middle of the page, with a title, a sentence, and at most one action. */
export const card = (widget: Widget, { language, title, help, icon, action }: Said): Page => ({
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

/** The card's one action requires a click: email scanners follow links but do not press buttons. */
export const Act = ({ words }: { words: string }) => (
  <form method="post" action="">
    <button class="panel-button" type="submit">
      {words}
    </button>
  </form>
);

const pageCss = `
body{margin:0;min-block-size:100vh;display:grid;place-items:center;padding:24px 16px;background:#f6f7f9}
main.panel{max-inline-size:30rem}
.panel .panel-mail{padding:clamp(32px,8cqi,48px) clamp(24px,8cqi,48px);gap:12px}
.panel h1.panel-done{margin-block:8px 0;font-size:1.375rem}
.panel-mail>:is(form,a){margin-block-start:16px}
.panel-mail .panel-button{padding-inline:24px}`;
