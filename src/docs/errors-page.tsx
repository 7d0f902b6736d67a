import { errorCodes } from "../lib/errors";
import type { Page } from "../lib/html";

/** For pages of text. */
export const css = `body{margin:0;font:16px/1.6 system-ui,sans-serif;color:#1f2933;background:#fff}
main{max-inline-size:46rem;margin-inline:auto;padding:clamp(1.5rem,6vw,4rem) 1.25rem}
h1{margin:0 0 1rem;font-size:1.75rem;line-height:1.2}a{color:#1456b8}
dt{margin-block-start:1rem;font-weight:600}dd{margin:0}code{font-size:.95em}pre{padding:.75rem 1rem;overflow-x:auto;background:#f4f6f8;border-radius:6px}dt:target{background:#fff3bf}`;

/** What is between backticks, as code. */
const withCode = (text: string) => text.split("`").map((part, i) => (i % 2 ? <code>{part}</code> : part));

/** What each error code means. `doc_url` of an error leads to its code. */
export const errorsPage: Page = {
  title: "Errors",
  language: "en",
  css,
  head: <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />,
  body: (
    <main>
      <h1>Errors</h1>
      <p>
        A failed request gets <code>{'{"success": false, "error": "…", "code": "…"}'}</code>. Programs decide by the
        code; the sentence in <code>error</code> is for people and may change. <a href="/docs">API reference</a>
      </p>
      <dl>
        {Object.entries(errorCodes).map(([code, { status, about }]) => (
          <>
            <dt id={code}>
              <code>{code}</code> ({status})
            </dt>
            <dd>{withCode(about)}</dd>
          </>
        ))}
      </dl>
    </main>
  ),
};
