import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Hallo {name}!",
  mail_hello_nobody: "Hallo!",
  mail_there: "du",
  mail_a_friend: "Jemand aus deinem Freundeskreis",
  mail_your_reward: "deine Belohnung",
  mail_reward_label: "Deine Belohnung",
  mail_reward_until: "{reward} (gültig bis {day})",
  mail_button_fallback: "Falls der Button nicht funktioniert, kopiere diesen Link in deinen Browser:",
  mail_unsubscribe: "E-Mails abbestellen",
  mail_entry_subject: "Du bist dabei! Teile jetzt deinen Link",
  mail_entry_message:
    "Schön, dass du bei {campaign_name} mitmachst! Das ist dein persönlicher Link. Schick ihn deinen Freunden: Alle, die darüber mitmachen, zählen für dich.",
  mail_entry_button: "Meinen Stand ansehen",
  mail_entry_reason: "Du bekommst diese E-Mail, weil {email} bei {campaign_name} mitmacht.",
  mail_reward_subject: "Du hast dir eine Belohnung verdient",
  mail_reward_message:
    "Dank deiner Freunde hast du dir bei {campaign_name} eine Belohnung verdient. Danke fürs Weitersagen!",
  mail_reward_button: "Meine Belohnung ansehen",
  mail_reward_reason: "Du bekommst diese E-Mail, weil {email} bei {campaign_name} mitmacht.",
  mail_twoway_reward_subject: "Ein Willkommensgeschenk für dich",
  mail_twoway_reward_message:
    "Du bist über einen Einladungslink zu {campaign_name} gekommen, und dafür bekommst auch du eine Belohnung. Willkommen!",
  mail_twoway_reward_button: "Meine Belohnung ansehen",
  mail_twoway_reward_reason: "Du bekommst diese E-Mail, weil {email} bei {campaign_name} mitmacht.",
  mail_admitted_subject: "Du bist dabei!",
  mail_admitted_message:
    "Das Warten hat ein Ende: Du bist bei {campaign_name} dabei. Auf deiner Seite siehst du, wie es weitergeht.",
  mail_admitted_button: "Meine Seite öffnen",
  mail_admitted_reason: "Du erhältst diese E-Mail, weil {email} auf der Warteliste von {campaign_name} steht.",
  mail_invitation_subject: "{sender_name} lädt dich zu {brand_name} ein",
  mail_invitation_message:
    "{sender_name} glaubt, dass dir {brand_name} gefallen könnte, und lädt dich zu {campaign_name} ein.",
  mail_invitation_button: "Einladung annehmen",
  mail_invitation_reason:
    "Du bekommst diese E-Mail, weil uns jemand, der dich kennt, gebeten hat, sie an {email} zu schicken. Deine Adresse steht in keinem Verteiler.",
  mail_magic_link_subject: "Deine Seite bei {campaign_name}",
  mail_magic_link_message:
    "Mit diesem Button öffnest du deine Seite mit deinem Link, deinen Freunden und deinen Belohnungen.\n\nLeite diese E-Mail nicht weiter: Wer den Link hat, kann deine Seite öffnen.",
  mail_magic_link_button: "Meine Seite öffnen",
  mail_magic_link_reason:
    "Du bekommst diese E-Mail, weil jemand (vermutlich du) {email} bei {campaign_name} eingegeben hat. Warst du das nicht, kannst du sie ignorieren.",
  mail_confirm_subject: "Bestätige deine E-Mail-Adresse",
  mail_confirm_message:
    "Nur noch ein Klick, und du bist bei {campaign_name} dabei: Bitte bestätige, dass {email} deine E-Mail-Adresse ist.",
  mail_confirm_button: "E-Mail-Adresse bestätigen",
  mail_confirm_reason:
    "Du bekommst diese E-Mail, weil jemand (vermutlich du) {email} bei {campaign_name} eingegeben hat. Warst du das nicht, kannst du sie ignorieren.",
  mail_verify_member_subject: "Bestätige deine E-Mail-Adresse",
  mail_verify_member_message:
    "Bitte bestätige, dass {email} deine E-Mail-Adresse ist, damit wir dich zu deinen Kampagnen erreichen können.",
  mail_verify_member_button: "E-Mail-Adresse bestätigen",
  mail_verify_member_reason:
    "Du bekommst diese E-Mail, weil mit {email} ein Konto erstellt wurde. Warst du das nicht, kannst du sie ignorieren.",
  mail_reset_password_subject: "Wähle ein neues Passwort",
  mail_reset_password_message:
    "Mit diesem Button wählst du ein neues Passwort für dein Konto. Der Link funktioniert nur einmal und nur für kurze Zeit. Bis dahin gilt dein altes Passwort.",
  mail_reset_password_button: "Neues Passwort wählen",
  mail_reset_password_reason:
    "Du bekommst diese E-Mail, weil jemand (vermutlich du) ein neues Passwort für {email} angefordert hat. Warst du das nicht, kannst du sie ignorieren.",
  mail_email_changed_subject: "Deine E-Mail-Adresse wurde geändert",
  mail_email_changed_message:
    "Die E-Mail-Adresse deines Kontos wurde geändert. Ab jetzt meldest du dich mit der neuen an. An diese Adresse schicken wir dir keine E-Mails mehr.\n\nWarst du das nicht, kennt jemand dein Passwort. Bitte melde dich sofort bei uns.",
  mail_email_changed_button: "Anmelden",
  mail_email_changed_reason: "Du bekommst diese E-Mail, weil {email} bis jetzt die E-Mail-Adresse eines Kontos war.",
  mail_team_invitation_subject: "{sender_name} lädt dich ins Team ein",
  mail_team_invitation_message:
    "{sender_name} möchte mit dir an Empfehlungskampagnen arbeiten. Mit diesem Button trittst du dem Team bei. Der Link ist sieben Tage gültig.",
  mail_team_invitation_button: "Dem Team beitreten",
  mail_team_invitation_reason:
    "Du bekommst diese E-Mail, weil jemand aus dem Team {email} eingegeben hat. Weißt du nicht, worum es geht, kannst du sie ignorieren.",
  mail_password_changed_subject: "Dein Passwort wurde geändert",
  mail_password_changed_message:
    "Das Passwort deines Kontos wurde geändert, und andere Browser wurden abgemeldet.\n\nWarst du das nicht, lass dir über die Anmeldeseite sofort einen Link für ein neues Passwort schicken.",
  mail_key_created_subject: "Ein neuer API-Schlüssel wurde erstellt",
  mail_key_created_message:
    "Ein neuer API-Schlüssel gibt Zugriff auf alle Marken und Kampagnen deines Kontos.\n\nWarst das weder du noch jemand aus deinem Team, widerrufe den Schlüssel und ändere dein Passwort.",
  mail_second_factor_changed_subject: "Deine Bestätigung in zwei Schritten wurde geändert",
  mail_second_factor_changed_message:
    "Die Bestätigung in zwei Schritten deines Kontos wurde geändert.\n\nWarst du das nicht, kennt jemand dein Passwort. Ändere es sofort und prüfe deine Sitzungen und API-Schlüssel.",
  mail_new_sign_in_subject: "Neue Anmeldung in deinem Konto",
  mail_new_sign_in_message:
    "Jemand hat sich in deinem Konto von einem Ort oder Browser angemeldet, den wir noch nicht kannten.\n\nWarst du das nicht, ändere sofort dein Passwort. Damit werden alle anderen Browser abgemeldet.",
  mail_notice_label: "Was passiert ist",
  mail_notice_button: "Mein Konto ansehen",
  mail_notice_reason:
    "Du bekommst diese E-Mail, weil {email} die E-Mail-Adresse eines Kontos ist. So bemerkst du Änderungen, die nicht von dir sind.",
  mail_domain_unproven_subject: "Eine Domain ist nicht mehr bestätigt",
  mail_domain_unproven_message:
    "Wir haben zweimal nach dem Nachweis gesucht, dass die Domain einer deiner Marken dir gehört, und ihn nicht gefunden.\n\nDie Kampagnen der Marke verschicken keine E-Mails mehr, bis du die Domain wieder bestätigst. Anmeldungen und Belohnungen laufen weiter.",
  mail_domain_unproven_label: "Deine Domain",
  mail_domain_unproven_button: "Domain bestätigen",
  mail_domain_unproven_reason: "Du bekommst diese E-Mail, weil diese Marke zum Konto von {email} gehört.",
  mail_webhook_disabled_subject: "Ein Webhook wurde deaktiviert",
  mail_webhook_disabled_message:
    "Einer deiner Webhooks ist deaktiviert: Sein Endpunkt ist tagelang fehlgeschlagen oder hat mit 410 Gone geantwortet.\n\nSobald der Endpunkt wieder funktioniert, kannst du ihn wieder aktivieren.",
  mail_webhook_disabled_label: "Endpunkt-URL",
  mail_webhook_disabled_button: "Meine Webhooks ansehen",
  mail_webhook_disabled_reason: "Du bekommst diese E-Mail, weil dieser Webhook zum Konto von {email} gehört.",
};
