import type { Texts } from "./en";

export const de: Texts = {
  name: "Dein Name",
  email: "Deine E-Mail-Adresse",
  join: "Link holen",
  required: "Bitte ausfüllen.",
  bad_email: "Bitte gib eine gültige E-Mail-Adresse ein.",
  failed: "Das hat nicht geklappt. Bitte versuche es noch einmal.",
  busy: "Gerade ist viel los. Bitte versuche es gleich noch einmal.",
  // What a widget says where its settings say nothing (the form's own words are above)
  header_title: "Lade Freunde ein und hol dir deine Belohnung",
  description:
    "Mach mit, teile deinen persönlichen Link und sichere dir eine Belohnung für die Freunde, die du mitbringst.",
  body_text: "Gib deine Daten ein und erhalte deinen persönlichen Link.",
  join_button: "Mitmachen",
  success_message: "Du bist dabei! Teile deinen Link mit deinen Freunden.",
  popup_button: "Belohnung holen",
  // Counted: a form for one and a form for others
  friends_one: "{count} Freund",
  friends_other: "{count} Freunde",
  // Kept out, by the code of the refusal
  leave_empty: "Lass dieses Feld leer",
  needs_script: "Dieses Formular braucht JavaScript: Damit wird geprüft, dass du ein Mensch bist.",
  captcha_failed: "Wir konnten nicht prüfen, ob du ein Mensch bist. Bitte versuche es noch einmal.",
  form_expired: "Dieses Formular war zu lange offen. Bitte lade die Seite neu.",
  disposable_email: "Bitte nimm eine E-Mail-Adresse, die du behältst, keine Wegwerf-Adresse.",
  language: "Deutsch",
};
