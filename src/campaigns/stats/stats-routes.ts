import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok } from "../../lib/http";
import { CampaignParam } from "../campaign-param";
import { campaignStats } from "./stats";
import { CampaignStats } from "./stats-schema";

export const statsRoutes = createRouter();

statsRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/stats",
    operationId: "getCampaignStats",
    summary: "Get a campaign's totals",
    description: "Days are in UTC. Only days with signups are listed.",
    tags: ["Campaigns"],
    request: { params: CampaignParam },
    responses: { 200: answers(CampaignStats, "Totals and daily signups."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(CampaignStats, await campaignStats(c.var.ctx, c.req.valid("param").campaignId)), 200),
);
