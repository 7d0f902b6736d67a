import { addressOf, publicRoute } from "../../auth/route";
import { createRouter } from "../../lib/http";
import { followLink } from "./click";
import { CodeParam } from "./share-link-schema";

export const shareLinkRoutes = createRouter();

shareLinkRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/t/{code}",
    operationId: "followShareLink",
    summary: "Follow a share link",
    description:
      "Counts the click, unless it comes from a bot, prefetch, or link preview, and redirects to the campaign's landing page, its hosted page, or the brand's website, with `?ref=<code>`. An invalid code redirects to the home page.",
    tags: ["Share links"],
    request: { params: CodeParam },
    responses: { 302: { description: "Redirect to the landing page." } },
  }),
  async (c) => {
    const visit = {
      method: c.req.method,
      userAgent: c.req.header("User-Agent") ?? "",
      address: addressOf(c),
      header: (name: string) => c.req.header(name),
    };
    const target = await followLink(c.var.ctx, c.req.valid("param").code, visit);
    c.header("Cache-Control", "no-store");
    return c.redirect(target ?? `${c.var.ctx.origin}/`, 302);
  },
);
