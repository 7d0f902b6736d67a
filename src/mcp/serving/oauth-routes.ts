import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { grantScopes } from "../../../drizzle/schema/sessions";
import { REGISTER, resourceOf, TOKEN } from "../../accounts/connections/oauth-paths";
import { addressOf } from "../../auth/caller";
import { limited } from "../../auth/door";
import type { Policy } from "../../auth/limit";
import { marked, SMALL_BODY_BYTES } from "../../lib/body-limit";
import { AppError } from "../../lib/errors";
import type { HonoEnv } from "../../lib/http";
import { METADATA } from "./mcp-caller";

const SERVER_METADATA = "/.well-known/oauth-authorization-server";

/** The OAuth server's endpoints for programs. The consent page is part of the dashboard. */
export const oauthRoutes = new Hono<HonoEnv>();

const open = (policy: Policy) =>
  marked(
    createMiddleware<HonoEnv>(async (c, next) => {
      if (!c.env.OAUTH_KV) throw new AppError("not_found", "OAuth is off in this installation. Use an API key.");
      await limited(c, policy, addressOf(c));
      await next();
    }),
    SMALL_BODY_BYTES,
  );

async function served(c: Context<HonoEnv>): Promise<Response> {
  const { boundedEnv, oauthServer } = await import("../../accounts/connections/oauth-server");
  const { ctx } = c.var;
  // The server identifies its endpoints by its public origin.
  const url = new URL(c.req.url);
  const request = new Request(`${ctx.origin}${url.pathname}${url.search}`, c.req.raw);
  return oauthServer(ctx).fetch(request, boundedEnv(c.env), c.executionCtx as ExecutionContext);
}

oauthRoutes.on(["POST", "OPTIONS"], TOKEN, open("public"), served);
oauthRoutes.on(["POST", "OPTIONS"], REGISTER, open("join"), served);

oauthRoutes.get(SERVER_METADATA, open("public"), async (c) => {
  const response = await served(c);
  const metadata: object = await response.json();
  const headers = new Headers(response.headers);
  headers.delete("Content-Length");
  return Response.json({ ...metadata, client_id_metadata_document_supported: true }, { headers });
});

for (const path of [METADATA, "/.well-known/oauth-protected-resource"])
  oauthRoutes.get(path, open("public"), (c) => {
    const { origin } = c.var.ctx;
    c.header("Access-Control-Allow-Origin", "*");
    return c.json({
      resource: resourceOf(origin),
      authorization_servers: [origin],
      scopes_supported: [...grantScopes],
      bearer_methods_supported: ["header"],
      resource_name: "Referrals",
      resource_documentation: `${origin}/docs/mcp`,
    });
  });
