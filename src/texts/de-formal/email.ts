export const mail = () => ({
  mail_hello: "Guten Tag, {name}!",
  mail_hello_nobody: "Guten Tag!",
  mail_there: "zusammen",
  mail_a_friend: "Jemand aus Ihrem Freundeskreis",
  mail_your_reward: "Ihre Belohnung",
  mail_reward_label: "Ihre Belohnung",
  mail_button_fallback: "Falls der Button nicht funktioniert, kopieren Sie diesen Link in Ihren Browser:",
  mail_entry_subject: "Sie sind dabei! Teilen Sie jetzt Ihren Link",
  mail_entry_message:
    "Schön, dass Sie bei „{campaign_name}“ mitmachen! Das ist Ihr persönlicher Link. Schicken Sie ihn Ihren Freunden: Alle, die darüber mitmachen, zählen für Sie.",
  mail_entry_reason: "Sie bekommen diese E-Mail, weil {email} bei „{campaign_name}“ mitmacht.",
  mail_reward_subject: "Sie haben sich eine Belohnung verdient",
  mail_reward_message:
    "Dank Ihrer Freunde haben Sie sich bei „{campaign_name}“ eine Belohnung verdient. Danke fürs Weitersagen!",
  mail_reward_reason: "Sie bekommen diese E-Mail, weil {email} bei „{campaign_name}“ mitmacht.",
  mail_twoway_reward_subject: "Ein Willkommensgeschenk für Sie",
  mail_twoway_reward_message:
    "Sie sind über einen Einladungslink zu „{campaign_name}“ gekommen, und dafür bekommen auch Sie eine Belohnung. Willkommen!",
  mail_twoway_reward_reason: "Sie bekommen diese E-Mail, weil {email} bei „{campaign_name}“ mitmacht.",
  mail_admitted_subject: "Sie sind dabei!",
  mail_admitted_message:
    "Das Warten hat ein Ende: Sie sind bei „{campaign_name}“ dabei. Auf Ihrer Seite sehen Sie, wie es weitergeht.",
  mail_admitted_reason: "Sie bekommen diese E-Mail, weil {email} auf der Warteliste von „{campaign_name}“ steht.",
  mail_invitation_subject: "{sender_name} lädt Sie ein: {brand_name}",
  mail_invitation_message:
    "{sender_name} glaubt, dass Ihnen {brand_name} gefallen könnte, und lädt Sie zu „{campaign_name}“ ein.",
  mail_invitation_reason:
    "Sie bekommen diese E-Mail, weil uns jemand, der Sie kennt, gebeten hat, sie an {email} zu schicken. Ihre Adresse steht in keinem Verteiler.",
  mail_magic_link_subject: "Ihre Seite bei „{campaign_name}“",
  mail_magic_link_message:
    "Mit diesem Button öffnen Sie Ihre Seite mit Ihrem Link, Ihren Freunden und Ihren Belohnungen.\n\nLeiten Sie diese E-Mail nicht weiter: Wer den Link hat, kann Ihre Seite öffnen.",
  mail_magic_link_reason:
    "Sie bekommen diese E-Mail, weil jemand (vermutlich Sie) {email} bei „{campaign_name}“ eingegeben hat. Waren Sie das nicht, können Sie sie ignorieren.",
  mail_proof_subject: "Bestätigen Sie Ihre E-Mail-Adresse für Ihre Belohnung",
  mail_proof_message:
    "Ihre Belohnung bei „{campaign_name}“ wird noch geprüft. Bestätigen Sie, dass {email} Ihre E-Mail-Adresse ist, dann geht es oft schneller.",
  mail_confirm_subject: "Bestätigen Sie Ihre E-Mail-Adresse",
  mail_confirm_message:
    "Nur noch ein Klick, und Sie sind bei „{campaign_name}“ dabei: Bitte bestätigen Sie, dass {email} Ihre E-Mail-Adresse ist.",
  mail_confirm_reason:
    "Sie bekommen diese E-Mail, weil jemand (vermutlich Sie) {email} bei „{campaign_name}“ eingegeben hat. Waren Sie das nicht, können Sie sie ignorieren.",
});
