export const wallet = () => ({
  wallet_missing: "Dites-nous où envoyer vos jetons",
  wallet_known: "L’adresse de votre portefeuille",
  wallet_help:
    "Saisissez l’adresse d’un portefeuille qui vous appartient. Des jetons envoyés à une mauvaise adresse sont perdus.",
  wallet_label: "Adresse du portefeuille",
  wallet_button: "Enregistrer l’adresse",
  wallet_saved: "Vos jetons seront envoyés à {address}.",
  wallet_wrong: "Impossible d’envoyer des jetons à cette adresse. Copiez-la de nouveau depuis votre portefeuille.",
  mail_wallet_subject: "Où devons-nous envoyer vos jetons\u202f?",
  mail_wallet_message:
    "Vous avez gagné des jetons avec «\u202f{campaign_name}\u202f». Ouvrez votre page et saisissez l’adresse de votre portefeuille\u202f: nous les y enverrons.\n\nNe transférez pas cet e-mail\u202f: toute personne qui a le lien peut ouvrir votre page.",
  mail_wallet_button: "Saisir mon adresse",
  mail_wallet_reason:
    "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à «\u202f{campaign_name}\u202f».",
});
