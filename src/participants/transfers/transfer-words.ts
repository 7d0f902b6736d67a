/** Why a transfer waits or failed, for people. docs/tokens.md has the same list. */
const transferReasons = {
  not_set_up: "Token transfers are not set up on this installation.",
  test_mode: "Nothing is sent in test mode.",
  account_suspended: "The account or brand is suspended.",
  brand_not_linked: "The brand is not linked to VNOC.",
  participant_not_active: "The participant is not active.",
  token_not_allowed: "The administrator does not allow this token on this chain.",
  bad_amount: "The amount is not above 0, or has more decimals than the token supports.",
  transfer_cap: "The amount is above the maximum for one transfer.",
  address_missing: "The participant has not given an address yet.",
  address_refused: "The address is the token's contract or the paying wallet.",
  approval: "An owner must approve it.",
  paused: "The administrator paused transfers.",
  day_cap: "Today's limit for this token is reached. The transfer continues tomorrow (UTC).",
  empty_wallet: "The wallet does not have enough of the token.",
  low_balance: "The wallet's balance for fees is below its minimum.",
  no_gas: "The wallet cannot pay the fee.",
  fees_high: "Fees are above the maximum.",
  rpc: "The chain's endpoints do not respond, or disagree.",
  wallet_not_reached: "The wallet did not respond. We will ask again.",
  rejected: "The token's contract refuses this transfer.",
  reverted: "The transaction was included but failed.",
  not_paid: "The transaction did not move this amount to this address.",
  fee_on_transfer: "The token keeps part of each transfer.",
  rebasing: "The token changes balances on its own.",
  decimals_differ: "The token's contract has different decimals than the administrator configured.",
  contract: "The address belongs to a contract.",
  known_otherwise: "The wallet already has this reward with a different amount or token.",
  cancelled: "An owner canceled it.",
  fulfilled: "The reward was marked as paid.",
  revoked: "The reward was revoked.",
  erased: "The participant was erased.",
  gone: "The reward was deleted.",
} as const;

/** A reason's text for people. A reason from a newer release is shown as it is. */
export const reasonInWords = (reason: string | null): string | null =>
  reason !== null && Object.hasOwn(transferReasons, reason)
    ? transferReasons[reason as keyof typeof transferReasons]
    : reason;
