export const mail = () => ({
  mail_hello: "Hallo {name}!",
  mail_hello_nobody: "Hallo!",
  mail_there: "du",
  mail_a_friend: "Jemand aus deinem Freundeskreis",
  mail_person: "{name}",
  mail_your_reward: "deine Belohnung",
  mail_reward_label: "Deine Belohnung",
  mail_reward_until: "{reward} (gültig bis {day})",
  mail_button_fallback: "Falls der Button nicht funktioniert, kopiere diesen Link in deinen Browser:",
  mail_unsubscribe: "E-Mails abbestellen",
  mail_entry_subject: "Du bist dabei! Teile jetzt deinen Link",
  mail_entry_message:
    "Schön, dass du bei „{campaign_name}“ mitmachst! Das ist dein persönlicher Link. Schick ihn deinen Freunden: Alle, die darüber mitmachen, zählen für dich.",
  mail_entry_button: "Meinen Stand ansehen",
  mail_entry_reason: "Du bekommst diese E-Mail, weil {email} bei „{campaign_name}“ mitmacht.",
  mail_reward_subject: "Du hast dir eine Belohnung verdient",
  mail_reward_message:
    "Dank deiner Freunde hast du dir bei „{campaign_name}“ eine Belohnung verdient. Danke fürs Weitersagen!",
  mail_reward_button: "Meine Belohnung ansehen",
  mail_reward_reason: "Du bekommst diese E-Mail, weil {email} bei „{campaign_name}“ mitmacht.",
  mail_twoway_reward_subject: "Ein Willkommensgeschenk für dich",
  mail_twoway_reward_message:
    "Du bist über einen Einladungslink zu „{campaign_name}“ gekommen, und dafür bekommst auch du eine Belohnung. Willkommen!",
  mail_twoway_reward_button: "Meine Belohnung ansehen",
  mail_twoway_reward_reason: "Du bekommst diese E-Mail, weil {email} bei „{campaign_name}“ mitmacht.",
  mail_admitted_subject: "Du bist dabei!",
  mail_admitted_message:
    "Das Warten hat ein Ende: Du bist bei „{campaign_name}“ dabei. Auf deiner Seite siehst du, wie es weitergeht.",
  mail_admitted_button: "Meine Seite öffnen",
  mail_admitted_reason: "Du bekommst diese E-Mail, weil {email} auf der Warteliste von „{campaign_name}“ steht.",
  mail_invitation_subject: "{sender_name} lädt dich ein: {brand_name}",
  mail_invitation_message:
    "{sender_name} glaubt, dass dir {brand_name} gefallen könnte, und lädt dich zu „{campaign_name}“ ein.",
  mail_invitation_button: "Einladung annehmen",
  mail_invitation_reason:
    "Du bekommst diese E-Mail, weil uns jemand, der dich kennt, gebeten hat, sie an {email} zu schicken. Deine Adresse steht in keinem Verteiler.",
  mail_magic_link_subject: "Deine Seite bei „{campaign_name}“",
  mail_magic_link_message:
    "Mit diesem Button öffnest du deine Seite mit deinem Link, deinen Freunden und deinen Belohnungen.\n\nLeite diese E-Mail nicht weiter: Wer den Link hat, kann deine Seite öffnen.",
  mail_magic_link_button: "Meine Seite öffnen",
  mail_magic_link_reason:
    "Du bekommst diese E-Mail, weil jemand (vermutlich du) {email} bei „{campaign_name}“ eingegeben hat. Warst du das nicht, kannst du sie ignorieren.",
  mail_proof_subject: "Bestätige deine E-Mail-Adresse für deine Belohnung",
  mail_proof_message:
    "Deine Belohnung bei „{campaign_name}“ wird noch geprüft. Bestätige, dass {email} deine E-Mail-Adresse ist, dann geht es oft schneller.",
  mail_confirm_subject: "Bestätige deine E-Mail-Adresse",
  mail_confirm_message:
    "Nur noch ein Klick, und du bist bei „{campaign_name}“ dabei: Bitte bestätige, dass {email} deine E-Mail-Adresse ist.",
  mail_confirm_button: "E-Mail-Adresse bestätigen",
  mail_confirm_reason:
    "Du bekommst diese E-Mail, weil jemand (vermutlich du) {email} bei „{campaign_name}“ eingegeben hat. Warst du das nicht, kannst du sie ignorieren.",
});
