/** Why a rule did or did not reward for a conversion. `message` is for the member. */
export const decisionCodes = {
  earned: { outcome: "credited", message: "The reward was earned." },
  earned_rest: { outcome: "credited", message: "The reward got what was left of the rule's budget." },
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
  no_referrer: { outcome: "not_credited", message: "Nobody referred the participant." },
  own_code: { outcome: "not_credited", message: "The code is the buyer's own." },
  buyer_unknown: { outcome: "not_credited", message: "The rule needs to know the buyer, not only the code." },
  participant_not_active: { outcome: "not_credited", message: "The participant is pending or blocked." },
  referrer_not_active: { outcome: "not_credited", message: "The referrer is pending, blocked, or erased." },
  amount_too_small: { outcome: "not_credited", message: "The amount is below the rule's minimum, or gives nothing." },
  not_first: { outcome: "not_credited", message: "It is not the participant's first conversion of this event." },
  too_late: { outcome: "not_credited", message: "The rule's months for this participant are over." },
  threshold_not_reached: { outcome: "not_credited", message: "The rule's threshold is not reached yet." },
  already_earned: { outcome: "not_credited", message: "The rule gives this reward once, and it was earned." },
} as const satisfies Record<string, { outcome: "credited" | "not_credited" | "capped"; message: string }>;

export type DecisionCode = keyof typeof decisionCodes;
export type DecisionOutcome = (typeof decisionCodes)[DecisionCode]["outcome"];

/** The code as an SQL literal. */
export const code = (name: DecisionCode) => `'${name}'`;

/** The codes with an outcome, as a list for SQL. */
export const codesOf = (outcome: DecisionOutcome) =>
  (Object.keys(decisionCodes) as DecisionCode[])
    .filter((name) => decisionCodes[name].outcome === outcome)
    .map(code)
    .join(", ");

/** What a code means. Codes of a later release read as unknown. */
export const reasonOf = (name: string): { code: string; message: string } => ({
  code: name,
  message: Object.hasOwn(decisionCodes, name) ? decisionCodes[name as DecisionCode].message : "Unknown.",
});
