import type { Child } from "hono/jsx";
import type { Page } from "../../lib/html";
import { directionOf } from "../../texts/text";

/** A page with a single message or question. Links in emails open it. */
export const cardPage = (language: string, title: string, children: Child): Page => ({
  title,
  language,
  direction: directionOf(language),
  head: <meta name="robots" content="noindex" />,
  css,
  body: (
    <main>
      <h1>{title}</h1>
      {children}
    </main>
  ),
});

/** A form with a button and its fields. Without `action`, it posts to the page's own URL. */
export const CardForm = ({ button, action, children }: { button: string; action?: string; children?: Child }) => (
  <form method="post" action={action}>
    {children}
    <button type="submit">{button}</button>
  </form>
);

const css = `
:root{color-scheme:light dark;--ink:#16181d;--quiet:#5b6270;--paper:#fff;--ground:#f5f6f8;--line:#dfe2e8;--accent:#4338ca;--on-accent:#fff;--bad:#b42318}
@media (prefers-color-scheme:dark){:root{--ink:#f2f3f5;--quiet:#a6adbb;--paper:#1b1d22;--ground:#121316;--line:#5a6070;--accent:#a5b4fc;--on-accent:#16181d;--bad:#fda29b}}
*{box-sizing:border-box}
body{margin:0;min-block-size:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--ground);color:var(--ink);
  font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
main{inline-size:100%;max-inline-size:440px;padding:clamp(24px,7vw,40px);background:var(--paper);border-radius:16px;
  box-shadow:0 0 0 1px color-mix(in srgb,var(--line) 60%,transparent),0 12px 32px -12px rgb(16 24 40/.14);overflow-wrap:break-word}
h1{margin:0 0 8px;font-size:24px;line-height:1.3;letter-spacing:-.01em;font-weight:650;text-wrap:balance}
h2{margin:32px 0 4px;font-size:17px;line-height:1.4;font-weight:600}
p{margin:0;color:var(--quiet);text-wrap:pretty}
a{color:var(--accent)}
form{margin-block-start:24px}
label{display:block;margin-block-end:6px;font-weight:550;font-size:15px}
input{inline-size:100%;min-block-size:48px;margin-block-end:8px;padding:10px 14px;font:inherit;color:inherit;background:transparent;border:1px solid #8b92a0;border-radius:10px}
.check{display:flex;gap:10px;align-items:flex-start;margin-block-end:20px;font-weight:400}
.check input{inline-size:20px;min-block-size:20px;margin:2px 0 0;flex:none}
.hint{font-size:14px;margin-block-end:20px}
.error{font-size:14px;margin-block-end:20px;color:var(--bad)}
button{inline-size:100%;min-block-size:48px;padding:10px 20px;font:inherit;font-weight:600;color:var(--on-accent);background:var(--accent);border:0;border-radius:10px;cursor:pointer}
input:has(+button){margin-block-end:16px}
form~form button{color:var(--ink);background:none;border:1px solid #8b92a0}
button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
@media (forced-colors:active){button{border:1px solid}}`;
