import type { Context } from "hono";
import { z } from "zod";
import { publicRoute } from "../auth/route";
import { type Page, render, sendPage } from "../lib/html";
import { createRouter, ERRORS, type HonoEnv } from "../lib/http";
import { errorsMarkdown, errorsPage } from "./errors-page";
import { eventsMarkdown, eventsPage } from "./events-page";
import type { OpenApiDocument } from "./openapi";
import { published } from "./published";
import { referencePage } from "./reference-page";
import { guidePage } from "./site/layout";
import { llmsText } from "./site/llms";
import type { DocsSite } from "./site/page";
import { partsOf } from "./site/parts";
import { docsSite } from "./site/site";
import { startPage } from "./site/start-page";
import { sourcePage } from "./source-page";
import { PAGES } from "./tags";

const FIVE_MINUTES = "public, max-age=300";

const OpenApi = z
  .looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string() }), paths: z.looseObject({}) })
  .meta({ id: "OpenApiDocument", description: "An OpenAPI document." });

let shown: OpenApiDocument | undefined;
const publishedOnce = (document: () => OpenApiDocument) => {
  shown ??= published(document());
  return shown;
};

/** Serves the document under the API's base path. Its server is the request's origin. */
export function openApiRoutes(document: () => OpenApiDocument) {
  const routes = createRouter();
  routes.openapi(
    publicRoute({
      method: "get",
      path: "/openapi.json",
      operationId: "getOpenApiDocument",
      summary: "Get this document",
      description: "Its server is the origin you requested it from.",
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
      const { origin, env } = c.var.ctx;
      const whole = publishedOnce(document);
      const contact = {
        name: "Support",
        url: `${origin}/docs`,
        ...(env.SUPPORT_EMAIL && { email: env.SUPPORT_EMAIL }),
      };
      const served = {
        ...whole,
        info: { ...whole.info, contact },
        externalDocs: { description: "Guides, and this document as a page.", url: `${origin}/docs` },
        servers: [{ url: origin }],
      };
      return c.json(served as unknown as z.output<typeof OpenApi>, 200);
    },
  );
  return routes;
}

const siteOf = ({ var: { ctx } }: Context<HonoEnv>) => docsSite(ctx.env, ctx.origin);

async function sendPublic(c: Context<HonoEnv>, page: Page) {
  const { html, headers } = await render(page);
  return c.body(html, 200, { ...headers, "Cache-Control": FIVE_MINUTES, "X-Content-Type-Options": "nosniff" });
}

const sendText = (c: Context<HonoEnv>, text: string, type: string) =>
  c.body(text, 200, { "Content-Type": `text/${type}; charset=utf-8`, "Cache-Control": FIVE_MINUTES });

const pageRoute = (path: string, operationId: string, summary: string) =>
  publicRoute({
    method: "get",
    path,
    operationId,
    summary,
    tags: [PAGES],
    responses: { 200: { description: "A page.", content: { "text/html": { schema: z.string() } } } },
  });

/** Paths from the previous release. */
const MOVED: Record<string, string> = { guide: "api" };

type Made = { page: (site: DocsSite, document: OpenApiDocument) => Page; text?: (document: OpenApiDocument) => string };

/** Pages without a Markdown file. */
const MADE: Record<string, Made> = {
  reference: { page: referencePage },
  events: { page: eventsPage, text: eventsMarkdown },
  errors: { page: errorsPage, text: errorsMarkdown },
};

/** The documentation for people and for AI assistants. */
export function docsRoutes(document: () => OpenApiDocument) {
  const routes = createRouter();
  const show = async (c: Context<HonoEnv>, name: string) => {
    const site = await siteOf(c);
    const [, slug = "", isText] = name.match(/^([a-z0-9-]+)(\.md)?$/) ?? [];
    const kept = MOVED[slug] ?? slug;
    const made = Object.hasOwn(MADE, kept) ? MADE[kept] : undefined;
    const page = site.pages.find((one) => one.slug === kept);
    if (isText && made?.text) return sendText(c, made.text(publishedOnce(document)), "markdown");
    if (isText && page) return sendText(c, page.markdown, "markdown");
    if (isText || !(made || page)) return c.notFound();
    if (kept !== slug) return c.redirect(`/docs/${kept}`, 301);
    return sendPublic(c, page ? guidePage(site, page) : (made as Made).page(site, publishedOnce(document)));
  };

  routes.openapi(pageRoute("/docs", "getDocs", "Read the documentation"), async (c) =>
    sendPublic(c, startPage(await siteOf(c))),
  );
  routes.openapi(pageRoute("/source", "getSource", "Show where to get this service's source code"), (c) =>
    sendPage(c, sourcePage(c.env)),
  );
  routes.openapi(pageRoute(ERRORS, "getErrors", "Read what each error code means"), (c) => show(c, "errors"));
  routes.openapi(pageRoute("/docs/mcp", "getAgentGuide", "Read how AI agents connect"), (c) => show(c, "mcp"));
  routes.get("/llms.txt", async (c) => sendText(c, llmsText(await siteOf(c), c.var.ctx.origin), "plain"));
  routes.get("/docs/search.json", async (c) => {
    c.header("Cache-Control", FIVE_MINUTES);
    return c.json(partsOf(publishedOnce(document), await siteOf(c)));
  });
  routes.get("/docs/:page", (c) => show(c, c.req.param("page")));
  return routes;
}
