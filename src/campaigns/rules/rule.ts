import { RULES_PER_CAMPAIGN } from "../../../drizzle/schema";
import { DEFAULT_EVENT } from "../../ledger/records/event-name";
import { rewardKinds } from "../../ledger/records/reward-kinds";
import type { MemberCtx } from "../../lib/ctx";
import { decimalsOf } from "../../lib/currency";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import { invalidRequest } from "../../lib/http";
import { dropCampaignCopies } from "../copies";
import { noteRung, settleGoal } from "../goals/goal";
import { rewardsFriends } from "../reward/reward-settings-schema";
import { NewRule, type Rule, type RuleChange } from "./rule-schema";
import * as store from "./rule-store";

type Classic = Awaited<ReturnType<typeof store.classicOf>>[number];
type Row = Awaited<ReturnType<typeof store.rulesOf>>[number];

/** The queries behind a campaign's rules, for a caller's own batch. `readRules` reads their results. */
export const ruleQueries = (ctx: MemberCtx, campaignId: number) =>
  [
    store.classicOf(ctx.db, ctx.actor.memberId, campaignId),
    store.rulesOf(ctx.db, ctx.actor.memberId, campaignId),
  ] as const;

/**
 * The campaign's rules. The first ones are views of its own fields: its goal, and the friend's reward.
 * @throws 404
 */
export function readRules([classic]: Classic[], rows: Row[]): Rule[] {
  if (!classic) throw notFound("campaign");
  return [...classicRules(classic), ...rows.map((row) => toRule(row, classic))];
}

/** @throws 404 */
export async function rules(ctx: MemberCtx, campaignId: number): Promise<Rule[]> {
  return readRules(...(await ctx.db.batch([...ruleQueries(ctx, campaignId)])));
}

/** @throws 404 */
export async function ruleOf(ctx: MemberCtx, campaignId: number, id: number): Promise<Rule> {
  const found = (await rules(ctx, campaignId)).find((rule) => rule.id === id);
  if (!found) throw notFound("rule");
  return found;
}

/** @throws 404, 409 if the campaign has the maximum number of rules */
export async function createRule(ctx: MemberCtx, campaignId: number, input: NewRule): Promise<Rule> {
  const { memberId } = ctx.actor;
  const [[classic], [created], [walk]] = await commit(
    ctx,
    store.classicOf(ctx.db, memberId, campaignId),
    store.insertRule(ctx.db, memberId, campaignId, asValues(input), ctx.now()),
    noteRung(ctx, campaignId, isRung(input)),
  );
  if (!classic) throw notFound("campaign");
  if (!created && input.trigger === "signup" && classic.goal_type === "visit")
    throw new AppError("conflict", "This campaign counts visits, so referral codes cannot be used to sign up.");
  if (!created) throw new AppError("conflict", "The campaign already has 20 rules. Remove one that you no longer use.");
  if (walk) ctx.later(settleGoal(ctx, campaignId));
  await dropCampaignCopies(ctx, [campaignId]);
  return toRule({ ...asValues(input), id: created.id, campaign_id: campaignId }, classic);
}

/**
 * Changes a rule for future rewards. Earned rewards keep the rule's earlier values.
 * @throws 404, 400 if the result is not a valid rule, 409 for the campaign's own fields
 */
export async function changeRule(ctx: MemberCtx, campaignId: number, id: number, change: RuleChange): Promise<Rule> {
  const { memberId } = ctx.actor;
  const known = await ruleOf(ctx, campaignId, id);
  refuseClassic(known);
  if (change.trigger !== undefined && change.trigger !== known.trigger)
    throw new AppError("conflict", "A rule's trigger cannot change. Create another rule and remove this one.");
  const merged = NewRule.safeParse({ ...known, ...change });
  if (!merged.success) throw invalidRequest(merged.error);
  const rule = merged.data;
  const isLower = isRung(rule) && !(isRung(known) && known.threshold <= rule.threshold);
  const [[classic], [row], [walk]] = await commit(
    ctx,
    store.classicOf(ctx.db, memberId, campaignId),
    store.updateRule(ctx.db, memberId, campaignId, id, asValues(rule)),
    noteRung(ctx, campaignId, isLower),
  );
  if (!classic || !row) throw notFound("rule");
  if (walk) ctx.later(settleGoal(ctx, campaignId));
  await dropCampaignCopies(ctx, [campaignId]);
  return toRule(row, classic);
}

