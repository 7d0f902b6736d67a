import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { decision, decisions } from "./decision";
import { DecisionList, DecisionParam, DecisionQuery, LoggedDecision } from "./decision-schema";

export const decisionRoutes = createRouter();

const tags = ["Decisions"];

decisionRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/decisions",
    operationId: "listDecisions",
    summary: "List decisions",
    description:
      "Decisions of the account, of a campaign, or about a participant: their signup, their friends', visits, conversions, refunds, and holds. Newest first; with `after`, oldest first. A page examines 1,000 events of one campaign, or 200 of each, so it may have fewer rows than `limit` and still have a `next_after`. For a participant, the newest 10,000 friends and rewards are searched. A campaign's list has the visits that earned something; a participant's list has all that counted.",
    tags,
    request: { query: DecisionQuery },
    responses: { 200: answers(DecisionList, "A page of decisions."), ...fails("not_found") },
  }),
  async (c) => {
    const page = await decisions(c.var.ctx, c.req.valid("query"));
    return c.json(ok(DecisionList, { ...page, ignored: ignoredIn(c.req) }), 200);
  },
);

decisionRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/decisions/{decisionId}",
    operationId: "getDecision",
    summary: "Get a decision",
    description: "The ID stays the same. The content reflects the current state of the data it is based on.",
    tags,
    request: { params: DecisionParam },
    responses: { 200: answers(LoggedDecision, "The decision."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(LoggedDecision, await decision(c.var.ctx, c.req.valid("param").decisionId)), 200),
);
