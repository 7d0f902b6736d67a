import type { AnyCode } from "../../ledger/records/decision-codes";
import type { LoggedDecision } from "../../participants/decisions/decision-schema";

/** A rule's decision in plain words, and what would change it next time. "" if nothing would. */
type Words = { said: string; change: string };

const words: Record<AnyCode, Words> = {
  earned: { said: "It earned the reward.", change: "" },
  earned_rest: {
    said: "It earned what was left of the rule's budget.",
    change: "Raise the budget to give the full amount again.",
  },
  participant_cap: {
    said: "They already have the most rewards this rule gives one participant.",
    change: "Raise the rule's limit per participant.",
  },
  monthly_cap: {
    said: "They already have the most rewards this rule gives one participant per month.",
    change: "They can earn again next month, or you can raise the rule's monthly limit.",
  },
  budget_spent: { said: "The rule's budget is spent.", change: "Raise the budget." },
  no_rule: { said: "No rule rewards this event.", change: "Add a rule for it." },
  other_currency: {
    said: "Its currency is not the campaign's.",
    change: "Report purchases in the campaign's currency.",
  },
  no_referrer: { said: "No friend referred the buyer.", change: "The buyer must join through a friend's link first." },
  own_code: { said: "The buyer used their own code.", change: "A friend must use it." },
  buyer_unknown: {
    said: "Only the referrer's code is known, and this rule requires the buyer.",
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
    said: "The amount is below the rule's minimum, or too small to earn anything.",
    change: "A larger purchase counts, or you can lower the rule's minimum.",
  },
  not_first: {
    said: "It is not the buyer's first purchase, and the rule only counts that.",
    change: "Let the rule count every purchase.",
  },
  too_late: {
    said: "This rule no longer rewards this buyer's purchases: its duration has passed.",
    change: "Give the rule more months.",
  },
  threshold_not_reached: {
    said: "It counts, but more are needed for the reward.",
    change: "The next ones also count.",
  },
  already_earned: {
    said: "The rule gives this reward once, and they already have it.",
    change: "Let the rule reward again.",
  },
  not_confirmed: {
    said: "They have not confirmed their email yet.",
    change: "They count once they do, or once you activate them.",
  },
  mailbox_counted: {
    said: "A friend with this email address has already counted.",
    change: "Each email address counts once. New friends count.",
  },
  hold_days: {
    said: "The reward is held for the rule's days.",
    change: "It will be given then, unless the purchase is refunded.",
  },
  veto_asked: {
    said: "The reward is held until your endpoint decides.",
    change: "The veto page shows the last response. You can also approve the reward yourself.",
  },
  veto_refused: {
    said: "Your endpoint refused the reward.",
    change: "The reward stays revoked. Its note has your endpoint's reason.",
  },
  in_review: {
    said: "The reward is waiting for a fraud review.",
    change: "Approve or deny it under Reviews.",
  },
  approval_needed: { said: "The reward is waiting for your approval.", change: "Approve or revoke it." },
  released: { said: "The reward is no longer held.", change: "" },
  given_by_hand: { said: "Someone on your team gave the reward manually.", change: "" },
  referrer_changed: { said: "Someone changed their referrer.", change: "The newer decision shows the result." },
  goal_lowered: {
    said: "They had already reached a goal that was added or lowered, so they got the reward.",
    change: "",
  },
  refunded: { said: "The refund took back all or part of the reward.", change: "" },
  nothing_to_take: { said: "The refund took nothing back, because no reward depends on it.", change: "" },
  given_back: {
    said: "A refund failed or a dispute was won, so the lost amount was restored.",
    change: "",
  },
  nothing_given_back: {
    said: "A refund failed or a dispute was won, but no reward had lost anything.",
    change: "",
  },
  sale_unknown: {
    said: "The refund is waiting for its purchase.",
    change: "Report the purchase with the same order ID.",
  },
  revoked: { said: "Someone revoked the reward.", change: "Its page shows who did it and why." },
  expired: {
    said: "The reward expired before it was given or used.",
    change: "To make the next one last longer, increase the rule's days until expiry.",
  },
};

/** The same for signups and visits, which have no buyer. */
const ofFriends: Partial<Record<AnyCode, Words>> = {
  no_rule: { said: "It counts, and nothing rewards it.", change: "Add a rule for it." },
  no_referrer: { said: "No friend referred them.", change: "The next ones must join through a friend's link." },
  participant_not_active: { said: "They are pending or blocked.", change: "Activate them." },
  referrer_not_active: {
    said: "The referrer is pending, blocked, or erased.",
    change: "Activate them before the next friend.",
  },
};

/** Codes from a later release have no words yet. */
export const decisionWords = (code: string, subject?: LoggedDecision["subject"]["type"]): Words => {
  const isOfFriend = subject === "signup" || subject === "visit";
  const own = isOfFriend ? ofFriends[code as AnyCode] : undefined;
  return own ?? (Object.hasOwn(words, code) ? words[code as AnyCode] : { said: code, change: "" });
};

export const outcomeWords: Record<LoggedDecision["outcome"], { said: string; tone: "good" | "warn" | "plain" }> = {
  credited: { said: "Rewarded", tone: "good" },
  capped: { said: "Limit reached", tone: "warn" },
  not_credited: { said: "No reward", tone: "plain" },
  held: { said: "Held", tone: "warn" },
  reversed: { said: "Taken back", tone: "plain" },
};
