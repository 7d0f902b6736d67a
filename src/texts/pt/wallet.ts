export const wallet = () => ({
  wallet_missing: "Diga para onde enviar seus tokens",
  wallet_known: "O endereço da sua carteira",
  wallet_help: "Informe o endereço de uma carteira sua. Tokens enviados para um endereço errado não voltam.",
  wallet_label: "Endereço da carteira",
  wallet_button: "Salvar meu endereço",
  wallet_saved: "Seus tokens serão enviados para {address}.",
  wallet_wrong: "Não podemos enviar tokens para este endereço. Copie-o de novo da sua carteira.",
  mail_wallet_subject: "Para onde enviamos seus tokens?",
  mail_wallet_message:
    "Você ganhou tokens em “{campaign_name}”. Abra sua página e informe o endereço da sua carteira: enviaremos os tokens para lá.\n\nNão encaminhe este e-mail: quem tiver o link pode abrir sua página.",
  mail_wallet_button: "Informar meu endereço",
  mail_wallet_reason: "Você recebeu este e-mail porque {email} participa de “{campaign_name}”.",
});
