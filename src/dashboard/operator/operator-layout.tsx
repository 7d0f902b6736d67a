import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { sendPage } from "../../lib/html";
import type { HonoEnv } from "../../lib/http";
import { Done } from "../ui/done";

type Shown = { title: string; at: "/operator" | "/operator/members"; body: Child; status?: ContentfulStatusCode };

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
            <nav aria-label="Main">
              <a href="/operator" aria-current={at === "/operator" ? "page" : undefined}>
                Health
              </a>
              <a href="/operator/members" aria-current={at === "/operator/members" ? "page" : undefined}>
                Members
              </a>
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
