import type { Texts } from "./en";

export const pt: Texts = {
  name: "O seu nome",
  email: "O seu e-mail",
  join: "Obter o meu link",
  required: "Preencha este campo.",
  bad_email: "Introduza um endereço de e-mail válido.",
  failed: "Não funcionou. Tente de novo.",
  busy: "Muita gente ao mesmo tempo. Tente de novo daqui a pouco.",
  language: "Português",
};
