import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { CampaignParam } from "../campaign-param";
import { changeWidget, widgetOf } from "./widget";
import { Widget, WidgetChange } from "./widget-schema";

export const widgetRoutes = createRouter();

const tags = ["Campaigns"];

widgetRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/widget",
    operationId: "getWidget",
    summary: "Get a campaign's widget settings",
    description: "Settings that were never changed return their defaults.",
    tags,
    request: { params: CampaignParam },
    responses: { 200: answers(Widget, "All settings, with defaults for unset ones."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Widget, await widgetOf(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

widgetRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}/widget",
    operationId: "updateWidget",
    summary: "Change a campaign's widget settings",
    audit: "Updated a widget",
    description:
      "Send any subset. An explicit null clears a nullable field. HTML is sanitized: scripts and other disallowed elements are removed.",
    tags,
    request: {
      params: CampaignParam,
      body: takes(WidgetChange, { placement: "popup", header_title: "Give 10, get 10", button_color: "#0f766e" }),
    },
    responses: { 200: answers(Widget, "The updated settings."), ...fails("not_found") },
  }),
  async (c) =>
    c.json(ok(Widget, await changeWidget(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"))), 200),
);
