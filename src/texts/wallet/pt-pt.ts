import type { wallet as english } from "./en";

export const wallet: Partial<Record<keyof typeof english, string>> = {
  wallet_missing: "Diga-nos para onde enviar os seus tokens",
  wallet_help:
    "Introduza o endereço da sua própria carteira. Os tokens enviados para um endereço errado não podem ser recuperados.",
  wallet_button: "Guardar o meu endereço",
  wallet_saved: "Os seus tokens serão enviados para {address}.",
  wallet_wrong: "Não podemos enviar tokens para este endereço. Copie-o novamente da sua carteira.",
};
