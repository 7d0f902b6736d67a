import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { sendPage } from "../../lib/html";
import type { HonoEnv } from "../../lib/http";
import { Done } from "../ui/done";

const SECTIONS = [
  ["/operator", "Health"],
  ["/operator/sending", "Sending"],
  ["/operator/tokens", "Tokens"],
  ["/operator/alerts", "Alerts"],
  ["/operator/members", "Members"],
  ["/operator/senders", "Senders"],
] as const;

type Shown = { title: string; at: (typeof SECTIONS)[number][0]; body: Child; status?: ContentfulStatusCode };

export function showOperator(c: Context<HonoEnv>, { title, at, body, status }: Shown) {
  return sendPage(
    c,
    {
      title: `${title} · Operator`,
      language: "en",
      head: (
        <>
          <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />
          <meta name="robots" content="noindex" />
        </>
      ),
      sheets: ["/dashboard.css"],
      scripts: ["/dashboard.js"],
      policy: { referrer: "same-origin" },
      bodyClass: "operator",
      body: (
        <>
          <header class="operator-head">
            <span class="mark">Operator</span>
            <nav aria-label="Main" class="tabs">
              {SECTIONS.map(([path, label]) => (
                <a href={path} aria-current={at === path ? "page" : undefined}>
                  {label}
                </a>
              ))}
            </nav>
            <form method="post" action="/operator/sign-out">
              <button type="submit" class="button">
                Sign out
              </button>
            </form>
          </header>
          <main id="main">
            <Done c={c} />
            {body}
          </main>
        </>
      ),
    },
    status,
  );
}
