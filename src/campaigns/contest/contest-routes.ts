import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { contestOf, deleteContest, putContest } from "./contest";
import { Contest, ContestChange, ContestParam, DeletedContest } from "./contest-schema";

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
    operationId: "updateContest",
    summary: "Create or change a campaign's contest",
    audit: "Created or updated a contest",
    description: `The first PUT creates the contest and requires \`contest_name\` and a future \`end_date\`. Later ones take any subset of the fields.
Once the contest has started, its weighting is fixed and its start can only move earlier. Its end can move to any time from now on, up to 20 times. An
\`end_date\` of now ends it. After the end, everything that decides the winners is fixed. With \`is_on: false\`, no winners are drawn. After the draw, nothing
can change. Delete the contest to create the next one.`,
    tags,
    request: {
      params: ContestParam,
      body: takes(ContestChange, {
        contest_name: "Summer giveaway",
        end_date: "2099-08-31T23:59:59Z",
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
    description:
      "Removes the contest from the campaign. It stays in the public record (`GET /contests/{campaignId}/draw`), whether or not it was drawn. A new contest gets the next number and a new commitment.",
    tags,
    request: { params: ContestParam },
    responses: { 200: answers(DeletedContest, "Deleted."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(DeletedContest, await deleteContest(c.var.ctx, c.req.valid("param").campaignId)), 200),
);
