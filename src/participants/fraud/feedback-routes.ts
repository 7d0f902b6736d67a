import { memberRoute } from "../../auth/route";
import { CampaignParam } from "../../campaigns/campaign-param";
import { answers, createRouter, fails, ok } from "../../lib/http";
import { feedback } from "./feedback";
import { FraudFeedback } from "./feedback-schema";

export const feedbackRoutes = createRouter();

feedbackRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/fraud",
    operationId: "getFraudFeedback",
    summary: "Get the results of reviews",
    description:
      "For each reason, how often people denied the referrers, and how this changes its weight in later reviews.",
    tags: ["Reviews"],
    request: { params: CampaignParam },
    responses: { 200: answers(FraudFeedback, "The reasons with decisions."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(FraudFeedback, await feedback(c.var.ctx, c.req.valid("param").campaignId)), 200),
);
