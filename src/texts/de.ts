import type { Texts } from "./en";

export const de: Texts = {
  name: "Dein Name",
  email: "Deine E-Mail-Adresse",
  join: "Link holen",
  required: "Bitte ausfüllen.",
  bad_email: "Bitte gib eine gültige E-Mail-Adresse ein.",
  failed: "Das hat nicht geklappt. Bitte versuche es noch einmal.",
  busy: "Gerade ist viel los. Bitte versuche es gleich noch einmal.",
  language: "Deutsch",
};
