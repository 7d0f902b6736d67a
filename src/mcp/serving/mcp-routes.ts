import { Hono } from "hono";
import { AppError } from "../../lib/errors";
import { acceptsPages, type HonoEnv } from "../../lib/http";
import type { Host } from "../api";
import { callerOf } from "./mcp-caller";
import { oauthRoutes } from "./oauth-routes";
import { refusalOf } from "./sender";

/**
 * The endpoint for AI agents. `fetch` is the product itself, whose API the tools call; `document` is its OpenAPI
 * document.
 */
export function mcpRoutes({ fetch, document }: { fetch: Host["fetch"]; document: () => object }) {
  const routes = new Hono<HonoEnv>();
  routes.all("/mcp", async (c) => {
    const refusal = refusalOf(c.env, c.req.raw);
    if (refusal) throw new AppError("cross_site", refusal);
    if (c.req.method === "GET" && acceptsPages(c)) return c.redirect("/docs/mcp", 303);
    const caller = await callerOf(c);
    const { serve } = await import("./server");
    const { env, executionCtx } = c;
    const host = { fetch, env, executionCtx: executionCtx as ExecutionContext, url: c.req.url };
    return serve(c.req.raw, { host, caller, origin: c.var.ctx.origin, document });
  });
  routes.route("/", oauthRoutes);
  return routes;
}
