/** Why an event of a provider changed nothing, in a sentence with what would help. */
export const inputReasons = {
  unknown_event: "We do not use events of this type.",
  counted_elsewhere: "Another event of the same payment counts it.",
  no_money: "No money moved, so there is nothing to count or to take back.",
  not_final: "The payment or refund is not final yet. The provider sends another event when it is.",
  nothing_kept: "It concerns personal data of buyers, and inputs keep none.",
  test_event: "It is a test event. Turn on test mode to count it.",
  no_participant: "The payment names no participant of this campaign, by code, ID, or email.",
  not_understood:
    "It does not have the form that the provider documents, or is in another currency than its payment and does not say what that is in the payment's.",
  waits:
    "Another event of the same payment may tell more, like whose code the buyer came with. We wait for it for half a day.",
  recorded_before: "The payment or refund was recorded before.",
  contradicts: "It was recorded before with another amount, currency, or participant, or it has 100 refunds already.",
  gone: "The campaign or the input was deleted.",
  gave_up: "It could not be recorded in time. Send the event again from the provider's dashboard.",
} as const;
export type InputReason = keyof typeof inputReasons;

/** The reason as responses have it. */
export const inputReasonOf = (code: string) => ({ code, message: inputReasons[code as InputReason] });
