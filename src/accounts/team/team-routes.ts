import { memberOrSessionRoute } from "../../auth/session-route";
import { answers, createRouter, ok, takes } from "../../lib/http";
import { changeSecurity, securityOf } from "./team";
import { TeamSecurity } from "./team-schema";

export const teamRoutes = createRouter();

const tags = ["Accounts"];

teamRoutes.openapi(
  memberOrSessionRoute({
    method: "get",
    path: "/members/team-security",
    operationId: "getTeamSecurity",
    summary: "Get what the account asks of its team",
    description: "Whether everyone who works in the account must have two-step verification.",
    tags,
    responses: { 200: answers(TeamSecurity, "What everyone who works in the account needs.") },
  }),
  async (c) => c.json(ok(TeamSecurity, await securityOf(c.var.ctx)), 200),
);

teamRoutes.openapi(
  memberOrSessionRoute({
    method: "put",
    path: "/members/team-security",
    operationId: "updateTeamSecurity",
    right: "account",
    summary: "Require two-step verification of the team",
    audit: "Changed whether the team needs two-step verification",
    description:
      "Takes effect with everyone's next request: team members without it see nothing of the account until they turn it on. The account's owner must have it. API keys keep working.",
    tags,
    request: { body: takes(TeamSecurity, { second_factor_required: false }) },
    responses: { 200: answers(TeamSecurity, "What everyone who works in the account needs.") },
  }),
  async (c) => c.json(ok(TeamSecurity, await changeSecurity(c.var.ctx, c.req.valid("json"))), 200),
);
