export const wallet = () => ({
  wallet_missing: "Diga-nos para onde enviar os seus tokens",
  wallet_help:
    "Introduza o endereço da sua própria carteira. Os tokens enviados para um endereço errado não podem ser recuperados.",
  wallet_button: "Guardar o meu endereço",
  wallet_saved: "Os seus tokens serão enviados para {address}.",
  wallet_wrong: "Não podemos enviar tokens para este endereço. Copie-o novamente da sua carteira.",
  mail_wallet_subject: "Para onde enviamos os seus tokens?",
  mail_wallet_message:
    "Ganhou tokens em “{campaign_name}”. Abra a sua página e introduza o endereço da sua carteira: enviaremos os tokens para lá.\n\nNão reencaminhe este e-mail: quem tiver o link pode abrir a sua página.",
  mail_wallet_button: "Introduzir o meu endereço",
  mail_wallet_reason: "Recebeu este e-mail porque {email} participa em “{campaign_name}”.",
});
