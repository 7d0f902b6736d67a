import { z } from "zod";
import { publicRoute } from "../auth/route";
import { sendPage } from "../lib/html";
import { createRouter, ERRORS } from "../lib/http";
import { files, GUIDE, page, policy } from "./docs-page";
import { errorsPage } from "./errors-page";
import { guide } from "./guide";
import { mcpPage } from "./mcp-page";
import type { OpenApiDocument } from "./openapi";
import { published } from "./published";
import { sourcePage } from "./source-page";
import { PAGES } from "./tags";

const FIVE_MINUTES = "public, max-age=300";

const OpenApi = z
  .looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string() }), paths: z.looseObject({}) })
  .meta({ id: "OpenApiDocument", description: "An OpenAPI document." });

/** Serves the document below the API's base path. Its server is the origin of the request. */
export function openApiRoutes(document: () => OpenApiDocument) {
  const routes = createRouter();
  let shown: OpenApiDocument | undefined;
  routes.openapi(
    publicRoute({
      method: "get",
      path: "/openapi.json",
      operationId: "getOpenApiDocument",
      summary: "Get this document",
      description: "Its server is the origin that you asked.",
      tags: ["Documents"],
      responses: {
        200: {
          description: "OpenAPI 3.1, without the envelope.",
          content: { "application/json": { schema: OpenApi } },
        },
      },
    }),
    (c) => {
      c.header("Cache-Control", FIVE_MINUTES);
      shown ??= published(document());
      const { origin, env } = c.var.ctx;
      const contact = {
        name: "Support",
        url: `${origin}/docs`,
        ...(env.SUPPORT_EMAIL && { email: env.SUPPORT_EMAIL }),
      };
      const served = {
        ...shown,
        info: { ...shown.info, contact },
        externalDocs: { description: "The guide, and this document as a page.", url: `${origin}/docs` },
        servers: [{ url: origin }],
      };
      return c.json(served as unknown as z.output<typeof OpenApi>, 200);
    },
  );
  return routes;
}

/** The HTML reference that shows the document. */
export const docsRoutes = createRouter();

docsRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/docs",
    operationId: "getReference",
    summary: "Read this document as a page",
    tags: [PAGES],
    responses: { 200: { description: "A page.", content: { "text/html": { schema: z.string() } } } },
  }),
  (c) => {
    c.header("Content-Security-Policy", policy);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cache-Control", FIVE_MINUTES);
    return c.html(page, 200);
  },
);

docsRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/source",
    operationId: "getSource",
    summary: "Show where to get this service's source code",
    tags: [PAGES],
    responses: { 200: { description: "A page.", content: { "text/html": { schema: z.string() } } } },
  }),
  (c) => sendPage(c, sourcePage(c.env)),
);

docsRoutes.openapi(
  publicRoute({
    method: "get",
    path: ERRORS,
    operationId: "getErrors",
    summary: "Read what each error code means",
    tags: [PAGES],
    responses: { 200: { description: "A page.", content: { "text/html": { schema: z.string() } } } },
  }),
  (c) => {
    c.header("Cache-Control", FIVE_MINUTES);
    return sendPage(c, errorsPage);
  },
);

docsRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/docs/mcp",
    operationId: "getAgentGuide",
    summary: "Read how AI agents connect",
    tags: [PAGES],
    responses: { 200: { description: "A page.", content: { "text/html": { schema: z.string() } } } },
  }),
  (c) => {
    c.header("Cache-Control", FIVE_MINUTES);
    return sendPage(c, mcpPage(c.var.ctx.origin));
  },
);

docsRoutes.get(GUIDE, (c) =>
  c.body(guide, 200, { "Content-Type": "text/markdown; charset=utf-8", "Cache-Control": FIVE_MINUTES }),
);

for (const { name, type, text } of files)
  docsRoutes.get(`/docs-assets/${name}`, (c) =>
    c.body(text, 200, { "Content-Type": type, "Cache-Control": FIVE_MINUTES, "X-Content-Type-Options": "nosniff" }),
  );
