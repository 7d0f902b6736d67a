/** Why a rule gave a reward for a conversion, or why not. `message` is for the member. */
export const decisionCodes = {
  earned: { outcome: "credited", message: "The reward was earned." },
  earned_rest: { outcome: "credited", message: "The reward got the rest of the rule's budget." },
  participant_cap: {
    outcome: "capped",
    message: "The participant has as many rewards as the rule's max_per_participant allows.",
  },
  monthly_cap: {
    outcome: "capped",
    message: "The participant has as many rewards as max_per_month allows this month.",
  },
  budget_spent: { outcome: "capped", message: "The rule's budget is spent." },
  no_rule: { outcome: "not_credited", message: "The campaign has no rule for this event." },
  other_currency: { outcome: "not_credited", message: "The conversion is not in the campaign's currency." },
  no_referrer: { outcome: "not_credited", message: "The participant has no referrer." },
  own_code: { outcome: "not_credited", message: "The code is the buyer's own." },
  buyer_unknown: { outcome: "not_credited", message: "The rule requires the buyer, not only the code." },
  participant_not_active: { outcome: "not_credited", message: "The participant is pending or blocked." },
  referrer_not_active: { outcome: "not_credited", message: "The referrer is pending, blocked, or erased." },
  amount_too_small: { outcome: "not_credited", message: "The amount is below the rule's minimum, or gives nothing." },
  not_first: { outcome: "not_credited", message: "It is not the participant's first conversion of this event." },
  too_late: {
    outcome: "not_credited",
    message: "The rule no longer applies to this participant: its duration has passed.",
  },
  threshold_not_reached: { outcome: "not_credited", message: "The rule's threshold has not been reached." },
  already_earned: {
    outcome: "not_credited",
    message: "The rule gives this reward once, and it has already been earned.",
  },
} as const satisfies Record<string, { outcome: "credited" | "not_credited" | "capped"; message: string }>;

/** What else happened to a signup, refund, or reward. */
const laterCodes = {
  not_confirmed: { outcome: "not_credited", message: "The friend has not confirmed their email yet." },
  mailbox_counted: { outcome: "not_credited", message: "A friend with this email address has already counted." },
  hold_days: { outcome: "held", message: "The reward is held for the rule's hold_days." },
  approval_needed: { outcome: "held", message: "The reward is held until someone approves it." },
  in_review: { outcome: "held", message: "The reward is held while a referral or sales are reviewed for fraud." },
  veto_asked: { outcome: "held", message: "The reward is held until your endpoint decides." },
  veto_refused: { outcome: "reversed", message: "Your endpoint refused the reward." },
  released: { outcome: "credited", message: "The reward is no longer held." },
  given_by_hand: { outcome: "credited", message: "Someone gave the reward by hand." },
  referrer_changed: { outcome: "not_credited", message: "Someone changed the referrer later." },
  goal_lowered: {
    outcome: "credited",
    message: "The participant had already reached a goal that was added or lowered.",
  },
  refunded: { outcome: "reversed", message: "The refund took back all or part of the reward." },
  nothing_to_take: {
    outcome: "not_credited",
    message: "The refund took nothing back, because no reward depends on it.",
  },
  given_back: {
    outcome: "credited",
    message: "A refund failed or a dispute was won, so the lost amount was restored.",
  },
  nothing_given_back: {
    outcome: "not_credited",
    message: "A refund failed or a dispute was won, but no reward had lost anything.",
  },
  sale_unknown: { outcome: "not_credited", message: "The refund is waiting for its conversion." },
  revoked: { outcome: "reversed", message: "Someone revoked the reward." },
  expired: { outcome: "reversed", message: "The reward was not given within the rule's expires_days." },
} as const;

/** All decision codes. */
export const allCodes = { ...decisionCodes, ...laterCodes };
export type AnyCode = keyof typeof allCodes;

type DecisionCode = keyof typeof decisionCodes;
type DecisionOutcome = (typeof decisionCodes)[DecisionCode]["outcome"];

/** The code as an SQL literal. */
export const code = (name: DecisionCode) => `'${name}'`;

/** The codes with an outcome, as an SQL list. */
export const codesOf = (outcome: DecisionOutcome) =>
  (Object.keys(decisionCodes) as DecisionCode[])
    .filter((name) => decisionCodes[name].outcome === outcome)
    .map(code)
    .join(", ");

/** What a code means. A code from a later release reads as unknown. */
export const reasonOf = (name: string): { code: string; message: string } => ({
  code: name,
  message: Object.hasOwn(allCodes, name) ? allCodes[name as AnyCode].message : "Unknown.",
});
