export const wallet = () => ({
  wallet_missing: "Sag uns, wohin wir deine Token senden sollen",
  wallet_known: "Deine Wallet-Adresse",
  wallet_help:
    "Gib die Adresse einer Wallet ein, die dir gehört. Token an eine falsche Adresse lassen sich nicht zurückholen.",
  wallet_label: "Wallet-Adresse",
  wallet_button: "Adresse speichern",
  wallet_saved: "Deine Token gehen an {address}.",
  wallet_wrong: "An diese Adresse können wir nichts senden. Kopiere sie noch einmal aus deiner Wallet.",
  mail_wallet_subject: "Wohin dürfen wir deine Token senden?",
  mail_wallet_message:
    "Du hast bei „{campaign_name}“ Token verdient. Öffne deine Seite und gib die Adresse deiner Wallet ein, dann senden wir sie dorthin.\n\nLeite diese E-Mail nicht weiter: Wer den Link hat, kann deine Seite öffnen.",
  mail_wallet_button: "Wallet-Adresse eingeben",
  mail_wallet_reason: "Du bekommst diese E-Mail, weil {email} bei „{campaign_name}“ mitmacht.",
});
