import { z } from "zod";
import { pageRoute } from "../../auth/route";
import { publicContest } from "../../campaigns/contest/contest";
import { ContestParam } from "../../campaigns/contest/contest-schema";
import { sendPage } from "../../lib/html";
import { createRouter, fails } from "../../lib/http";
import { verificationPage } from "./draw-proof";

export const contestPageRoutes = createRouter();

contestPageRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/contest/{campaignId}",
    operationId: "getContestPage",
    summary: "Show how a contest was drawn",
    description:
      "What was promised before and, after the draw, what came of it: the visitor's browser draws once more and says whether the winners are the same. Name and description are those of public campaigns' contests only.",
    tags: ["Pages"],
    request: { params: ContestParam },
    responses: {
      200: { description: "A page.", content: { "text/html": { schema: z.string() } } },
      ...fails("not_found"),
    },
  }),
  async (c) => sendPage(c, verificationPage(await publicContest(c.var.ctx, c.req.valid("param").campaignId))),
);
