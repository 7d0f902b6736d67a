export const wallet = () => ({
  wallet_missing: "Dicci dove inviare i tuoi token",
  wallet_known: "L’indirizzo del tuo wallet",
  wallet_help:
    "Inserisci l’indirizzo di un wallet che ti appartiene. I token inviati a un indirizzo sbagliato non si possono recuperare.",
  wallet_label: "Indirizzo del wallet",
  wallet_button: "Salva il mio indirizzo",
  wallet_saved: "I tuoi token saranno inviati a {address}.",
  wallet_wrong: "Non possiamo inviare token a questo indirizzo. Copialo di nuovo dal tuo wallet.",
  mail_wallet_subject: "Dove inviamo i tuoi token?",
  mail_wallet_message:
    "Hai guadagnato dei token in «{campaign_name}». Apri la tua pagina e inserisci l’indirizzo del tuo wallet: li invieremo lì.\n\nNon inoltrare questa email: chiunque abbia il link può aprire la tua pagina.",
  mail_wallet_button: "Inserisci il mio indirizzo",
  mail_wallet_reason: "Ricevi questa email perché {email} partecipa a «{campaign_name}».",
});
