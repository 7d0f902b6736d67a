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
    "Counts the click if a person follows the link. Bots, prefetches, link previews, email scanners, and page parts such as images or frames do not count. Redirects to the campaign's landing page, its hosted page, or the brand's website, with `?ref=<code>` and the link's parameters, like `utm_source`. The landing page keeps its own query. Characters that chats append to a code are ignored, and an erased participant's link redirects without a code. `/t/{campaign_id}/{code}` is an old link of another product, with a participant's code there (`PUT /participants/{participantId}/aliases`, or an import). Only a link without a readable campaign redirects to the home page.",
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
// A trailing slash from a chat, a URL in capital letters, and a double slash from concatenating URLs.
shareLinkRoutes.on(
  "GET",
  ["/t/:link{.+/.*}", "/T/:link{.+}", "/t//:link{.+}", "//t/:link{.+}"],
  route.middleware,
  follow,
);
