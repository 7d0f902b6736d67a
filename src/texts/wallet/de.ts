export const wallet = {
  wallet_missing: "Sag uns, wohin wir deine Token senden sollen",
  wallet_known: "Deine Wallet-Adresse",
  wallet_help:
    "Gib die Adresse einer Wallet ein, die dir gehört. Token an eine falsche Adresse lassen sich nicht zurückholen.",
  wallet_label: "Wallet-Adresse",
  wallet_button: "Adresse speichern",
  wallet_saved: "Deine Token gehen an {address}.",
  wallet_wrong: "An diese Adresse können wir nichts senden. Kopiere sie noch einmal aus deiner Wallet.",
};
