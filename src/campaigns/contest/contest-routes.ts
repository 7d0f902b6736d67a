import { z } from "zod";
import { memberRoute, publicRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { contestOf, deleteContest, entrantsOf, publicDraw, putContest } from "./contest";
import { Contest, ContestChange, ContestParam, DeletedContest, PublicDraw } from "./contest-schema";
import { HOW_WINNERS_ARE_DRAWN } from "./draw";

export const contestRoutes = createRouter();

const tags = ["Contests"];

contestRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/contest",
    operationId: "getContest",
    summary: "Get a campaign's contest",
    description: "`GET /contests/{campaignId}/draw` explains how winners are drawn and how to verify the draw.",
    tags,
    request: { params: ContestParam },
    responses: { 200: answers(Contest, "The contest, with its winners once drawn."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Contest, await contestOf(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

contestRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}/contest",
    operationId: "putContest",
    summary: "Create or change a campaign's contest",
    audit: "Created or updated a contest",
    description: `The first PUT creates the contest and requires \`contest_name\` and \`end_date\`; later ones take any subset of the fields. Once
it has started, its weighting is fixed and its start cannot be moved into the future; its end can be moved either way. An \`end_date\` of now ends
it. With \`is_on: false\`, no winners are drawn. After the draw, nothing can be changed.`,
    tags,
    request: {
      params: ContestParam,
      body: takes(ContestChange, {
        contest_name: "Summer giveaway",
        start_date: "2026-06-01T00:00:00Z",
        end_date: "2026-08-31T23:59:59Z",
        max_winners: 3,
        weighting: "entries",
      }),
    },
    responses: {
      200: answers(Contest, "The updated contest."),
      ...fails("not_found", "contest_drawn", "contest_started", "conflict"),
    },
  }),
  async (c) =>
    c.json(ok(Contest, await putContest(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"))), 200),
);

contestRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/campaigns/{campaignId}/contest",
    operationId: "deleteContest",
    summary: "Delete a campaign's contest",
    audit: "Deleted a contest",
    description: "Deletes the contest and its draw, if there was one. A new contest gets a new commitment.",
    tags,
    request: { params: ContestParam },
    responses: { 200: answers(DeletedContest, "Deleted."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(DeletedContest, await deleteContest(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

contestRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/contests/{campaignId}/draw",
    operationId: "getContestDraw",
    summary: "Verify a contest's draw",
    description: `Public. Everything needed to recompute the winners; winners appear by id only.\n\n${HOW_WINNERS_ARE_DRAWN}`,
    tags,
    request: { params: ContestParam },
    responses: {
      200: answers(PublicDraw, "The commitment; after the draw also the seed, the hash of the list, and the winners."),
      ...fails("not_found"),
    },
  }),
  async (c) => c.json(ok(PublicDraw, await publicDraw(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

contestRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/contests/{campaignId}/entrants",
    operationId: "getContestEntrants",
    summary: "Get the entrants of a contest's draw",
    description: "Public after the draw. One line `participant_id:entries` per entrant, ascending by id.",
    tags,
    request: { params: ContestParam },
    responses: {
      200: {
        description: "The list, byte for byte as used in the draw.",
        content: { "text/plain": { schema: z.string(), example: "7:1\n12:4\n" } },
      },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const list = await entrantsOf(c.var.ctx, c.req.valid("param").campaignId);
    return c.text(list, 200, { "Cache-Control": "public, max-age=3600" });
  },
);
