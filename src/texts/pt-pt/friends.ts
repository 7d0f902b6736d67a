export const friends = () => ({
  more_channels: "Outras formas de partilhar",
  qr_download: "Transferir código QR",
  your_friends: "Os seus amigos",
  own_word: "Escolher o meu próprio link",
  own_word_hint: "De 3 a 30 letras, números ou hífenes. Os links que já partilhou continuam a funcionar.",
  own_word_save: "Guardar link",
  own_word_taken: "Este já está a ser utilizado. Experimente outro.",
  own_word_bad: "Utilize de 3 a 30 letras, números ou hífenes.",
  bad_phone: "Introduza um número de telefone válido.",
  mail_share_label: "Partilhe o seu link",
  mail_friend_joined_subject: "{friend_name} entrou através do seu link",
  mail_friend_joined_message:
    "Boas notícias! {friend_name} entrou em “{campaign_name}” através do seu link. Agradecemos por passar a palavra!",
  mail_one_to_go_message: "Está quase: com mais uma pessoa, ganha a recompensa em “{campaign_name}”.",
  mail_reminder_subject: "O seu link pessoal está à espera",
  mail_reminder_message:
    "Participa em “{campaign_name}”, mas ainda não partilhou o seu link. Envie-o a uma pessoa para começar.",
  mail_recap_subject: "A sua semana em “{campaign_name}”",
  mail_recap_message: "Veja como está depois desta semana.",
  mail_recap_clicks_one: "{count} clique no seu link no total",
  mail_recap_clicks_other: "{count} cliques no seu link no total",
});
