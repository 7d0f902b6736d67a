import { z } from "zod";
import { publicRoute } from "../auth/route";
import { sendPage } from "../lib/html";
import { createRouter } from "../lib/http";
import { files, page, policy } from "./docs-page";
import type { OpenApiDocument } from "./openapi";
import { sourcePage } from "./source-page";

const tags = ["Documents"];
const FIVE_MINUTES = "public, max-age=300";

const OpenApi = z
  .looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string() }), paths: z.looseObject({}) })
  .meta({ id: "OpenApiDocument" });

/** Serves the document below the API's base path. Its server is the origin of the request. */
export function openApiRoutes(document: () => OpenApiDocument) {
  const routes = createRouter();
  routes.openapi(
    publicRoute({
      method: "get",
      path: "/openapi.json",
      operationId: "getOpenApiDocument",
      summary: "Get this document",
      tags,
      responses: {
        200: {
          description: "OpenAPI 3.1, without the envelope.",
          content: { "application/json": { schema: OpenApi } },
        },
      },
    }),
    (c) => {
      c.header("Cache-Control", FIVE_MINUTES);
      const served = { ...document(), servers: [{ url: c.var.ctx.origin }] };
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
    tags,
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
    tags,
    responses: { 200: { description: "A page.", content: { "text/html": { schema: z.string() } } } },
  }),
  (c) => sendPage(c, sourcePage(c.env)),
);

for (const { name, type, text } of files)
  docsRoutes.get(`/docs-assets/${name}`, (c) =>
    c.body(text, 200, { "Content-Type": type, "Cache-Control": FIVE_MINUTES, "X-Content-Type-Options": "nosniff" }),
  );
