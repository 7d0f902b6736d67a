import { z } from "zod";
import { NewRule, type Rule, type RuleChange } from "../../campaigns/rules/rule-schema";
import { kindOf, rewardKinds } from "../../ledger/records/reward-kinds";
import { Currency } from "../../lib/currency";
import { ruleSentence } from "../browser/rule-sentence";
import { valueAt } from "../ui/form";
import { amountIn, typedAmount } from "../ui/money";

type Gift = {
  label: string;
  reward_type: number;
  /** The field that the gift requires, and its optional fields. */
  needs?: string;
  takes?: string[];
};

/** The gifts that the rule form offers. Their fields are in `rule-fields.tsx`, their words in `rule-sentence.ts`. */
export const gifts = {
  percent: {
    label: "A share of the purchase",
    reward_type: rewardKinds.cash.id,
    needs: "percent",
    takes: ["max_amount"],
  },
  amount: { label: "A fixed amount", reward_type: rewardKinds.cash.id, needs: "amount" },
  coupon: { label: "Coupon code", reward_type: rewardKinds.coupon.id },
  redirect: { label: "Link", reward_type: rewardKinds.redirect.id, needs: "redirect_url" },
  message: { label: "Message", reward_type: rewardKinds.message.id, needs: "custom_message" },
} satisfies Record<string, Gift>;
export type GiftName = keyof typeof gifts;
export const giftNames = Object.keys(gifts) as GiftName[];

/** How shares and fixed amounts can be given. */
const paidAs = { cash: rewardKinds.cash.id, credit: rewardKinds.credit.id };

/** Amounts: typed in the major unit, stored in the minor one. */
const MONEY = ["min_amount", "budget", "reward.amount", "reward.max_amount"];
/** The triggers that the rule form offers. */
export const triggers = [
  ["conversion", "Purchases and other conversions"],
  ["signup", "Friends who sign up"],
  ["visit", "Visitors to the share link"],
] as const satisfies [Rule["trigger"], string][];

/** Fields that the form hides and leaves out if the rule counts something else. */
const OF_CONVERSIONS = ["event_name", "min_amount", "first_only", "reward.duration_months"];

/** The fields that the form sets. A change leaves all other fields as they are. */
const SET = [
  "role",
  "trigger",
  "event_name",
  "min_amount",
  "first_only",
  "threshold",
  "repeat",
  "reward",
  "max_per_participant",
  "max_per_month",
  "budget",
  "hold_days",
  "needs_approval",
  "expires_days",
  "title",
  "image_url",
  "visible",
] as const satisfies (keyof NewRule)[];

const isFilled = (value: unknown) => value !== null && value !== undefined && value !== "";

/**
 * Converts the form to the API's rule, whose schema checks everything else. The form names the currency that it was
 * filled in for.
 */
export const RuleForm = z
  .looseObject({
    currency: Currency,
    gives: z.enum(giftNames),
    paid_as: z.enum(["cash", "credit"]).default("cash"),
    reward: z.looseObject({}).default({}),
  })
  .transform((typed, c) => {
    const { gives, currency, paid_as } = typed;
    const gift: Gift = gifts[gives];
    const read = (name: string) => {
      const value = valueAt(typed, name);
      if (
        !isFilled(value) ||
        (OF_CONVERSIONS.includes(name) && isFilled(typed.trigger) && typed.trigger !== "conversion")
      )
        return undefined;
      if (MONEY.includes(name)) return amountIn(c, name, value, currency);
      return name === "reward.percent" ? Number(value) : value;
    };
    if (gift.needs && !isFilled(typed.reward[gift.needs]))
      c.addIssue({ code: "custom", path: ["reward", gift.needs], message: "is required", input: null });
    const names = [...(gift.needs ? [gift.needs] : []), ...(gift.takes ?? []), "duration_months"];
    const reward = Object.fromEntries(names.map((name) => [name, read(`reward.${name}`) ?? null]));
    const rule = Object.fromEntries(SET.map((name) => [name, read(name)]));
    return {
      ...rule,
      reward: { ...reward, reward_type: gift.reward_type === paidAs.cash ? paidAs[paid_as] : gift.reward_type },
      currency,
    } as unknown;
  })
  .pipe(NewRule.safeExtend({ currency: Currency }));

/** The fields that a rule's form changes. */
export const changeOf = (rule: NewRule): RuleChange =>
  Object.fromEntries(SET.map((name) => [name, rule[name]])) as RuleChange;

/** The gift of a shown rule. The campaign's own reward may also be a token. */
function giftOf({ reward_type, percent }: Rule["reward"]): string {
  if (!Object.values(paidAs).includes(reward_type)) return kindOf(reward_type);
  return percent === null ? "amount" : "percent";
}

/** A rule's values in its form. `worth` is the value of the campaign's own coupons, in the major unit. */
export function typedRule(rule: Rule, currency: string, worth: number | null = null) {
  const { reward, min_amount, budget, ...same } = rule;
  const { amount, max_amount, reward_type: _, ...value } = reward;
  const money = (minor: number | null) => typedAmount(minor, currency);
  return {
    ...same,
    currency,
    gives: giftOf(reward),
    paid_as: reward.reward_type === paidAs.credit ? "credit" : "cash",
    min_amount: min_amount === 0 ? null : money(min_amount),
    budget: money(budget),
    reward: { ...value, amount: money(amount), max_amount: money(max_amount), worth_value: worth },
  };
}

/** The form's initial values: a rule that is easy to understand. */
export const startingRule = (currency: string) => ({
  currency,
  gives: "percent",
  role: "referrer",
  trigger: "conversion",
  event_name: "purchase",
  threshold: 1,
  repeat: "every",
  hold_days: 30,
  visible: true,
  reward: { percent: 10 },
});

/** The sentence for a form's values, in the campaign's currency. */
export const sentenceOf = (values: Record<string, unknown>, currency: string) =>
  ruleSentence((name) => {
    const value = name === "currency" ? currency : valueAt(values, name);
    return isFilled(value) && value !== false ? String(value).trim() : "";
  });
