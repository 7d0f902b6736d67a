import { errorCodes } from "../lib/errors";
import { docsPage } from "./site/layout";
import type { DocsSite } from "./site/page";

const errors = Object.entries(errorCodes);

const INTRO =
  "A failed request gets `success: false`, a `code`, and an `error` sentence. Programs decide by the code; the sentence is for people and may change.";

/** What is between backticks, as code. */
export const withCode = (text: string) => text.split("`").map((part, i) => (i % 2 ? <code>{part}</code> : part));

/** What each error code means. `doc_url` of an error leads to its code. */
export const errorsPage = (site: DocsSite) =>
  docsPage(site, {
    slug: "errors",
    title: "Errors",
    summary: "What each error code of the API means.",
    hasMarkdown: true,
    body: (
      <article>
        <h1>Errors</h1>
        <p>{withCode(INTRO)}</p>
        <dl class="catalog">
          {errors.map(([code, { status, about }]) => (
            <>
              <dt id={code}>
                <code>{code}</code> ({status}){" "}
                <a class="anchor" href={`#${code}`} aria-label="Link to this code">
                  #
                </a>
              </dt>
              <dd>{withCode(about)}</dd>
            </>
          ))}
        </dl>
      </article>
    ),
  });

export const errorsMarkdown = () =>
  [
    `# Errors\n\n${INTRO}\n\n| code | status | meaning |\n|---|---|---|`,
    ...errors.map(([code, { status, about }]) => `| \`${code}\` | ${status} | ${about.replace(/\|/g, "\\|")} |`),
    "",
  ].join("\n");
