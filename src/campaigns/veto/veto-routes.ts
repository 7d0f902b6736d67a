import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { NewSecret } from "../../outbox/webhooks/webhook-schema";
import { CampaignParam } from "../campaign-param";
import { putVeto, rotateVetoSecret, vetoOf } from "./veto";
import { SavedVeto, Veto, VetoChange } from "./veto-schema";

export const vetoRoutes = createRouter();

const tags = ["Rewards"];

vetoRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/veto",
    operationId: "getVeto",
    summary: "Get a campaign's veto",
    description: "The endpoint that we ask before giving rewards, and the number of rewards that wait for it.",
    tags,
    request: { params: CampaignParam },
    responses: { 200: answers(Veto, "The veto."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Veto, await vetoOf(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

vetoRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}/veto",
    operationId: "updateVeto",
    summary: "Set a campaign's veto",
    audit: "Set a campaign's veto",
    description:
      'Before a reward of the campaign is given, we POST `{id, type: "reward.veto", data}` to the endpoint, signed like a webhook. The reward is held until the endpoint decides. A 200 gives the reward. A 4xx revokes it, with the `code` of a JSON response as the reason. After any other response, including 408, 425, 429, and redirects, we retry for 72 hours; then `ending` decides. Earlier rewards are not affected.',
    tags,
    request: { params: CampaignParam, body: takes(VetoChange, { link: "https://example.com/veto", ending: "hold" }) },
    responses: { 200: answers(SavedVeto, "The veto."), ...fails("bad_link", "not_found") },
  }),
  async (c) => {
    const { campaignId } = c.req.valid("param");
    return c.json(ok(SavedVeto, await putVeto(c.var.ctx, c.req.url, campaignId, c.req.valid("json"))), 200);
  },
);

vetoRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns/{campaignId}/veto/secret",
    operationId: "rotateVetoSecret",
    summary: "Rotate a veto's secret",
    audit: "Rotated a veto's secret",
    description: "Both secrets sign for 24 hours. During this time, the secret cannot be rotated again.",
    tags,
    request: { params: CampaignParam },
    responses: {
      201: answers(NewSecret, "The new secret. This is the only time it is shown."),
      ...fails("not_found", "conflict"),
    },
  }),
  async (c) => c.json(ok(NewSecret, await rotateVetoSecret(c.var.ctx, c.req.valid("param").campaignId)), 201),
);
