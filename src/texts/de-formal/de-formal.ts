import type { Translation } from "../en/en";
import { mail } from "./email";
import { friends } from "./friends";
import { promises } from "./promises";
import { proof } from "./proof";
import { wallet } from "./wallet";

/**
 * German with "Sie", where it differs from German with "du". Buttons and terms are the same. The message that a participant shares
 * stays with "du": it goes to their friends.
 */
export const deFormal = (): Partial<Translation> => ({
  ...mail(),
  ...promises(),
  ...proof(),
  ...wallet(),
  ...friends(),
  name: "Ihr Name",
  email: "Ihre E-Mail-Adresse",
  required: "Bitte füllen Sie dieses Feld aus.",
  bad_email: "Bitte geben Sie eine gültige E-Mail-Adresse ein.",
  failed: "Da ist etwas schiefgelaufen. Bitte versuchen Sie es noch einmal.",
  busy: "Gerade ist viel los. Bitte versuchen Sie es gleich noch einmal.",
  description:
    "Machen Sie mit, teilen Sie Ihren persönlichen Link und sichern Sie sich eine Belohnung, wenn Ihre Freunde mitmachen.",
  body_text: "Geben Sie Ihre Daten ein und holen Sie sich Ihren persönlichen Link.",
  success_message: "Sie sind dabei! Teilen Sie jetzt Ihren Link mit Ihren Freunden.",
  your_link: "Ihr persönlicher Link",
  your_code: "Ihr Code, den Freunde an der Kasse eingeben",
  goal_visit: "Besuche über Ihren Link",
  goal_left: "Noch {left} bis zu Ihrer Belohnung",
  goal_met: "Sie haben Ihr Ziel erreicht.",
  your_rewards: "Ihre Belohnungen",
  reward_referrer: "Für Ihre Einladungen",
  reward_invited: "Ihr Willkommensgeschenk",
  reward_owed: "Sie haben {amount} verdient. Die Auszahlung folgt.",
  reward_waiting: "Geschafft! Ihre Belohnung erscheint hier, sobald sie bereitsteht.",
  your_credit: "Ihr Guthaben: {amount}",
  reward_held: "Fast geschafft: Sie bekommen die Belohnung am {day}.",
  reward_checking: "Wir prüfen diese Belohnung noch. Sie müssen nichts tun.",
  reward_confirm: "Wir prüfen diese Belohnung noch. Mit dem Link in unserer E-Mail an Sie geht es schneller.",
  limit_budget: "Diese Belohnungen sind im Moment vergriffen. Ihr Stand bleibt erhalten, teilen Sie also ruhig weiter.",
  reward_new: "Sie haben sich eine Belohnung verdient!",
  waitlist_place: "Sie sind Nummer {position} von {of} auf der Warteliste.",
  waitlist_next_one: "Jeder Freund, der mitmacht, bringt Sie {count} Platz nach vorn.",
  waitlist_next_other: "Jeder Freund, der mitmacht, bringt Sie {count} Plätze nach vorn.",
  waitlist_admitted: "Sie sind an der Reihe. Das Warten hat ein Ende.",
  invite_sent: "Ihre Einladungen sind unterwegs.",
  hello: "Guten Tag, {name}",
  not_you: "Nicht Sie?",
  check_mail: "Schauen Sie in Ihr Postfach",
  check_mail_known:
    "Diese E-Mail-Adresse ist bereits registriert. Wir haben Ihnen einen Link zu Ihrer Seite geschickt.",
  check_mail_confirm: "Wir haben Ihnen eine E-Mail geschickt. Klicken Sie auf den Link darin, und Sie sind dabei.",
  gone_status_help:
    "Geben Sie Ihre E-Mail-Adresse noch einmal dort ein, wo Sie sich angemeldet haben. Dann schicken wir Ihnen einen neuen Link.",
  renew_help:
    "Zu Ihrer Sicherheit funktionieren Links in unseren E-Mails nur eine Zeit lang. Wir können Ihnen einen neuen schicken.",
  renewed_help: "Ein neuer Link zu Ihrer Seite ist auf dem Weg zu Ihrer E-Mail-Adresse.",
  leave_empty: "Lassen Sie dieses Feld leer",
  needs_script: "Dieses Formular braucht JavaScript, um zu prüfen, dass Sie ein Mensch sind.",
  captcha_failed: "Wir konnten nicht bestätigen, dass Sie ein Mensch sind. Bitte versuchen Sie es noch einmal.",
  disposable_email:
    "Prüfen Sie die Schreibweise oder verwenden Sie eine dauerhafte E-Mail-Adresse. Wegwerfadressen werden nicht akzeptiert.",
  closed_draft_text: "Bald können Sie mitmachen. Schauen Sie später noch einmal vorbei.",
  closed_scheduled_text: "Sie können ab {day} mitmachen.",
  closed_paused_text:
    "Im Moment kann niemand mitmachen. Persönliche Links funktionieren weiter, also schauen Sie später noch einmal vorbei.",
  closed_ended_text: "Mitmachen ist nicht mehr möglich. Danke für Ihren Besuch!",
  own_scheduled: "Diese Aktion hat noch nicht begonnen. Ihre Freunde können mitmachen, sobald sie startet.",
  own_paused:
    "Diese Aktion ist pausiert. Ihr Link funktioniert weiter, aber Ihre Freunde können gerade nicht mitmachen.",
  own_ended:
    "Diese Aktion ist beendet. Ihre Freunde können nicht mehr mitmachen, und was Sie verdient haben, bleibt Ihnen.",
  how_join_text: "Geben Sie Ihre E-Mail-Adresse ein und holen Sie sich Ihren persönlichen Link.",
  how_share_text: "Schicken Sie Ihren Link an Freunde oder teilen Sie ihn in den sozialen Medien.",
  how_signup_one: "Ihre Belohnung, sobald jemand über Ihren Link mitmacht: {reward}.",
  how_signup_other: "Ihre Belohnung, sobald {count} Freunde über Ihren Link mitmachen: {reward}.",
  how_visit_one: "Ihre Belohnung, sobald jemand Ihren Link öffnet: {reward}.",
  how_visit_other: "Ihre Belohnung, sobald {count} Leute Ihren Link öffnen: {reward}.",
  how_invited: "Ihre Freunde werden auch belohnt.",
  invited_by: "{name} lädt Sie ein.",
  invited_gives: "{name} hat ein Geschenk für Sie: {reward}.",
  invited_gift: "Ihr Geschenk, wenn Sie mitmachen: {reward}.",
  unsubscribe_text:
    "Sie bekommen dann keine E-Mails mehr zu den Empfehlungsaktionen dieses Absenders. Links, die Sie selbst anfordern, schicken wir Ihnen weiterhin.",
  bad_link_text:
    "Vielleicht ist er unvollständig oder abgelaufen. Nehmen Sie am besten den Link aus der neuesten E-Mail.",
  confirm_title: "Bestätigen Sie Ihre E-Mail-Adresse",
  confirm_proof_help:
    "Noch ein Klick, und wir wissen, dass diese E-Mail-Adresse Ihnen gehört. Damit ist Ihre Belohnung oft schneller geprüft. Wenn Sie sich nicht angemeldet haben, können Sie diese Seite schließen.",
  confirm_help:
    "Nur noch ein Klick, und Sie sind bei „{campaign_name}“ ({brand_name}) dabei. Sie haben sich nicht angemeldet? Dann schließen Sie diese Seite einfach.",
  confirmed_title: "Danke, Sie sind dabei!",
  confirmed_help: "Ihre E-Mail-Adresse ist bestätigt. Ihren Link und Ihre Belohnungen finden Sie auf Ihrer Seite.",
  confirmed_proof_help:
    "Jetzt wissen wir, dass diese E-Mail-Adresse Ihnen gehört. Auf Ihrer Seite sehen Sie, wann Ihre Belohnung freigegeben ist.",
  confirm_gone_help:
    "Bestätigungslinks sind sieben Tage gültig. Melden Sie sich noch einmal an, dann schicken wir Ihnen einen neuen.",
  language: "Deutsch (Sie)",
});
