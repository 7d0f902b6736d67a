import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { Page } from "../../lib/html";
import type { DocsPage, DocsSite } from "./page";

export type Shown = {
  slug: string;
  title: string;
  summary?: string;
  body: Child;
  sections?: DocsPage["sections"];
  /** Whether the page uses the full width and has no list of headings. */
  isWide?: boolean;
  sheets?: string[];
  scripts?: string[];
  /** Whether the page is also available as Markdown. */
  hasMarkdown?: boolean;
};

const Navigation = ({ contents, slug }: { contents: DocsSite["contents"]; slug: string }) => (
  <nav aria-label="Documentation">
    {contents.map(({ title, pages }) => (
      <section>
        <h2>{title}</h2>
        <ul>
          {pages.map((page) => (
            <li>
              <a href={`/docs/${page.slug}`} aria-current={page.slug === slug ? "page" : undefined}>
                {page.name}
              </a>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </nav>
);

const Neighbors = ({ contents, slug }: { contents: DocsSite["contents"]; slug: string }) => {
  const pages = contents.flatMap((section) => section.pages);
  const at = pages.findIndex((page) => page.slug === slug);
  const [before, after] = [pages[at - 1], pages[at + 1]];
  return (
    <footer class="neighbors">
      {at > 0 && before ? <a href={`/docs/${before.slug}`}>← {before.name}</a> : <span />}
      {at >= 0 && after && <a href={`/docs/${after.slug}`}>{after.name} →</a>}
    </footer>
  );
};

/** A documentation page. It loads only our own files and can be read without scripts. */
export function docsPage({ contents }: DocsSite, shown: Shown): Page {
  const { slug, title, summary, body, sections = [], isWide, sheets = [], scripts = [], hasMarkdown } = shown;
  const headings = sections.filter(({ depth }) => depth <= 3);
  return {
    title: `${title} · Referrals docs`,
    language: "en",
    head: (
      <>
        <meta name="color-scheme" content="light dark" />
        {summary && <meta name="description" content={summary.slice(0, 200)} />}
        {hasMarkdown && <link rel="alternate" type="text/markdown" href={`/docs/${slug}.md`} />}
        <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />
        {/* Not deferred, so the colors are known before the page is painted. */}
        <script src="/docs-assets/theme.js" />
      </>
    ),
    sheets: [...sheets, "/docs-assets/docs.css"],
    scripts: [...scripts, "/docs-assets/docs.js"],
    bodyClass: isWide ? "wide" : undefined,
    body: (
      <>
        <a class="skip" href="#content">
          Skip to content
        </a>
        <header class="top">
          <a class="home" href="/docs">
            <img src="/docs-assets/icon.svg" alt="" width="24" height="24" /> Referrals <span>Docs</span>
          </a>
          <search>
            <input
              id="search"
              type="search"
              placeholder="Search"
              aria-label="Search the documentation"
              aria-controls="found"
              autocomplete="off"
              spellcheck={false}
            />
            <kbd>/</kbd>
            <div id="found" hidden aria-live="polite" />
          </search>
          <button type="button" id="theme" aria-label="Switch between light and dark">
            ◐
          </button>
          <a class="dashboard" href="/home">
            Dashboard
          </a>
        </header>
        <div class="columns">
          <details class="menu">
            <summary>Contents</summary>
            <Navigation contents={contents} slug={slug} />
          </details>
          <aside class="side">
            <Navigation contents={contents} slug={slug} />
          </aside>
          <main id="content">
            {body}
            {!isWide && <Neighbors contents={contents} slug={slug} />}
            <footer class="foot">
              {hasMarkdown && <a href={`/docs/${slug}.md`}>This page as Markdown</a>}
              <a href="/llms.txt">llms.txt</a>
              <a href="/api/v1/openapi.json">openapi.json</a>
              <a href="/source">Source code</a>
            </footer>
          </main>
          {!isWide && headings.length > 1 && (
            <aside class="headings" aria-label="On this page">
              <h2>On this page</h2>
              <ul>
                {headings.map((heading) => (
                  <li class={`depth-${heading.depth}`}>
                    <a href={`#${heading.anchor}`}>{heading.title}</a>
                  </li>
                ))}
              </ul>
            </aside>
          )}
        </div>
      </>
    ),
  };
}

/** A guide. Its HTML was made at build time from our own Markdown. */
export const guidePage = (site: DocsSite, { slug, title, summary, html, sections }: DocsPage) =>
  docsPage(site, { slug, title, summary, sections, hasMarkdown: true, body: <article>{raw(html)}</article> });
