import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { COUNTED, pagination } from "../../lib/page";
import { CampaignParam } from "../campaign-param";
import { campaignDetail, campaigns, changeCampaign, createCampaign, deleteCampaign } from "./campaign";
import {
  Campaign,
  CampaignChange,
  CampaignDetail,
  CampaignFilter,
  DeletedCampaign,
  NewCampaign,
  NewDuplicate,
} from "./campaign-schema";

import { duplicateCampaign } from "./duplicate";

export const campaignRoutes = createRouter();

const tags = ["Campaigns"];
const CampaignList = listOf("campaigns", Campaign);

campaignRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns",
    operationId: "listCampaigns",
    summary: "List campaigns",
    description: `Filter by \`brand_id\`. Another account's brand returns an empty list. ${COUNTED}`,
    tags,
    request: { query: CampaignFilter },
    responses: { 200: answers(CampaignList, "The account's campaigns, newest first.") },
  }),
  async (c) => {
    const filter = c.req.valid("query");
    const { rows, total } = await campaigns(c.var.ctx, filter);
    return c.json(
      ok(CampaignList, { campaigns: rows, pagination: pagination(filter, { rows, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

campaignRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns",
    operationId: "createCampaign",
    summary: "Create a campaign",
    audit: "Created a campaign",
    description: "A brand's referral program. Its widget and reward settings are created with it.",
    tags,
    request: { body: takes(NewCampaign, { name: "Summer launch", brand_id: 42, goal_type: "signup", num_signups: 3 }) },
    responses: {
      201: answers(Campaign, "The new campaign."),
      ...fails("not_found", "paid_plan_required", "invalid_request", "token_not_allowed", "conflict"),
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
    description: "Includes the widget, reward, lander, contest, and coupon counts.",
    tags,
    request: { params: CampaignParam },
    responses: { 200: answers(CampaignDetail, "The campaign with its settings."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(CampaignDetail, await campaignDetail(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

campaignRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}",
    operationId: "updateCampaign",
    summary: "Change a campaign",
    audit: "Updated a campaign's settings",
    description:
      "Send any subset of the fields, and of the widget's and reward's fields. An explicit null clears a nullable field.",
    tags,
    request: { params: CampaignParam, body: takes(CampaignChange, { num_signups: 5, widget: { placement: "popup" } }) },
    responses: {
      200: answers(CampaignDetail, "The updated campaign."),
      ...fails("not_found", "paid_plan_required", "invalid_request", "token_not_allowed", "conflict"),
    },
  }),
  async (c) => {
    const changed = await changeCampaign(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"));
    return c.json(ok(CampaignDetail, changed), 200);
  },
);

campaignRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns/{campaignId}/duplicate",
    operationId: "duplicateCampaign",
    summary: "Duplicate a campaign",
    audit: "Duplicated a campaign",
    description:
      "Creates a draft with the campaign's settings, texts, widget, landing page, reward, and rules, for the same brand or another one of the account. Participants, coupon codes, the contest, webhooks, dates, and secrets such as Turnstile keys are not copied. For another brand, `landing_url` is not copied either.",
    tags,
    request: { params: CampaignParam, body: takes(NewDuplicate, { name: "Autumn launch" }) },
    responses: {
      201: answers(Campaign, "The new campaign."),
      ...fails("not_found", "paid_plan_required", "token_not_allowed"),
    },
  }),
  async (c) => {
    const created = await duplicateCampaign(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"));
    return c.json(ok(Campaign, created), 201);
  },
);

campaignRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/campaigns/{campaignId}",
    operationId: "deleteCampaign",
    summary: "Delete a campaign",
    audit: "Deleted a campaign and its participants",
    description:
      "Deletes the campaign with its participants, rewards, coupon codes, webhooks, and contest. Either all of it is deleted, or nothing.",
    tags,
    request: { params: CampaignParam },
    responses: { 200: answers(DeletedCampaign, "Deleted."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(DeletedCampaign, await deleteCampaign(c.var.ctx, c.req.valid("param").campaignId)), 200),
);
