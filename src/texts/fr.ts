import type { Texts } from "./en";

export const fr: Texts = {
  name: "Votre nom",
  email: "Votre adresse e-mail",
  join: "Obtenir mon lien",
  required: "Veuillez remplir ce champ.",
  bad_email: "Veuillez saisir une adresse e-mail valide.",
  failed: "Cela n’a pas fonctionné. Veuillez réessayer.",
  busy: "Trop de monde en même temps. Veuillez réessayer dans un instant.",
  language: "Français",
};
