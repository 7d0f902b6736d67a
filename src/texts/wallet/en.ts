/** Where tokens go: on a participant's own page. */
export const wallet = {
  wallet_missing: "Tell us where to send your tokens",
  wallet_known: "Your wallet address",
  wallet_help: "Enter the address of a wallet that you own. Tokens sent to a wrong address cannot be brought back.",
  wallet_label: "Wallet address",
  wallet_button: "Save my address",
  wallet_saved: "Your tokens will be sent to {address}.",
  wallet_wrong: "This is not an address that we can send to. Copy it again from your wallet.",
} as const;
