import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { ignoredOf } from "../../lib/ignored";
import { CampaignParam } from "../campaign-param";
import { changeRule, createRule, removeRule, ruleOf, rules } from "./rule";
import { NewRule, RemovedRule, Rule, RuleChange, RuleParam, Rules, SavedRule } from "./rule-schema";

export const ruleRoutes = createRouter();

const tags = ["Rules"];

ruleRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/rules",
    operationId: "listRules",
    summary: "List a campaign's rules",
    description:
      "The first ones are views of the campaign's own goal and reward. The others are those that you created.",
    tags,
    request: { params: CampaignParam },
    responses: { 200: answers(Rules, "Up to 22 rules, in order."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Rules, { rules: await rules(c.var.ctx, c.req.valid("param").campaignId) }), 200),
);

ruleRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns/{campaignId}/rules",
    operationId: "createRule",
    summary: "Create a rule",
    audit: "Created a reward rule",
    description:
      "It rewards friends' signups, visitors, or conversions from now on. A campaign can have 20. A rule that rewards `once` also rewards participants who already have enough friends or visitors.",
    tags,
    request: {
      params: CampaignParam,
      body: takes(NewRule, {
        role: "referrer",
        event_name: "purchase",
        reward: { reward_type: 5, percent: 10, max_amount: 5000 },
        budget: 100_000,
      }),
    },
    responses: { 201: answers(SavedRule, "The new rule."), ...fails("not_found", "conflict") },
  }),
  async (c) => {
    const rule = await createRule(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"));
    return c.json(ok(SavedRule, { ...rule, ignored: ignoredOf(NewRule, await c.req.json()) }), 201);
  },
);

ruleRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/rules/{ruleId}",
    operationId: "getRule",
    summary: "Get a rule",
    description: "Includes the totals that count toward its caps and budget.",
    tags,
    request: { params: RuleParam },
    responses: { 200: answers(Rule, "The rule."), ...fails("not_found") },
  }),
  async (c) => {
    const { campaignId, ruleId } = c.req.valid("param");
    return c.json(ok(Rule, await ruleOf(c.var.ctx, campaignId, ruleId)), 200);
  },
);

ruleRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}/rules/{ruleId}",
    operationId: "updateRule",
    summary: "Change a rule",
    audit: "Updated a reward rule",
    description: "Send any subset. `reward` is replaced as a whole. Earned rewards keep the rule's earlier values.",
    tags,
    request: { params: RuleParam, body: takes(RuleChange, { max_per_month: 10 }) },
    responses: { 200: answers(SavedRule, "The updated rule."), ...fails("not_found", "conflict") },
  }),
  async (c) => {
    const { campaignId, ruleId } = c.req.valid("param");
    const rule = await changeRule(c.var.ctx, campaignId, ruleId, c.req.valid("json"));
    return c.json(ok(SavedRule, { ...rule, ignored: ignoredOf(NewRule, await c.req.json()) }), 200);
  },
);

ruleRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/campaigns/{campaignId}/rules/{ruleId}",
    operationId: "deleteRule",
    summary: "Remove a rule",
    audit: "Removed a reward rule",
    description: "The rule stops giving rewards. Earned rewards stay.",
    tags,
    request: { params: RuleParam },
    responses: { 200: answers(RemovedRule, "The rule is removed."), ...fails("not_found", "conflict") },
  }),
  async (c) => {
    const { campaignId, ruleId } = c.req.valid("param");
    return c.json(ok(RemovedRule, await removeRule(c.var.ctx, campaignId, ruleId)), 200);
  },
);
