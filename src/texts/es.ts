import type { Texts } from "./en";

export const es: Texts = {
  name: "Tu nombre",
  email: "Tu correo electrónico",
  join: "Obtener mi enlace",
  required: "Rellena este campo.",
  bad_email: "Introduce una dirección de correo válida.",
  failed: "No ha funcionado. Inténtalo de nuevo.",
  busy: "Hay demasiada gente a la vez. Inténtalo de nuevo en un momento.",
  // What a widget says where its settings say nothing (the form's own words are above)
  header_title: "Invita a tus amigos y gana recompensas",
  description: "Únete, comparte tu enlace personal y gana una recompensa por los amigos que traigas.",
  body_text: "Introduce tus datos para obtener tu enlace personal.",
  join_button: "Unirme",
  success_message: "¡Ya está! Comparte tu enlace con tus amigos.",
  popup_button: "Mi recompensa",
  // Counted: a form for one and a form for others
  friends_one: "{count} amigo",
  friends_other: "{count} amigos",
  // Kept out, by the code of the refusal
  leave_empty: "Deja este campo vacío",
  needs_script: "Este formulario necesita JavaScript para comprobar que eres una persona.",
  captcha_failed: "No hemos podido comprobar que eres una persona. Inténtalo de nuevo.",
  form_expired: "Este formulario ha estado abierto demasiado tiempo. Vuelve a cargar la página.",
  disposable_email: "Usa una dirección de correo que vayas a conservar, no una temporal.",
  language: "Español",
};
