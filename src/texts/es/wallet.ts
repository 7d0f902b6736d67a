export const wallet = () => ({
  wallet_missing: "Dinos adónde enviar tus tokens",
  wallet_known: "La dirección de tu monedero",
  wallet_help:
    "Escribe la dirección de un monedero tuyo. Los tokens enviados a una dirección equivocada no se recuperan.",
  wallet_label: "Dirección del monedero",
  wallet_button: "Guardar mi dirección",
  wallet_saved: "Enviaremos tus tokens a {address}.",
  wallet_wrong: "No podemos enviar tokens a esta dirección. Cópiala de nuevo desde tu monedero.",
  mail_wallet_subject: "¿Adónde enviamos tus tokens?",
  mail_wallet_message:
    "Has ganado tokens en «{campaign_name}». Abre tu página y escribe la dirección de tu monedero: los enviaremos allí.\n\nNo reenvíes este correo: cualquiera que tenga el enlace puede abrir tu página.",
  mail_wallet_button: "Escribir mi dirección",
  mail_wallet_reason: "Recibes este correo porque {email} participa en «{campaign_name}».",
});
