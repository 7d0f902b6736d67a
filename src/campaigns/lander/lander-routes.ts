import { memberRoute, publicOrMemberRoute } from "../../auth/route";
import { cachedJson } from "../../lib/edge";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { CampaignParam } from "../campaign-param";
import { COPY_LIFETIME_SECONDS, landerCopy } from "../copies";
import { changeLander, landerOf, publicLander } from "./lander";
import { Lander, LanderChange, LanderQuery, PublicLander } from "./lander-schema";

export const landerRoutes = createRouter();

landerRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/lander",
    operationId: "getLanderSettings",
    summary: "Get a campaign's lander settings",
    tags: ["Campaigns"],
    request: { params: CampaignParam },
    responses: { 200: answers(Lander, "The lander; the default one when none was stored."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Lander, await landerOf(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

landerRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}/lander",
    operationId: "changeLander",
    summary: "Store or change a campaign's lander",
    audit: "Updated a landing page",
    description:
      "Takes any subset. What was never set, or is empty, has its default: title, description and button say what the widget says. Texts are sanitised.",
    tags: ["Campaigns"],
    request: {
      params: CampaignParam,
      body: takes(LanderChange, { template_id: 2, header_title: "Give 10, get 10", background_color: "#f8fafc" }),
    },
    responses: { 200: answers(Lander, "The lander as it is now."), ...fails("not_found") },
  }),
  async (c) =>
    c.json(ok(Lander, await changeLander(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"))), 200),
);

landerRoutes.openapi(
  publicOrMemberRoute({
    method: "get",
    path: "/lander",
    operationId: "getLander",
    summary: "Get what a landing page renders from",
    description:
      "Open to all for public campaigns: kept at the edge, so that a change may take a minute to be seen everywhere, with an `ETag`. A private campaign's needs its owner's credential.",
    tags: ["Lander"],
    request: { query: LanderQuery },
    responses: {
      200: answers(PublicLander, "The lander, its campaign and its brand."),
      304: { description: "What `If-None-Match` names is still so." },
      ...fails("not_found"),
    },
  }),
  (c) => {
    const { campaign_id } = c.req.valid("query");
    return cachedJson(c, landerCopy(campaign_id), COPY_LIFETIME_SECONDS, async () => {
      const { body, shared } = await publicLander(c.var.ctx, campaign_id);
      return { body: ok(PublicLander, body), shared };
    });
  },
);
