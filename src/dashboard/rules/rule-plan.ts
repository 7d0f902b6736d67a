import { campaignHead } from "../../campaigns/campaign-head";
import { isClassic, readRules, ruleQueries } from "../../campaigns/rules/rule";
import * as store from "../../campaigns/rules/rule-store";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { dollars } from "../../lib/fields";
import { typedRule } from "./rule-form";

export type RulePlan = Awaited<ReturnType<typeof rulePlan>>;

/** Everything that a campaign's rule pages show, in one round trip. @throws 404 */
export async function rulePlan(ctx: MemberCtx, campaignId: number) {
  const [[head], [money], classic, rows] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    store.currencyOf(ctx.db, ctx.actor.memberId, campaignId),
    ...ruleQueries(ctx, campaignId),
  ]);
  if (!head || !money) throw notFound("campaign");
  const { currency, worth_cents, has_rules, has_conversions } = money;
  const worth = worth_cents === null ? null : dollars(worth_cents);
  const listed = readRules(classic, rows).map((rule) => {
    const isOwn = isClassic(rule);
    return { rule, isOwn, typed: typedRule(rule, currency, isOwn ? worth : null) };
  });
  return {
    head,
    currency,
    listed,
    /** Why the currency can no longer change. Null if it can. */
    fixedBy: has_rules ? ("rules" as const) : has_conversions ? ("conversions" as const) : null,
  };
}
