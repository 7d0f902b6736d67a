/** Texts about wallet addresses: on a participant's own page, and in the email that asks for an address. */
export const wallet = {
  wallet_missing: "Tell us where to send your tokens",
  wallet_known: "Your wallet address",
  wallet_help: "Enter the address of a wallet that you own. Tokens sent to a wrong address can’t be recovered.",
  wallet_label: "Wallet address",
  wallet_button: "Save my address",
  wallet_saved: "Your tokens will be sent to {address}.",
  wallet_wrong: "We can’t send to this address. Copy it again from your wallet.",
  mail_wallet_subject: "Where should we send your tokens?",
  mail_wallet_message:
    "You earned a token reward in {campaign_name}. Open your page and enter the address of your wallet: we’ll send it there.\n\nPlease don’t forward this email. Anyone who has the link can open your page.",
  mail_wallet_button: "Enter my wallet address",
  mail_wallet_reason: "You’re receiving this email because {email} joined {campaign_name}.",
} as const;
