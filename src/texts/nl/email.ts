export const mail = () => ({
  mail_hello: "Hoi {name},",
  mail_hello_nobody: "Hoi,",
  mail_there: "daar",
  mail_a_friend: "Iemand die je kent",
  mail_person: "{name}",
  mail_your_reward: "je beloning",
  mail_reward_label: "Je beloning",
  mail_reward_until: "{reward} (geldig tot en met {day})",
  mail_button_fallback: "Werkt de knop niet? Kopieer dan deze link naar je browser:",
  mail_unsubscribe: "Afmelden",
  mail_entry_subject: "Je doet mee! Deel nu je link",
  mail_entry_message:
    "Leuk dat je meedoet aan ‘{campaign_name}’. Dit is je persoonlijke link. Deel hem met je vrienden: iedereen die via jouw link meedoet, telt voor jou.",
  mail_entry_button: "Mijn stand bekijken",
  mail_entry_reason: "Je ontvangt deze e-mail omdat {email} meedoet aan ‘{campaign_name}’.",
  mail_reward_subject: "Je hebt een beloning verdiend",
  mail_reward_message:
    "Dankzij je vrienden heb je een beloning verdiend bij ‘{campaign_name}’. Bedankt voor het doorvertellen!",
  mail_reward_button: "Mijn beloning bekijken",
  mail_reward_reason: "Je ontvangt deze e-mail omdat {email} meedoet aan ‘{campaign_name}’.",
  mail_twoway_reward_subject: "Een welkomstcadeau voor jou",
  mail_twoway_reward_message:
    "Je doet mee aan ‘{campaign_name}’ via de link van een vriend. Daarom heb jij ook een beloning verdiend. Welkom!",
  mail_twoway_reward_button: "Mijn beloning bekijken",
  mail_twoway_reward_reason: "Je ontvangt deze e-mail omdat {email} meedoet aan ‘{campaign_name}’.",
  mail_admitted_subject: "Je bent aan de beurt!",
  mail_admitted_message:
    "Het wachten is voorbij: je hebt nu toegang tot ‘{campaign_name}’. Op je pagina zie je hoe het verdergaat.",
  mail_admitted_button: "Mijn pagina openen",
  mail_admitted_reason: "Je ontvangt deze e-mail omdat {email} op de wachtlijst van ‘{campaign_name}’ staat.",
  mail_invitation_subject: "{sender_name} nodigt je uit voor {brand_name}",
  mail_invitation_message:
    "{sender_name} denkt dat {brand_name} iets voor jou is en nodigt je uit om mee te doen aan ‘{campaign_name}’.",
  mail_invitation_button: "Uitnodiging accepteren",
  mail_invitation_reason:
    "Je ontvangt deze e-mail omdat iemand die je kent ons heeft gevraagd hem naar {email} te sturen. Je staat niet op een mailinglijst.",
  mail_magic_link_subject: "Je pagina voor ‘{campaign_name}’",
  mail_magic_link_message:
    "Met deze knop open je je pagina met je link, je vrienden en je beloningen.\n\nStuur deze e-mail niet door: iedereen die de link heeft, kan je pagina openen.",
  mail_magic_link_button: "Mijn pagina openen",
  mail_magic_link_reason:
    "Je ontvangt deze e-mail omdat iemand, waarschijnlijk jij, {email} heeft ingevuld bij ‘{campaign_name}’. Was jij het niet, dan kun je deze e-mail negeren.",
  mail_proof_subject: "Bevestig je e-mailadres voor je beloning",
  mail_proof_message:
    "Je beloning van ‘{campaign_name}’ wordt nog gecontroleerd. Bevestig dat {email} jouw e-mailadres is, dan kan het vaak sneller.",
  mail_confirm_subject: "Bevestig je e-mailadres",
  mail_confirm_message: "Nog één klik en je doet mee aan ‘{campaign_name}’: bevestig dat {email} jouw e-mailadres is.",
  mail_confirm_button: "Mijn e-mailadres bevestigen",
  mail_confirm_reason:
    "Je ontvangt deze e-mail omdat iemand, waarschijnlijk jij, {email} heeft ingevuld bij ‘{campaign_name}’. Was jij het niet, dan kun je deze e-mail negeren.",
});
