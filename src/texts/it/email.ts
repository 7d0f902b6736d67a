export const mail = () => ({
  mail_hello: "Ciao {name},",
  mail_hello_nobody: "Ciao,",
  mail_there: "a te",
  mail_a_friend: "Una persona che conosci",
  mail_person: "{name}",
  mail_your_reward: "il tuo premio",
  mail_reward_label: "Il tuo premio",
  mail_reward_until: "{reward} (scade il giorno {day})",
  mail_button_fallback: "Se il pulsante non funziona, copia questo link nel browser:",
  mail_unsubscribe: "Non ricevere più email",
  mail_entry_subject: "Ci sei! Ora condividi il tuo link",
  mail_entry_message:
    "Grazie per aver aderito a «{campaign_name}». Questo è il tuo link personale. Condividilo con i tuoi amici: chi si iscrive con il link conta per te.",
  mail_entry_button: "Vedi i miei progressi",
  mail_entry_reason: "Ricevi questa email perché {email} partecipa a «{campaign_name}».",
  mail_reward_subject: "Hai ottenuto un premio",
  mail_reward_message: "Grazie ai tuoi amici hai ottenuto un premio in «{campaign_name}». Grazie per il passaparola!",
  mail_reward_button: "Vedi il mio premio",
  mail_reward_reason: "Ricevi questa email perché {email} partecipa a «{campaign_name}».",
  mail_twoway_reward_subject: "Un regalo di benvenuto per te",
  mail_twoway_reward_message:
    "Hai aderito a «{campaign_name}» con il link di un amico, e per questo hai ottenuto un premio anche tu. Ti diamo il benvenuto!",
  mail_twoway_reward_button: "Vedi il mio premio",
  mail_twoway_reward_reason: "Ricevi questa email perché {email} partecipa a «{campaign_name}».",
  mail_admitted_subject: "È il tuo turno!",
  mail_admitted_message:
    "L’attesa è finita: ora puoi accedere a «{campaign_name}». Apri la tua pagina per i prossimi passi.",
  mail_admitted_button: "Apri la mia pagina",
  mail_admitted_reason: "Ricevi questa email perché {email} è nella lista d’attesa di «{campaign_name}».",
  mail_invitation_subject: "{sender_name} ti invita a scoprire {brand_name}",
  mail_invitation_message:
    "{sender_name} pensa che {brand_name} ti piacerà e ti invita a partecipare a «{campaign_name}».",
  mail_invitation_button: "Accetta l’invito",
  mail_invitation_reason:
    "Ricevi questa email perché una persona che ti conosce ci ha chiesto di inviarla a {email}. Il tuo indirizzo non è in nessuna lista di distribuzione.",
  mail_magic_link_subject: "La tua pagina per «{campaign_name}»",
  mail_magic_link_message:
    "Con questo pulsante apri la tua pagina, con il tuo link, i tuoi amici e i tuoi premi.\n\nNon inoltrare questa email: chiunque abbia il link può aprire la tua pagina.",
  mail_magic_link_button: "Apri la mia pagina",
  mail_magic_link_reason:
    "Ricevi questa email perché qualcuno, probabilmente tu, ha inserito {email} in «{campaign_name}». Se non eri tu, puoi ignorarla.",
  mail_proof_subject: "Conferma la tua email per ricevere il tuo premio",
  mail_proof_message:
    "Stiamo verificando il tuo premio di «{campaign_name}». Conferma che {email} è la tua email e spesso potremo sbloccarlo prima.",
  mail_confirm_subject: "Conferma la tua email",
  mail_confirm_message:
    "Manca solo un clic per partecipare a «{campaign_name}»: conferma che {email} è il tuo indirizzo.",
  mail_confirm_button: "Conferma la mia email",
  mail_confirm_reason:
    "Ricevi questa email perché qualcuno, probabilmente tu, ha inserito {email} in «{campaign_name}». Se non eri tu, puoi ignorarla.",
});
