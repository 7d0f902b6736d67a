import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Bonjour {name},",
  mail_hello_nobody: "Bonjour,",
  mail_there: "à vous",
  mail_a_friend: "Une personne de votre entourage",
  mail_your_reward: "votre récompense",
  mail_reward_label: "Votre récompense",
  mail_reward_until: "{reward} (expire le {day})",
  mail_button_fallback: "Si le bouton ne fonctionne pas, copiez ce lien dans votre navigateur\u202f:",
  mail_unsubscribe: "Se désabonner",
  mail_entry_subject: "C’est parti\u202f! Partagez votre lien",
  mail_entry_message:
    "Merci de participer à {campaign_name}. Voici votre lien personnel. Partagez-le avec vos amis\u202f: chaque inscription avec votre lien compte pour vous.",
  mail_entry_button: "Voir ma progression",
  mail_entry_reason: "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à {campaign_name}.",
  mail_reward_subject: "Vous avez gagné une récompense",
  mail_reward_message:
    "Grâce à vos amis, vous avez gagné une récompense avec {campaign_name}. Merci d’en avoir parlé autour de vous\u202f!",
  mail_reward_button: "Voir ma récompense",
  mail_reward_reason: "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à {campaign_name}.",
  mail_twoway_reward_subject: "Un cadeau de bienvenue pour vous",
  mail_twoway_reward_message:
    "Vous avez rejoint {campaign_name} grâce au lien d’un ami\u202f: vous gagnez donc, vous aussi, une récompense. Bienvenue\u202f!",
  mail_twoway_reward_button: "Voir ma récompense",
  mail_twoway_reward_reason: "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à {campaign_name}.",
  mail_admitted_subject: "C’est à vous !",
  mail_admitted_message:
    "L’attente est terminée : vous avez accès à {campaign_name}. Votre page vous indique la suite.",
  mail_admitted_button: "Ouvrir ma page",
  mail_admitted_reason: "Vous recevez cet e-mail car {email} figure sur la liste d’attente de {campaign_name}.",
  mail_invitation_subject: "{sender_name} vous invite à découvrir {brand_name}",
  mail_invitation_message:
    "{sender_name} pense que {brand_name} devrait vous plaire et vous invite à participer à {campaign_name}.",
  mail_invitation_button: "Accepter l’invitation",
  mail_invitation_reason:
    "Vous recevez cet e-mail parce qu’une personne qui vous connaît nous a demandé de l’envoyer à {email}. Votre adresse ne figure sur aucune liste de diffusion.",
  mail_magic_link_subject: "Votre page {campaign_name}",
  mail_magic_link_message:
    "Ce bouton ouvre votre page personnelle, avec votre lien, vos amis et vos récompenses.\n\nNe transférez pas cet e-mail\u202f: toute personne qui a le lien peut ouvrir votre page.",
  mail_magic_link_button: "Ouvrir ma page",
  mail_magic_link_reason:
    "Vous recevez cet e-mail parce que quelqu’un, sans doute vous, a saisi {email} pour {campaign_name}. Si ce n’était pas vous, ignorez simplement cet e-mail.",
  mail_confirm_subject: "Confirmez votre adresse e-mail",
  mail_confirm_message:
    "Plus qu’un clic pour participer à {campaign_name}\u202f: confirmez que {email} est bien votre adresse e-mail.",
  mail_confirm_button: "Confirmer mon adresse e-mail",
  mail_confirm_reason:
    "Vous recevez cet e-mail parce que quelqu’un, sans doute vous, a saisi {email} pour {campaign_name}. Si ce n’était pas vous, ignorez simplement cet e-mail.",
  mail_verify_member_subject: "Confirmez votre adresse e-mail",
  mail_verify_member_message:
    "Confirmez que {email} est bien votre adresse e-mail, afin que nous puissions vous joindre au sujet de vos campagnes.",
  mail_verify_member_button: "Confirmer mon adresse e-mail",
  mail_verify_member_reason:
    "Vous recevez cet e-mail parce qu’un compte a été créé avec {email}. Si ce n’était pas vous, ignorez simplement cet e-mail.",
  mail_reset_password_subject: "Choisissez un nouveau mot de passe",
  mail_reset_password_message:
    "Ce bouton vous permet de choisir un nouveau mot de passe pour votre compte. Le lien ne fonctionne qu’une fois et expire rapidement. D’ici là, votre mot de passe actuel reste valable.",
  mail_reset_password_button: "Choisir un nouveau mot de passe",
  mail_reset_password_reason:
    "Vous recevez cet e-mail parce que quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour {email}. Si ce n’était pas vous, ignorez simplement cet e-mail.",
  mail_email_changed_subject: "Votre adresse e-mail a été modifiée",
  mail_email_changed_message:
    "L’adresse e-mail de votre compte a été modifiée. Désormais, connectez-vous avec la nouvelle. Nous n’enverrons plus d’e-mails à cette adresse.\n\nSi ce n’était pas vous, quelqu’un connaît votre mot de passe. Prévenez-nous tout de suite.",
  mail_email_changed_button: "Se connecter",
  mail_email_changed_reason: "Vous recevez cet e-mail parce que {email} était jusqu’ici l’adresse e-mail d’un compte.",
  mail_team_invitation_subject: "{sender_name} vous invite à rejoindre l’équipe",
  mail_team_invitation_message:
    "{sender_name} souhaite travailler avec vous sur des campagnes de parrainage. Ce bouton vous permet de rejoindre l’équipe. Le lien est valide pendant sept jours.",
  mail_team_invitation_button: "Rejoindre l’équipe",
  mail_team_invitation_reason:
    "Vous recevez cet e-mail parce qu’un membre de l’équipe a saisi {email}. Si vous ne savez pas de quoi il s’agit, ignorez simplement cet e-mail.",
  mail_password_changed_subject: "Votre mot de passe a été modifié",
  mail_password_changed_message:
    "Le mot de passe de votre compte a été modifié et les autres navigateurs ont été déconnectés.\n\nSi ce n’était pas vous, demandez tout de suite un lien pour un nouveau mot de passe sur la page de connexion.",
  mail_key_created_subject: "Une nouvelle clé d’API a été créée",
  mail_key_created_message:
    "Une nouvelle clé d’API donne accès à toutes les marques et campagnes de votre compte.\n\nSi ce n’était ni vous ni quelqu’un de votre équipe, révoquez la clé et changez votre mot de passe.",
  mail_second_factor_changed_subject: "Votre validation en deux étapes a été modifiée",
  mail_second_factor_changed_message:
    "La validation en deux étapes de votre compte a été modifiée.\n\nSi ce n’était pas vous, quelqu’un connaît votre mot de passe. Changez-le tout de suite, puis vérifiez vos sessions et vos clés d’API.",
  mail_new_sign_in_subject: "Nouvelle connexion à votre compte",
  mail_new_sign_in_message:
    "Quelqu’un s’est connecté à votre compte depuis un lieu ou un navigateur encore inconnu.\n\nSi ce n’était pas vous, changez tout de suite votre mot de passe. Tous les autres navigateurs seront déconnectés.",
  mail_notice_label: "Ce qui s’est passé",
  mail_notice_button: "Voir mon compte",
  mail_notice_reason:
    "Vous recevez cet e-mail parce que {email} est l’adresse e-mail d’un compte. Il vous aide à remarquer les changements qui ne viennent pas de vous.",
  mail_domain_unproven_subject: "Un domaine n’est plus vérifié",
  mail_domain_unproven_message:
    "Nous avons cherché deux fois la preuve que le domaine d’une de vos marques vous appartient, sans la trouver.\n\nSes campagnes n’envoient plus d’e-mails tant que vous n’avez pas vérifié à nouveau le domaine. Les inscriptions et les récompenses continuent.",
  mail_domain_unproven_label: "Domaine",
  mail_domain_unproven_button: "Vérifier le domaine",
  mail_domain_unproven_reason: "Vous recevez cet e-mail parce que cette marque appartient au compte de {email}.",
  mail_webhook_disabled_subject: "Un webhook a été désactivé",
  mail_webhook_disabled_message:
    "L’un de vos webhooks est désactivé\u202f: son endpoint a échoué pendant des jours ou a répondu 410 Gone.\n\nDès que son endpoint fonctionnera à nouveau, vous pourrez le réactiver.",
  mail_webhook_disabled_label: "URL de l’endpoint",
  mail_webhook_disabled_button: "Voir mes webhooks",
  mail_webhook_disabled_reason: "Vous recevez cet e-mail parce que ce webhook appartient au compte de {email}.",
};
