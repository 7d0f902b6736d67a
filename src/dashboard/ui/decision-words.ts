import type { conversionOutcomes } from "../../../drizzle/schema/conversions";
import type { DecisionCode } from "../../ledger/decision-codes";

/** What a rule decided in plain words, and what would change it next time. "" if nothing would. */
type Words = { said: string; change: string };

const words: Record<DecisionCode, Words> = {
  earned: { said: "It earned the reward.", change: "" },
  earned_rest: {
    said: "It earned what was left of the rule's budget.",
    change: "Raise the budget to give the full amount again.",
  },
  participant_cap: {
    said: "They already have as many rewards as this rule gives one participant.",
    change: "Raise the rule's limit per participant.",
  },
  monthly_cap: {
    said: "They already have as many rewards this month as this rule gives one participant.",
    change: "It earns again next month, or raise the rule's limit per month.",
  },
  budget_spent: { said: "The rule's budget is spent.", change: "Raise the budget." },
  no_rule: { said: "No rule rewards this event.", change: "Add a rule for it." },
  other_currency: {
    said: "It is in another currency than the campaign.",
    change: "Report purchases in the campaign's currency.",
  },
  no_referrer: { said: "No friend referred the buyer.", change: "The buyer must join through a friend's link first." },
  own_code: { said: "The buyer used their own code.", change: "A friend must use it." },
  buyer_unknown: {
    said: "Only the referrer's code is known, and this rule needs to know the buyer.",
    change: "Report the purchase with the buyer's email. A reward for the friend needs them to sign up.",
  },
  participant_not_active: {
    said: "The buyer is pending or blocked.",
    change: "Activate them before the next purchase.",
  },
  referrer_not_active: {
    said: "The referrer is pending, blocked, or erased.",
    change: "Activate them before the next purchase.",
  },
  amount_too_small: {
    said: "The amount is below the rule's smallest amount, or gives nothing.",
    change: "A larger purchase counts, or lower the rule's smallest amount.",
  },
  not_first: {
    said: "It is not the buyer's first purchase, and the rule counts only that.",
    change: "Let the rule count every purchase.",
  },
  too_late: {
    said: "The months in which this rule rewards this buyer's purchases are over.",
    change: "Give the rule more months.",
  },
  threshold_not_reached: {
    said: "It counts, but more are needed for the reward.",
    change: "The next ones count, too.",
  },
  already_earned: {
    said: "The rule gives this reward once, and they have it.",
    change: "Let the rule reward again.",
  },
};

/** Codes of a later release have no words yet. */
export const decisionWords = (code: string): Words =>
  Object.hasOwn(words, code) ? words[code as DecisionCode] : { said: code, change: "" };

type Outcome = (typeof conversionOutcomes)[number];

export const outcomeWords: Record<Outcome, { said: string; tone: "good" | "warn" | "plain" }> = {
  credited: { said: "Rewarded", tone: "good" },
  capped: { said: "Limit reached", tone: "warn" },
  not_credited: { said: "No reward", tone: "plain" },
};
