export const wallet = {
  wallet_missing: "Diga para onde enviar seus tokens",
  wallet_known: "O endereço da sua carteira",
  wallet_help: "Informe o endereço de uma carteira sua. Tokens enviados para um endereço errado não voltam.",
  wallet_label: "Endereço da carteira",
  wallet_button: "Salvar meu endereço",
  wallet_saved: "Seus tokens serão enviados para {address}.",
  wallet_wrong: "Não podemos enviar tokens para este endereço. Copie-o de novo da sua carteira.",
};
