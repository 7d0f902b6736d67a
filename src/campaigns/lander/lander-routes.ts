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
    description: "Returns the default lander if none is stored.",
    tags: ["Campaigns"],
    request: { params: CampaignParam },
    responses: { 200: answers(Lander, "The lander, or the default if none is stored."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Lander, await landerOf(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

landerRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}/lander",
    operationId: "updateLanderSettings",
    summary: "Create or change a campaign's lander",
    audit: "Updated a landing page",
    description:
      "Send any subset. Unset or empty fields use their default. For the title, description, and button, this is the widget's text. HTML is sanitized.",
    tags: ["Campaigns"],
    request: {
      params: CampaignParam,
      body: takes(LanderChange, { template_id: 2, header_title: "Give 10, get 10", background_color: "#f8fafc" }),
    },
    responses: { 200: answers(Lander, "The updated lander."), ...fails("not_found") },
  }),
  async (c) =>
    c.json(ok(Lander, await changeLander(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"))), 200),
);

landerRoutes.openapi(
  publicOrMemberRoute({
    method: "get",
    path: "/lander",
    operationId: "getLander",
    summary: "Get a landing page's content",
    description:
      "Public campaigns are open to everyone. Responses are cached at the edge with an `ETag`, so a change can take a minute to appear everywhere. A private campaign requires its owner's credential.",
    tags: ["Lander"],
    request: { query: LanderQuery },
    responses: {
      200: answers(PublicLander, "The lander with its campaign and brand."),
      304: { description: "Unchanged since the version in `If-None-Match`." },
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
