import { z } from "zod";
import { pageRoute } from "../../auth/route";
import { brandDraws } from "../../campaigns/contest/proof";
import { COPY_LIFETIME_SECONDS, drawsCopy } from "../../campaigns/copies";
import { cachedValue, sendShared } from "../../lib/edge";
import { render } from "../../lib/html";
import { createRouter, fails } from "../../lib/http";
import { AUTO, knownLanguage, languageFor } from "../../texts/text";
import { drawsPage } from "./draws-page";
import { BrandPageParam, BrandPageQuery } from "./hosted-schema";

export const drawsRoutes = createRouter();

const DRAWS_PER_PAGE = 24;

drawsRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/p/{slug}/draws",
    operationId: "getDrawsPage",
    summary: "Show a brand's past draws",
    description:
      "The draws of its public campaigns, newest first, in the visitor's language. `GET /brands/{slug}/draws` returns them as JSON.",
    tags: ["Pages"],
    request: { params: BrandPageParam, query: BrandPageQuery },
    responses: {
      200: { description: "A page.", content: { "text/html": { schema: z.string() } } },
      304: { description: "Unchanged since the version in `If-None-Match`." },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { ctx } = c.var;
    const { slug } = c.req.valid("param");
    const { page, lang } = c.req.valid("query");
    const { value } = await cachedValue(c, drawsCopy(slug, page), COPY_LIFETIME_SECONDS, () =>
      brandDraws(ctx, slug, { page, limit: DRAWS_PER_PAGE }),
    );
    const pages = Math.ceil(value.total / DRAWS_PER_PAGE);
    const chosen = knownLanguage(lang);
    const language = chosen ?? languageFor(AUTO, c.req.header("Accept-Language"));
    c.header("Vary", "Accept-Language");
    return sendShared(c, await render(drawsPage({ draws: value, page, pages, language, chosen, origin: ctx.origin })));
  },
);
