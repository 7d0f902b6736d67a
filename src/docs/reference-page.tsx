import { docsPage } from "./site/layout";
import type { DocsSite } from "./site/page";

/** The API reference: Swagger UI, from our own files, with samples of ours (browser/reference.ts). */
export const referencePage = (site: DocsSite) =>
  docsPage(site, {
    slug: "reference",
    title: "API reference",
    summary: "Every operation of the API, to read and to try.",
    isWide: true,
    sheets: ["/docs-assets/swagger-ui.css"],
    scripts: ["/docs-assets/swagger-ui-bundle.js", "/docs-assets/reference.js"],
    body: (
      <>
        <h1>API reference</h1>
        <p>
          New here? Start with the <a href="/docs/quick-start">quick start</a> and the{" "}
          <a href="/docs/api">API basics</a>. For your tools: <a href="/api/v1/openapi.json">openapi.json</a>, OpenAPI
          3.1.
        </p>
        <div id="reference">
          <noscript>
            This reference needs JavaScript. The same in JSON: <a href="/api/v1/openapi.json">openapi.json</a>.
          </noscript>
        </div>
      </>
    ),
  });
