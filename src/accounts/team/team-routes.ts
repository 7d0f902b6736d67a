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
    summary: "Get the team's security settings",
    description: "Whether everyone on the team must have two-step verification.",
    tags,
    responses: { 200: answers(TeamSecurity, "The team's security settings.") },
  }),
  async (c) => c.json(ok(TeamSecurity, await securityOf(c.var.ctx)), 200),
);

teamRoutes.openapi(
  memberOrSessionRoute({
    method: "put",
    path: "/members/team-security",
    operationId: "updateTeamSecurity",
    right: "account",
    summary: "Require two-step verification for the team",
    audit: "Changed whether the team requires two-step verification",
    description:
      "Takes effect with each person's next request: team members without two-step verification cannot see the account until they turn it on. The account's owner must have turned it on first. API keys keep working.",
    tags,
    request: { body: takes(TeamSecurity, { second_factor_required: false }) },
    responses: { 200: answers(TeamSecurity, "The team's security settings.") },
  }),
  async (c) => c.json(ok(TeamSecurity, await changeSecurity(c.var.ctx, c.req.valid("json"))), 200),
);
