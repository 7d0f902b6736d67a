import { z } from "zod";
import { publicRoute } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { PageQuery, pagination } from "../../lib/page";
import { HOW_WINNERS_ARE_DRAWN } from "./draw";
import { brandDraws, entrantsOf, publicContest } from "./proof";
import { BrandDraw, BrandDrawsParam, ContestParam, ProofQuery, PublicDraw } from "./proof-schema";

export const proofRoutes = createRouter();

const tags = ["Contests"];
const DrawList = listOf("draws", BrandDraw);

proofRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/brands/{slug}/draws",
    operationId: "listDraws",
    summary: "List a brand's past draws",
    description:
      "Public. The draws of the brand's public campaigns, newest first, including removed contests. `proof_url` is the page that verifies the draw.",
    tags,
    request: { params: BrandDrawsParam, query: PageQuery },
    responses: { 200: answers(DrawList, "The draws."), ...fails("not_found") },
  }),
  async (c) => {
    const page = c.req.valid("query");
    const { rows, total } = await brandDraws(c.var.ctx, c.req.valid("param").slug, page);
    return c.json(
      ok(DrawList, { draws: rows, pagination: pagination(page, { rows, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

proofRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/contests/{campaignId}/draw",
    operationId: "getContestDraw",
    summary: "Verify a contest's draw",
    description: `Public. Everything needed to recompute the winners, who appear by ID only. Removed contests stay on record.\n\n${HOW_WINNERS_ARE_DRAWN}`,
    tags,
    request: { params: ContestParam, query: ProofQuery },
    responses: {
      200: answers(PublicDraw, "The commitment. After the draw, also the seed, the hash of the list, and the winners."),
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { number } = c.req.valid("query");
    return c.json(ok(PublicDraw, await publicContest(c.var.ctx, c.req.valid("param").campaignId, number)), 200);
  },
);

proofRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/contests/{campaignId}/entrants",
    operationId: "getContestEntrants",
    summary: "Get the entrants of a contest's draw",
    description: "Public after the draw. One `participant_id:entries` line per entrant, in ascending order of ID.",
    tags,
    request: { params: ContestParam, query: ProofQuery },
    responses: {
      200: {
        description: "The list, byte for byte as used in the draw.",
        content: { "text/plain": { schema: z.string(), example: "7:1\n12:4\n" } },
      },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { number } = c.req.valid("query");
    const list = await entrantsOf(c.var.ctx, c.req.valid("param").campaignId, number);
    // Without a number, the same URL may refer to a later contest within the hour.
    const lifetime = number === undefined ? 0 : 3600;
    return c.text(list, 200, { "Cache-Control": `public, max-age=${lifetime}` });
  },
);
