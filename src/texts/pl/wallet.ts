export const wallet = () => ({
  wallet_missing: "Powiedz nam, dokąd wysłać twoje tokeny",
  wallet_known: "Adres twojego portfela",
  wallet_help: "Podaj adres portfela, który należy do ciebie. Tokenów wysłanych na zły adres nie da się odzyskać.",
  wallet_label: "Adres portfela",
  wallet_button: "Zapisz mój adres",
  wallet_saved: "Twoje tokeny zostaną wysłane na adres {address}.",
  wallet_wrong: "Na ten adres nie możemy nic wysłać. Skopiuj go ponownie ze swojego portfela.",
  mail_wallet_subject: "Dokąd wysłać twoje tokeny?",
  mail_wallet_message:
    "Masz tokeny do odebrania w promocji „{campaign_name}”. Otwórz swoją stronę i podaj adres portfela, a wyślemy je właśnie tam.\n\nNie przekazuj tego e-maila dalej: każdy, kto ma link, może otworzyć twoją stronę.",
  mail_wallet_button: "Podaj adres portfela",
  mail_wallet_reason: "Dostajesz ten e-mail, ponieważ adres {email} jest zapisany do promocji „{campaign_name}”.",
});
