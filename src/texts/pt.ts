import type { Texts } from "./en";

export const pt: Texts = {
  name: "O seu nome",
  email: "O seu e-mail",
  join: "Obter o meu link",
  required: "Preencha este campo.",
  bad_email: "Introduza um endereço de e-mail válido.",
  failed: "Não funcionou. Tente de novo.",
  busy: "Muita gente ao mesmo tempo. Tente de novo daqui a pouco.",
  // What a widget says where its settings say nothing (the form's own words are above)
  header_title: "Convide os seus amigos e ganhe recompensas",
  description: "Participe, envie o seu link pessoal e ganhe uma recompensa pelos amigos que trouxer.",
  body_text: "Preencha os seus dados para obter o seu link pessoal.",
  join_button: "Participar",
  success_message: "Tudo certo! Envie o seu link aos seus amigos.",
  popup_button: "Ganhar recompensa",
  // Counted: a form for one and a form for others
  friends_one: "{count} amigo",
  friends_other: "{count} amigos",
  // Kept out, by the code of the refusal
  leave_empty: "Deixe este campo vazio",
  needs_script: "Este formulário precisa de JavaScript para verificar que você é uma pessoa.",
  captcha_failed: "Não conseguimos verificar que você é uma pessoa. Tente novamente.",
  form_expired: "Este formulário ficou aberto por muito tempo. Recarregue a página.",
  disposable_email: "Use um endereço de e-mail que você vá manter, não um descartável.",
  language: "Português",
};
