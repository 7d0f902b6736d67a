import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { PageContext } from "../../auth/page-session";
import { isInTestMode } from "../../auth/sessions/session";
import { shownEmail } from "../../lib/email-address";
import { type Page, render } from "../../lib/html";
import { TEST_MODE, TestBand } from "./band";
import { Done } from "./done";
import type { Notice } from "./notices";
import { Picture } from "./picture";
import { Zone } from "./zone";

const SECTIONS = [
  ["/home", "Home"],
  ["/brands", "Brands"],
  ["/campaigns", "Campaigns"],
  ["/participants", "Participants"],
  ["/rewards", "Rewards"],
  ["/images", "Images"],
  ["/webhooks", "Webhooks"],
  ["/api-keys", "API keys"],
  ["/plan", "Plan"],
  ["/team", "Team"],
  ["/audit", "Audit log"],
  [TEST_MODE, "Test mode"],
] as const;
type Section = (typeof SECTIONS)[number][0] | "/account";

type Shown = {
  title: string;
  section: Section;
  body: Child;
  scripts?: string[];
  frames?: string[];
  status?: ContentfulStatusCode;
};

const SHEETS = ["/dashboard.css"];
const SCRIPTS = ["/dashboard.js"];
const Icon = () => <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />;

/** Sends a dashboard page, with the menu around it. */
export async function show(c: PageContext, { title, section, body, scripts = [], frames, status = 200 }: Shown) {
  const { session } = c.var;
  const page: Page = {
    title: `${title} · Referrals`,
    language: "en",
    head: <Icon />,
    sheets: SHEETS,
    scripts: [...SCRIPTS, ...scripts],
    policy: { referrer: "same-origin", ...(frames && { frames }) },
    bodyClass: "app",
    body: (
      <Zone.Provider value={session.time_zone}>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <aside class="side">
          <a class="mark" href="/home">
            Referrals
          </a>
          <details class="account">
            <summary class="who">
              <Picture url={session.person_photo} name={session.person_name} isRound />
              <span>
                <span class="account-name">{session.account_name}</span>
                <span class="quiet">{shownEmail(session.person_email)}</span>
              </span>
            </summary>
            <div class="menu">
              <a href="/account">Your account</a>
              {session.further_accounts > 0 && <a href="/account/switch">Switch account</a>}
              <a href="/docs">API reference</a>
              <a href="/source">Source code</a>
              <form method="post" action="/sign-out">
                <button type="submit">Sign out</button>
              </form>
            </div>
          </details>
          <nav aria-label="Main" class="sections">
            {SECTIONS.map(([path, label]) => (
              <a href={path} aria-current={path === section ? "page" : undefined}>
                {label}
              </a>
            ))}
          </nav>
        </aside>
        <main id="main" tabindex={-1}>
          {isInTestMode(session) && <TestBand />}
          <Done c={c} />
          {body}
        </main>
      </Zone.Provider>
    ),
  };
  const { html, headers } = await render(page);
  return c.body(html, status, { ...headers, "Cache-Control": "private, no-store" });
}

/** A page for visitors who are not signed in: one centered card. */
export const cardOf = (title: string, body: Child, policy: Page["policy"] = {}): Page => ({
  title: `${title} · Referrals`,
  language: "en",
  head: (
    <>
      <Icon />
      <meta name="robots" content="noindex" />
    </>
  ),
  sheets: SHEETS,
  scripts: SCRIPTS,
  policy: { referrer: "same-origin", ...policy },
  bodyClass: "alone",
  body: (
    <main class="card">
      <p class="mark">Referrals</p>
      <h1>{title}</h1>
      {body}
      <p class="card-source">
        <a href="/source">Source code</a>
      </p>
    </main>
  ),
});

/** Where to redirect after a form succeeded. The notice is shown there. */
export const doneAt = (path: string, notice: Notice) => `${path}${path.includes("?") ? "&" : "?"}done=${notice}`;
