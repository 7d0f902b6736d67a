import type { Texts } from "./en";

export const es: Texts = {
  name: "Tu nombre",
  email: "Tu correo electrónico",
  join: "Obtener mi enlace",
  required: "Rellena este campo.",
  bad_email: "Introduce una dirección de correo válida.",
  failed: "No ha funcionado. Inténtalo de nuevo.",
  busy: "Hay demasiada gente a la vez. Inténtalo de nuevo en un momento.",
  language: "Español",
};
