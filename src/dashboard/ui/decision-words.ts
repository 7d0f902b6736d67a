import type { AnyCode } from "../../ledger/decision-codes";
import type { LoggedDecision } from "../../participants/decisions/decision-schema";

/** What a rule decided in plain words, and what would change it next time. "" if nothing would. */
type Words = { said: string; change: string };

const words: Record<AnyCode, Words> = {
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
  not_confirmed: {
    said: "They have not confirmed their email yet.",
    change: "They count once they do, or once you activate them.",
  },
  mailbox_counted: {
    said: "A friend with this mailbox counted before.",
    change: "Each mailbox counts once. New friends count.",
  },
  hold_days: {
    said: "The reward is held for the rule's days.",
    change: "It is given then, unless the purchase is refunded.",
  },
  veto_asked: {
    said: "The reward is held until your endpoint answers.",
    change: "Your veto's page shows what the last question came to. You can approve the reward yourself.",
  },
  veto_refused: {
    said: "Your endpoint refused the reward.",
    change: "The reward stays revoked. Its note has the reason that your endpoint gave.",
  },
  in_review: {
    said: "The reward waits for a review of what looks like fraud.",
    change: "Approve or deny it on the page Reviews.",
  },
  approval_needed: { said: "The reward waits for your approval.", change: "Approve or revoke it." },
  released: { said: "The reward is no longer held.", change: "" },
  given_by_hand: { said: "Someone on your team gave the reward by hand.", change: "" },
  referrer_changed: { said: "Someone changed who referred them.", change: "The newer decision says what came of it." },
  goal_lowered: { said: "They had enough for a goal that was lowered or is new, so they got the reward.", change: "" },
  refunded: { said: "The refund took the reward back, or a part of it.", change: "" },
  nothing_to_take: { said: "The refund took nothing back: no reward depends on it.", change: "" },
  given_back: {
    said: "A refund failed or a dispute was won, so the reward got back what it had lost.",
    change: "",
  },
  nothing_given_back: {
    said: "A refund failed or a dispute was won, but no reward had lost anything by it.",
    change: "",
  },
  sale_unknown: { said: "The refund waits for its purchase.", change: "Report the purchase with the same order ID." },
  revoked: { said: "Someone revoked the reward.", change: "Its page says who, and why." },
  expired: {
    said: "The reward expired before it was given or used.",
    change: "To give the next one more time, raise the rule's days until it expires.",
  },
};

/** The same of signups and visits, which have no buyer. */
const ofFriends: Partial<Record<AnyCode, Words>> = {
  no_rule: { said: "It counts, and nothing rewards it.", change: "Add a rule for it." },
  no_referrer: { said: "No friend referred them.", change: "The next ones must join through a friend's link." },
  participant_not_active: { said: "They are pending or blocked.", change: "Activate them." },
  referrer_not_active: {
    said: "The referrer is pending, blocked, or erased.",
    change: "Activate them before the next friend.",
  },
};

/** Codes of a later release have no words yet. */
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
