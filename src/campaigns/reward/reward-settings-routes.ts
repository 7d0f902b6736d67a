import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { CampaignParam } from "../campaign-param";
import { changeRewardSettings, rewardSettingsOf } from "./reward-settings";
import { RewardSettings, RewardSettingsChange } from "./reward-settings-schema";

export const rewardSettingsRoutes = createRouter();

const tags = ["Campaigns"];

rewardSettingsRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/reward",
    operationId: "getRewardSettings",
    summary: "Get a campaign's reward settings",
    description: "The kind of reward is set by the campaign's `reward_type`.",
    tags,
    request: { params: CampaignParam },
    responses: { 200: answers(RewardSettings, "The kind of reward and its values."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(RewardSettings, await rewardSettingsOf(c.var.ctx, c.req.valid("param").campaignId)), 200),
);

rewardSettingsRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}/reward",
    operationId: "updateRewardSettings",
    summary: "Change a campaign's reward settings",
    audit: "Updated a campaign's rewards",
    description: "Send any subset; an explicit null clears a field. Existing rewards keep their values.",
    tags,
    request: {
      params: CampaignParam,
      body: takes(RewardSettingsChange, { cash_value: 12.5, custom_message: "Thank you!" }),
    },
    responses: {
      200: answers(RewardSettings, "The updated settings."),
      ...fails("invalid_request", "token_not_allowed", "not_found"),
    },
  }),
  async (c) =>
    c.json(
      ok(RewardSettings, await changeRewardSettings(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"))),
      200,
    ),
);
