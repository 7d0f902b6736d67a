export const mail = () => ({
  mail_hello: "Bonjour {name},",
  mail_hello_nobody: "Bonjour,",
  mail_there: "à vous",
  mail_a_friend: "Une personne de votre entourage",
  mail_person: "{name}",
  mail_your_reward: "votre récompense",
  mail_reward_label: "Votre récompense",
  mail_reward_until: "{reward} (expire le {day})",
  mail_button_fallback: "Si le bouton ne fonctionne pas, copiez ce lien dans votre navigateur\u202f:",
  mail_unsubscribe: "Se désabonner",
  mail_entry_subject: "C’est parti\u202f! Partagez votre lien",
  mail_entry_message:
    "Merci de participer à «\u202f{campaign_name}\u202f». Voici votre lien personnel. Partagez-le avec vos amis\u202f: chaque inscription avec votre lien compte pour vous.",
  mail_entry_button: "Voir ma progression",
  mail_entry_reason:
    "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à «\u202f{campaign_name}\u202f».",
  mail_reward_subject: "Vous avez gagné une récompense",
  mail_reward_message:
    "Grâce à vos amis, vous avez gagné une récompense avec «\u202f{campaign_name}\u202f». Merci d’en avoir parlé autour de vous\u202f!",
  mail_reward_button: "Voir ma récompense",
  mail_reward_reason:
    "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à «\u202f{campaign_name}\u202f».",
  mail_twoway_reward_subject: "Un cadeau de bienvenue pour vous",
  mail_twoway_reward_message:
    "Vous avez rejoint «\u202f{campaign_name}\u202f» grâce au lien d’un ami\u202f: vous gagnez donc, vous aussi, une récompense. Bienvenue\u202f!",
  mail_twoway_reward_button: "Voir ma récompense",
  mail_twoway_reward_reason:
    "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à «\u202f{campaign_name}\u202f».",
  mail_admitted_subject: "C’est à vous !",
  mail_admitted_message:
    "L’attente est terminée : vous avez accès à «\u202f{campaign_name}\u202f». Votre page vous indique la suite.",
  mail_admitted_button: "Ouvrir ma page",
  mail_admitted_reason:
    "Vous recevez cet e-mail parce que l’adresse {email} figure sur la liste d’attente pour «\u202f{campaign_name}\u202f».",
  mail_invitation_subject: "{sender_name} vous invite à découvrir {brand_name}",
  mail_invitation_message:
    "{sender_name} vous invite à participer à «\u202f{campaign_name}\u202f»\u202f: {brand_name} devrait vous plaire.",
  mail_invitation_button: "Accepter l’invitation",
  mail_invitation_reason:
    "Vous recevez cet e-mail parce qu’une personne qui vous connaît nous a demandé de l’envoyer à {email}. Votre adresse ne figure sur aucune liste de diffusion.",
  mail_magic_link_subject: "Votre page «\u202f{campaign_name}\u202f»",
  mail_magic_link_message:
    "Ce bouton ouvre votre page personnelle, avec votre lien, vos amis et vos récompenses.\n\nNe transférez pas cet e-mail\u202f: toute personne qui a le lien peut ouvrir votre page.",
  mail_magic_link_button: "Ouvrir ma page",
  mail_magic_link_reason:
    "Vous recevez cet e-mail parce que quelqu’un, sans doute vous, a saisi {email} pour «\u202f{campaign_name}\u202f». Si ce n’était pas vous, ignorez simplement cet e-mail.",
  mail_proof_subject: "Confirmez votre adresse e-mail pour recevoir votre récompense",
  mail_proof_message:
    "Nous vérifions votre récompense pour «\u202f{campaign_name}\u202f». Confirmez que l’adresse {email} est bien la vôtre\u202f: votre récompense pourra souvent être débloquée plus tôt.",
  mail_confirm_subject: "Confirmez votre adresse e-mail",
  mail_confirm_message:
    "Plus qu’un clic pour participer à «\u202f{campaign_name}\u202f»\u202f: confirmez que l’adresse {email} est bien la vôtre.",
  mail_confirm_button: "Confirmer mon adresse e-mail",
  mail_confirm_reason:
    "Vous recevez cet e-mail parce que quelqu’un, sans doute vous, a saisi {email} pour «\u202f{campaign_name}\u202f». Si ce n’était pas vous, ignorez simplement cet e-mail.",
});
