export const wallet = {
  wallet_missing: "Dites-nous où envoyer vos jetons",
  wallet_known: "L’adresse de votre portefeuille",
  wallet_help:
    "Saisissez l’adresse d’un portefeuille qui vous appartient. Des jetons envoyés à une mauvaise adresse sont perdus.",
  wallet_label: "Adresse du portefeuille",
  wallet_button: "Enregistrer l’adresse",
  wallet_saved: "Vos jetons seront envoyés à {address}.",
  wallet_wrong: "Impossible d’envoyer des jetons à cette adresse. Copiez-la de nouveau depuis votre portefeuille.",
};
