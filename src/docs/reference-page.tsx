import { docsPage } from "./site/layout";
import type { DocsSite } from "./site/page";

/** The API reference: Swagger UI, served from our own files, with our samples (browser/reference.ts). */
export const referencePage = (site: DocsSite) =>
  docsPage(site, {
    slug: "reference",
    title: "API reference",
    summary: "Read about and try every API operation.",
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
            This reference needs JavaScript. You can also read it as JSON:{" "}
            <a href="/api/v1/openapi.json">openapi.json</a>.
          </noscript>
        </div>
      </>
    ),
  });
