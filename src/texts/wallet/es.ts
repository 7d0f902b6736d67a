export const wallet = {
  wallet_missing: "Dinos adónde enviar tus tokens",
  wallet_known: "La dirección de tu monedero",
  wallet_help:
    "Escribe la dirección de un monedero tuyo. Los tokens enviados a una dirección equivocada no se recuperan.",
  wallet_label: "Dirección del monedero",
  wallet_button: "Guardar mi dirección",
  wallet_saved: "Enviaremos tus tokens a {address}.",
  wallet_wrong: "No podemos enviar tokens a esta dirección. Cópiala de nuevo desde tu monedero.",
};
