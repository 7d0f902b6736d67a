import { docsPage } from "./layout";
import type { DocsSite } from "./page";

const FIRST = [
  ["quick-start", "Quick start", "Get your first share link in five minutes."],
  ["widget", "Widget", "One line on your site: signup form, share buttons, rewards."],
  ["webhooks", "Webhooks", "Signed events, retried until your server accepts them."],
  ["reference", "API reference", "Every operation, with samples in curl, TypeScript, and Python."],
  ["sdk", "SDK", "Typed, with automatic retries and no dependencies."],
  ["mcp", "AI agents", "20 tools at /mcp, with a preview before anything that moves money."],
] as const;

/** The documentation's start page: where to begin, and a list of all pages. */
export const startPage = (site: DocsSite) =>
  docsPage(site, {
    slug: "",
    title: "Documentation",
    summary: "Guides and reference of the referral platform.",
    isWide: true,
    body: (
      <article class="start">
        <h1>Build referrals into your product</h1>
        <p class="lead">
          Sign people up, give them a share link, track the friends they refer, and reward them: with the widget, the
          API, or both.
        </p>
        <ul class="cards">
          {FIRST.map(([slug, name, about]) => (
            <li>
              <a href={`/docs/${slug}`}>
                <strong>{name}</strong>
                <span>{about}</span>
              </a>
            </li>
          ))}
        </ul>
        <div class="all">
          {site.contents.map(({ title, pages }) => (
            <section>
              <h2>{title}</h2>
              <ul>
                {pages.map(({ slug, name }) => (
                  <li>
                    <a href={`/docs/${slug}`}>{name}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <p>
          Reading with an AI assistant? <a href="/llms.txt">llms.txt</a> lists every page as Markdown. You can also add{" "}
          <code>.md</code> to any page's URL.
        </p>
      </article>
    ),
  });
