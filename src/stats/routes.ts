import { memberRoute } from "../auth/route";
import { CampaignParam } from "../campaigns/schema";
import { answers, createRouter, fails, ok } from "../lib/http";
import { CampaignStats } from "./schema";
import { campaignStats } from "./stats";

export const statsRoutes = createRouter();

statsRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/stats",
    operationId: "getCampaignStats",
    summary: "Get a campaign's totals",
    tags: ["Campaigns"],
    request: { params: CampaignParam },
    responses: { 200: answers(CampaignStats, "Totals, and signups by day."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(CampaignStats, await campaignStats(c.var.ctx, c.req.valid("param").campaignId)), 200),
);
