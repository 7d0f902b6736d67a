import { errorCodes } from "../lib/errors";
import { docsPage } from "./site/layout";
import type { DocsSite } from "./site/page";

const errors = Object.entries(errorCodes);

const INTRO =
  "A failed request returns `success: false`, a `code`, and an `error` sentence. Use the code in programs. The sentence is for people and may change.";

/** Text in backticks becomes code. */
export const withCode = (text: string) => text.split("`").map((part, i) => (i % 2 ? <code>{part}</code> : part));

/** The meaning of each error code. An error's `doc_url` links to its code. */
export const errorsPage = (site: DocsSite) =>
  docsPage(site, {
    slug: "errors",
    title: "Errors",
    summary: "The meaning of every API error code.",
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