/** Removes a rule. Earned rewards stay. @throws 404, 409 for the campaign's own fields */
export async function removeRule(ctx: MemberCtx, campaignId: number, id: number) {
  refuseClassic(await ruleOf(ctx, campaignId, id));
  const [[removed]] = await commit(ctx, store.removeRule(ctx.db, ctx.actor.memberId, campaignId, id, ctx.now()));
  if (!removed) throw notFound("rule");
  await dropCampaignCopies(ctx, [campaignId]);
  return { id, deleted: true as const };
}

/** Whether participants may have already reached the rule when it is created. */
const isRung = ({ trigger, role, repeat }: Pick<Rule, "trigger" | "role" | "repeat">) =>
  trigger !== "conversion" && role === "referrer" && repeat === "once";

/** Whether the rule is a view of the campaign's own fields. */
export const isClassic = ({ id }: Pick<Rule, "id">) => id % RULES_PER_CAMPAIGN < store.FIRST_NUMBER;

function refuseClassic(rule: Rule) {
  if (!isClassic(rule)) return;
  throw new AppError(
    "conflict",
    "This rule is the campaign's own goal and reward. Change it with PUT /campaigns/{campaignId}.",
  );
}

/** Hundredths of a percent. */
const basisPoints = (percent: number | null | undefined) => (percent ? Math.round(percent * 100) : null);

function asValues({ event_name, reward, ...rule }: NewRule): store.RuleValues {
  const { percent, ...value } = reward;
  const none = { redirect_url: null, custom_message: null, amount: null, max_amount: null, duration_months: null };
  const counted = rule.trigger === "conversion" ? (event_name ?? DEFAULT_EVENT) : "";
  return { ...rule, event_name: counted, ...none, ...value, basis_points: basisPoints(percent) };
}

function toRule(
  row: store.RuleValues & Pick<Row, "id" | "campaign_id"> & Partial<Pick<Row, "is_counted">>,
  { rule_spent }: Pick<Classic, "rule_spent">,
): Rule {
  const { is_counted, ...values } = row;
  const { reward_type, redirect_url, custom_message, amount, basis_points, max_amount, duration_months, ...rule } =
    values;
  const percent = basis_points === null ? null : basis_points / 100;
  const spent: Record<string, number> = JSON.parse(rule_spent);
  return {
    ...rule,
    event_name: rule.event_name || null,
    reward: { reward_type, redirect_url, custom_message, amount, percent, max_amount, duration_months },
    spent: spent[rule.id] ?? 0,
  };
}

/** The rules that the campaign's own fields define, numbered 0 and 1. */
function classicRules(campaign: Classic): Rule[] {
  const { campaign_id, goal_type, num_signups, num_visits, reward_type, redirect_url, custom_message } = campaign;
  const { cash, credit } = rewardKinds;
  const cents = { [cash.id]: campaign.cash_cents, [credit.id]: campaign.credit_cents }[reward_type] ?? null;
  const amount = cents === null ? null : Math.round((cents * 10 ** decimalsOf(campaign.currency)) / 100);
  const rule = (number: number, role: Rule["role"], trigger: Rule["trigger"], threshold: number): Rule => ({
    id: campaign_id * RULES_PER_CAMPAIGN + number,
    campaign_id,
    role,
    trigger,
    event_name: null,
    min_amount: 0,
    first_only: false,
    threshold,
    repeat: "once",
    reward: {
      reward_type,
      redirect_url,
      custom_message,
      amount,
      percent: null,
      max_amount: null,
      duration_months: null,
    },
    max_per_participant: 1,
    max_per_month: null,
    budget: null,
    spent: 0,
    hold_days: 0,
    needs_approval: false,
    expires_days: null,
    title: null,
    image_url: null,
    visible: true,
    position: 0,
  });
  const goal = goal_type === "visit" ? (num_visits ?? 1) : num_signups;
  const referrers = rule(0, "referrer", goal_type, goal);
  return rewardsFriends(campaign) ? [referrers, rule(1, "invited", "signup", 1)] : [referrers];
}
