import { memberRoute } from "../auth/route";
import { answers, createRouter, fails, listOf, ok, takes } from "../lib/http";
import { pagination } from "../lib/page";
import { campaignOf, campaigns, createCampaign } from "./campaign";
import { Campaign, CampaignFilter, CampaignParam, NewCampaign } from "./schema";

export const campaignRoutes = createRouter();

const tags = ["Campaigns"];
const CampaignList = listOf("campaigns", Campaign);

campaignRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns",
    operationId: "listCampaigns",
    summary: "List campaigns",
    description: "Those of one brand with `brand_id`; a brand that is not yours has none.",
    tags,
    request: { query: CampaignFilter },
    responses: { 200: answers(CampaignList, "The account's campaigns, newest first.") },
  }),
  async (c) => {
    const filter = c.req.valid("query");
    const { rows, total } = await campaigns(c.var.ctx, filter);
    return c.json(ok(CampaignList, { campaigns: rows, pagination: pagination(filter, total) }), 200);
  },
);

campaignRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns",
    operationId: "createCampaign",
    summary: "Create a campaign",
    description: "A referral program of a brand. Its widget and reward settings come into being with it.",
    tags,
    request: { body: takes(NewCampaign, { name: "Summer launch", brand_id: 42, goal_type: "signup", num_signups: 3 }) },
    responses: {
      201: answers(Campaign, "The new campaign."),
      ...fails("not_found", "paid_plan_required", "invalid_request", "token_not_allowed"),
    },
  }),
  async (c) => c.json(ok(Campaign, await createCampaign(c.var.ctx, c.req.valid("json"))), 201),
);

campaignRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}",
    operationId: "getCampaign",
    summary: "Get a campaign",
    tags,
    request: { params: CampaignParam },
    responses: { 200: answers(Campaign, "The campaign."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Campaign, await campaignOf(c.var.ctx, c.req.valid("param").campaignId)), 200),
);
