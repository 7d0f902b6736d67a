import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Hallo {name}!",
  mail_hello_nobody: "Hallo!",
  mail_there: "du",
  mail_a_friend: "Jemand aus deinem Freundeskreis",
  mail_your_reward: "deine Belohnung",
  mail_reward_label: "Deine Belohnung",
  mail_button_fallback: "Falls der Button nicht funktioniert, kopiere diese Adresse in deinen Browser:",
  mail_unsubscribe: "Abmelden",
  mail_entry_subject: "Du bist dabei: Teile deinen Link",
  mail_entry_message:
    "Danke, dass du bei {campaign_name} mitmachst. Das ist dein persönlicher Link. Schick ihn deinen Freunden: Alle, die darüber mitmachen, zählen für dich.",
  mail_entry_button: "Deinen Stand ansehen",
  mail_entry_reason: "Du bekommst diese Mail, weil {email} bei {campaign_name} mitmacht.",
  mail_reward_subject: "Du hast dir deine Belohnung verdient",
  mail_reward_message:
    "Deine Freunde sind dabei, und du hast dir bei {campaign_name} deine Belohnung verdient. Danke fürs Weitersagen!",
  mail_reward_button: "Deine Seite öffnen",
  mail_reward_reason: "Du bekommst diese Mail, weil {email} bei {campaign_name} mitmacht.",
  mail_twoway_reward_subject: "Ein Willkommensgeschenk für dich",
  mail_twoway_reward_message:
    "Du bist über den Link einer befreundeten Person zu {campaign_name} gekommen und hast dir damit auch eine Belohnung verdient. Willkommen!",
  mail_twoway_reward_button: "Deine Seite öffnen",
  mail_twoway_reward_reason: "Du bekommst diese Mail, weil {email} bei {campaign_name} mitmacht.",
  mail_invitation_subject: "{sender_name} lädt dich zu {brand_name} ein",
  mail_invitation_message:
    "{sender_name} glaubt, dass dir {brand_name} gefallen könnte, und hat dir eine Einladung zu {campaign_name} geschickt.",
  mail_invitation_button: "Einladung annehmen",
  mail_invitation_reason:
    "Du bekommst diese Mail, weil uns jemand, der dich kennt, gebeten hat, sie an {email} zu schicken. Deine Adresse steht in keinem Verteiler.",
  mail_magic_link_subject: "Deine Seite bei {campaign_name}",
  mail_magic_link_message:
    "Dieser Button öffnet deine eigene Seite mit deinem Link, deinen Freunden und deinen Belohnungen.\n\nBehalte diese Mail für dich: Wer den Link hat, sieht, was du siehst.",
  mail_magic_link_button: "Deine Seite öffnen",
  mail_magic_link_reason:
    "Du bekommst diese Mail, weil jemand, vermutlich du, {email} bei {campaign_name} eingegeben hat. Warst du es nicht, ist nichts zu tun.",
  mail_confirm_subject: "Bitte bestätige deine E-Mail-Adresse",
  mail_confirm_message:
    "Noch ein Klick, und du bist bei {campaign_name} dabei: Bitte bestätige, dass {email} deine Adresse ist.",
  mail_confirm_button: "Adresse bestätigen",
  mail_confirm_reason:
    "Du bekommst diese Mail, weil jemand, vermutlich du, {email} bei {campaign_name} eingegeben hat. Warst du es nicht, ist nichts zu tun.",
  mail_verify_member_subject: "Bitte bestätige deine E-Mail-Adresse",
  mail_verify_member_message:
    "Bitte bestätige, dass {email} deine Adresse ist, damit wir dich erreichen, wenn sich bei deinen Kampagnen etwas tut.",
  mail_verify_member_button: "Adresse bestätigen",
  mail_verify_member_reason:
    "Du bekommst diese Mail, weil mit {email} ein Konto eröffnet wurde. Warst du es nicht, ist nichts zu tun.",
  mail_reset_password_subject: "Wähle ein neues Passwort",
  mail_reset_password_message:
    "Mit diesem Button wählst du ein neues Passwort für dein Konto. Er funktioniert einmal und nur für kurze Zeit. Bis dahin bleibt dein altes Passwort, wie es ist.",
  mail_reset_password_button: "Neues Passwort wählen",
  mail_reset_password_reason:
    "Du bekommst diese Mail, weil jemand, vermutlich du, ein neues Passwort für {email} angefordert hat. Warst du es nicht, ist nichts zu tun.",
  mail_email_changed_subject: "Deine E-Mail-Adresse wurde geändert",
  mail_email_changed_message:
    "Die E-Mail-Adresse deines Kontos wurde geändert. Von jetzt an meldest du dich mit der neuen an, und in dieses Postfach kommt nichts mehr von uns.\n\nWarst du es nicht, kennt jemand dein Passwort: Bitte melde dich sofort bei uns.",
  mail_email_changed_button: "Anmelden",
  mail_email_changed_reason: "Du bekommst diese Mail, weil {email} bis jetzt die Adresse eines Kontos war.",
  mail_team_invitation_subject: "{sender_name} lädt dich ins Team ein",
  mail_team_invitation_message:
    "{sender_name} möchte mit dir an Empfehlungskampagnen arbeiten. Mit diesem Knopf kommst du ins Team. Er funktioniert sieben Tage lang.",
  mail_team_invitation_button: "Ins Team kommen",
  mail_team_invitation_reason:
    "Du bekommst diese Mail, weil jemand aus dem Team {email} eingegeben hat. Weißt du nicht, worum es geht, ist nichts zu tun.",
  mail_webhook_disabled_subject: "Ein Webhook wurde abgeschaltet",
  mail_webhook_disabled_message:
    "Einer deiner Webhooks hat tagelang alles abgelehnt oder gemeldet, dass es ihn nicht mehr gibt. Deshalb haben wir ihn abgeschaltet.\n\nSobald sein Empfänger wieder funktioniert, kannst du ihn wieder einschalten.",
  mail_webhook_disabled_label: "Empfänger",
  mail_webhook_disabled_button: "Meine Webhooks ansehen",
  mail_webhook_disabled_reason: "Du bekommst diese Mail, weil dieser Webhook zum Konto von {email} gehört.",
};
