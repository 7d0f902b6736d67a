import { z } from "zod";
import { pageRoute } from "../../auth/route";
import { publicContest } from "../../campaigns/contest/proof";
import { ContestParam, ProofPageQuery } from "../../campaigns/contest/proof-schema";
import { sendPage } from "../../lib/html";
import { createRouter, fails } from "../../lib/http";
import { AUTO, knownLanguage, languageFor } from "../../texts/text";
import { verificationPage } from "./draw-proof";

export const contestPageRoutes = createRouter();

contestPageRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/contest/{campaignId}",
    operationId: "getContestPage",
    summary: "Show how a contest was drawn",
    description:
      "The commitment and, after the draw, the result: the visitor's browser repeats the draw and confirms the winners. The name and description are shown for public campaigns only. Removed contests stay on record.",
    tags: ["Pages"],
    request: { params: ContestParam, query: ProofPageQuery },
    responses: {
      200: { description: "A page.", content: { "text/html": { schema: z.string() } } },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { number, lang } = c.req.valid("query");
    const contest = await publicContest(c.var.ctx, c.req.valid("param").campaignId, number);
    const chosen = knownLanguage(lang);
    const language = chosen ?? languageFor(AUTO, c.req.header("Accept-Language"));
    c.header("Vary", "Accept-Language");
    return sendPage(c, verificationPage(contest, language, chosen));
  },
);
