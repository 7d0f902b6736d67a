/** Why a provider's event changed nothing, in a sentence that also says what would help. */
export const inputReasons = {
  unknown_event: "We do not use events of this type.",
  counted_elsewhere: "Another event of the same payment already counts.",
  no_money: "No money moved, so there is nothing to count or refund.",
  not_final: "The payment or refund is not final yet. The provider will send another event when it is.",
  nothing_kept: "This event is about buyers' personal data, and inputs store none.",
  test_event: "This is a test event. Turn on test mode to count it.",
  no_participant: "The payment identifies no participant of this campaign by code, ID, or email.",
  not_understood:
    "The event does not have the provider's documented format, or is in a different currency than its payment and lacks the amount in the payment's currency.",
  waits:
    "Another event of the same payment may contain more data, such as the referral code. We wait for it for half a day.",
  recorded_before: "The payment or refund was already recorded.",
  contradicts:
    "It was already recorded with a different amount, currency, or participant, or it already has 100 refunds.",
  gone: "The campaign or the input was deleted.",
  gave_up: "It could not be recorded in time. Send the event again from the provider's dashboard.",
} as const;
export type InputReason = keyof typeof inputReasons;

/** The reason as the API returns it. */
export const inputReasonOf = (code: string) => ({ code, message: inputReasons[code as InputReason] });
