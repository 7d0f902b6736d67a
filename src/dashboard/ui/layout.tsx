import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { PageContext } from "../../auth/page-session";
import { isInTestMode } from "../../auth/sessions/session";
import { type Page, render } from "../../lib/html";
import { Mark } from "../../lib/mark";
import { directionOf } from "../../texts/text";
import { TestBand } from "./band";
import { Done } from "./done";
import type { Section } from "./menu";
import type { Notice } from "./notices";
import { Bar, Side } from "./side";
import { SeesSomeBrands } from "./whole-account";
import { Zone } from "./zone";

type Shown = {
  title: string;
  /** The menu entry that the page belongs to. */
  section: Section;
  body: Child;
  scripts?: string[];
  frames?: string[];
  /** Where its forms may lead besides this site. */
  forms?: string[];
  status?: ContentfulStatusCode;
};

const SHEETS = ["/dashboard.css"];
const SCRIPTS = ["/dashboard.js"];
/**
 * The style sheet also names it, but browsers would request it only after loading the sheet and finding text that needs
 * it.
 */
const FONT = "/fonts/inter-5.3.0/latin.woff2";
const Files = () => (
  <>
    <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />
    <link rel="preload" href={FONT} as="font" type="font/woff2" crossorigin="anonymous" />
  </>
);

/** Sends a dashboard page, with the menu around it. */
export async function show(c: PageContext, { title, section, body, scripts = [], frames, forms, status = 200 }: Shown) {
  const { session } = c.var;
  const page: Page = {
    title: `${title} · Referrals`,
    language: "en",
    head: <Files />,
    sheets: SHEETS,
    scripts: [...SCRIPTS, ...scripts],
    policy: { referrer: "same-origin", ...(frames && { frames }), ...(forms && { forms }) },
    bodyClass: "app",
    body: (
      <Zone.Provider value={session.time_zone}>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <Bar />
        <Side session={session} section={section} />
        <main id="main" tabindex={-1}>
          {isInTestMode(session) && <TestBand />}
          <Done c={c} />
          <SeesSomeBrands.Provider value={session.brand_ids !== null}>{body}</SeesSomeBrands.Provider>
        </main>
      </Zone.Provider>
    ),
  };
  const { html, headers } = await render(page);
  return c.body(html, status, { ...headers, "Cache-Control": "private, no-store" });
}

/** A page for visitors who are not signed in: one centered card. */
export const cardOf = (
  title: string,
  body: Child,
  policy: Page["policy"] = {},
  { language, source }: Spoken = { language: "en", source: "Source code" },
): Page => ({
  title: `${title} · Referrals`,
  language,
  direction: directionOf(language),
  head: (
    <>
      <Files />
      <meta name="robots" content="noindex" />
    </>
  ),
  sheets: SHEETS,
  scripts: SCRIPTS,
  policy: { referrer: "same-origin", ...policy },
  bodyClass: "alone",
  body: (
    <>
      <main class="card">
        <Mark />
        <h1>{title}</h1>
        {body}
      </main>
      <SourceLink label={source} />
    </>
  ),
});

/** A page's language, and the text of its link to our source. */
type Spoken = { language: string; source: string };

const SourceLink = ({ label = "Source code" }: { label?: string }) => (
  <footer class="card-source">
    <a href="/source">{label}</a>
  </footer>
);

/** A page of numbers for visitors who are not signed in, to read or print. */
export const sheetOf = (title: string, body: Child): Page => ({
  ...cardOf(title, body),
  bodyClass: "sheet",
  body: (
    <>
      <main>{body}</main>
      <SourceLink />
    </>
  ),
});

/** Where to redirect after a form succeeded. The notice is shown there. */
export const doneAt = (path: string, notice: Notice) => `${path}${path.includes("?") ? "&" : "?"}done=${notice}`;
