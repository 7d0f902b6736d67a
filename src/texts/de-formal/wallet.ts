export const wallet = () => ({
  wallet_missing: "Sagen Sie uns, wohin wir Ihre Token senden sollen",
  wallet_known: "Ihre Wallet-Adresse",
  wallet_help:
    "Geben Sie die Adresse einer Wallet ein, die Ihnen gehört. Token an eine falsche Adresse lassen sich nicht zurückholen.",
  wallet_saved: "Ihre Token gehen an {address}.",
  wallet_wrong: "An diese Adresse können wir nichts senden. Kopieren Sie sie noch einmal aus Ihrer Wallet.",
  mail_wallet_subject: "Wohin dürfen wir Ihre Token senden?",
  mail_wallet_message:
    "Sie haben bei „{campaign_name}“ Token verdient. Öffnen Sie Ihre Seite und geben Sie die Adresse Ihrer Wallet ein, dann senden wir sie dorthin.\n\nLeiten Sie diese E-Mail nicht weiter: Wer den Link hat, kann Ihre Seite öffnen.",
  mail_wallet_reason: "Sie bekommen diese E-Mail, weil {email} bei „{campaign_name}“ mitmacht.",
});
