export const wallet = () => ({
  wallet_missing: "Laat ons weten waar we je tokens naartoe sturen",
  wallet_known: "Je walletadres",
  wallet_help:
    "Vul het adres in van een wallet die van jou is. Tokens die naar een verkeerd adres zijn gestuurd, kunnen niet worden teruggehaald.",
  wallet_label: "Walletadres",
  wallet_button: "Mijn adres opslaan",
  wallet_saved: "Je tokens worden naar {address} gestuurd.",
  wallet_wrong: "Naar dit adres kunnen we niets sturen. Kopieer het opnieuw uit je wallet.",
  mail_wallet_subject: "Waar mogen we je tokens naartoe sturen?",
  mail_wallet_message:
    "Je hebt tokens verdiend bij ‘{campaign_name}’. Open je pagina en vul het adres van je wallet in, dan sturen we ze daarheen.\n\nStuur deze e-mail niet door: iedereen die de link heeft, kan je pagina openen.",
  mail_wallet_button: "Mijn walletadres invullen",
  mail_wallet_reason: "Je ontvangt deze e-mail omdat {email} meedoet aan ‘{campaign_name}’.",
});
