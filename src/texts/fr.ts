import type { Texts } from "./en";

export const fr: Texts = {
  name: "Votre nom",
  email: "Votre adresse e-mail",
  join: "Obtenir mon lien",
  required: "Veuillez remplir ce champ.",
  bad_email: "Veuillez saisir une adresse e-mail valide.",
  failed: "Cela n’a pas fonctionné. Veuillez réessayer.",
  busy: "Trop de monde en même temps. Veuillez réessayer dans un instant.",
  // What a widget says where its settings say nothing (the form's own words are above)
  header_title: "Invitez vos amis, soyez récompensé",
  description: "Participez, partagez votre lien personnel et gagnez une récompense pour les amis qui vous rejoignent.",
  body_text: "Saisissez vos coordonnées pour obtenir votre lien personnel.",
  join_button: "Participer",
  success_message: "C’est fait ! Partagez votre lien avec vos amis.",
  popup_button: "Ma récompense",
  // Counted: a form for one and a form for others
  friends_one: "{count} ami",
  friends_other: "{count} amis",
  // Kept out, by the code of the refusal
  leave_empty: "Laissez ce champ vide",
  needs_script: "Ce formulaire a besoin de JavaScript pour vérifier que vous êtes une personne.",
  captcha_failed: "Nous n’avons pas pu vérifier que vous êtes une personne. Veuillez réessayer.",
  form_expired: "Ce formulaire est resté ouvert trop longtemps. Veuillez recharger la page.",
  disposable_email: "Veuillez utiliser une adresse e-mail durable, pas une adresse jetable.",
  language: "Français",
};
