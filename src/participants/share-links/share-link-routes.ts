import type { Context } from "hono";
import { addressOf, countryOf } from "../../auth/caller";
import { publicRoute } from "../../auth/route";
import { createRouter, type HonoEnv } from "../../lib/http";
import { followLink } from "./click";
import { CodeParam } from "./share-link-schema";

export const shareLinkRoutes = createRouter();

const route = publicRoute({
  method: "get",
  path: "/t/{code}",
  operationId: "followShareLink",
  summary: "Follow a share link",
  description:
    "Counts the click if a person follows the link, not a bot, prefetch, link preview, mail scanner, or a part of a page like an image or frame. Redirects to the campaign's landing page, its hosted page, or the brand's website, with `?ref=<code>` and the parameters of the link, like `utm_source`; the landing page's own query stays as it is. What chats add to a code is seen through, and the link of an erased participant leads there without a code. `/t/{campaign_id}/{code}` is an old link of another product, with a code that a participant had there (`PUT /participants/{participantId}/aliases`, or an import). Only a link without a readable campaign redirects to the home page.",
  tags: ["Pages"],
  request: { params: CodeParam },
  responses: { 302: { description: "Redirect to the landing page." } },
});

async function follow(c: Context<HonoEnv>) {
  const visit = {
    method: c.req.method,
    userAgent: c.req.header("User-Agent") ?? "",
    address: addressOf(c),
    country: countryOf(c),
    header: (name: string) => c.req.header(name),
  };
  const { pathname, search } = new URL(c.req.url);
  const target = await followLink(c.var.ctx, pathname.replace(/^\/+t\/+/i, "") + search, visit);
  c.header("Cache-Control", "no-store");
  return c.redirect(target ?? `${c.var.ctx.origin}/`, 302);
}

shareLinkRoutes.openapi(route, follow);
// A chat's slash behind the link, a URL in capital letters, and two slashes where somebody has put a link together.
shareLinkRoutes.on(
  "GET",
  ["/t/:link{.+/.*}", "/T/:link{.+}", "/t//:link{.+}", "//t/:link{.+}"],
  route.middleware,
  follow,
);
