import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Bonjour {name},",
  mail_hello_nobody: "Bonjour,",
  mail_there: "à vous",
  mail_a_friend: "Une personne que vous connaissez",
  mail_your_reward: "votre récompense",
  mail_reward_label: "Votre récompense",
  mail_button_fallback: "Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur\u00a0:",
  mail_unsubscribe: "Se désabonner",
  mail_entry_subject: "C’est parti\u00a0: partagez votre lien",
  mail_entry_message:
    "Merci de participer à {campaign_name}. Voici votre lien personnel. Envoyez-le à vos amis\u00a0: chaque personne qui s’inscrit grâce à lui compte pour vous.",
  mail_entry_button: "Voir où vous en êtes",
  mail_entry_reason: "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à {campaign_name}.",
  mail_reward_subject: "Vous avez gagné votre récompense",
  mail_reward_message:
    "Vos amis vous ont suivi, et vous avez gagné votre récompense dans {campaign_name}. Merci d’en avoir parlé autour de vous\u00a0!",
  mail_reward_button: "Ouvrir votre page",
  mail_reward_reason: "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à {campaign_name}.",
  mail_twoway_reward_subject: "Un cadeau de bienvenue pour vous",
  mail_twoway_reward_message:
    "Vous avez rejoint {campaign_name} grâce au lien d’un ami, et cela vous vaut aussi une récompense. Bienvenue\u00a0!",
  mail_twoway_reward_button: "Ouvrir votre page",
  mail_twoway_reward_reason: "Vous recevez cet e-mail parce que l’adresse {email} est inscrite à {campaign_name}.",
  mail_invitation_subject: "{sender_name} vous invite chez {brand_name}",
  mail_invitation_message:
    "{sender_name} vous a envoyé une invitation à {campaign_name}\u00a0: {brand_name} pourrait vous plaire.",
  mail_invitation_button: "Accepter l’invitation",
  mail_invitation_reason:
    "Vous recevez cet e-mail parce qu’une personne qui vous connaît nous a demandé de l’envoyer à {email}. Votre adresse ne figure sur aucune liste de diffusion.",
  mail_magic_link_subject: "Votre page dans {campaign_name}",
  mail_magic_link_message:
    "Ce bouton ouvre votre page personnelle, avec votre lien, vos amis et vos récompenses.\n\nGardez cet e-mail pour vous\u00a0: toute personne qui a le lien voit ce que vous voyez.",
  mail_magic_link_button: "Ouvrir votre page",
  mail_magic_link_reason:
    "Vous recevez cet e-mail parce que quelqu’un, sans doute vous, a saisi {email} dans {campaign_name}. Si ce n’était pas vous, vous n’avez rien à faire.",
  mail_confirm_subject: "Veuillez confirmer votre adresse e-mail",
  mail_confirm_message:
    "Encore un clic et vous participez à {campaign_name}\u00a0: veuillez confirmer que l’adresse {email} est bien la vôtre.",
  mail_confirm_button: "Confirmer mon adresse",
  mail_confirm_reason:
    "Vous recevez cet e-mail parce que quelqu’un, sans doute vous, a saisi {email} dans {campaign_name}. Si ce n’était pas vous, vous n’avez rien à faire.",
  mail_verify_member_subject: "Veuillez confirmer votre adresse e-mail",
  mail_verify_member_message:
    "Veuillez confirmer que l’adresse {email} est bien la vôtre, afin que nous puissions vous joindre s’il arrive quelque chose à vos campagnes.",
  mail_verify_member_button: "Confirmer mon adresse",
  mail_verify_member_reason:
    "Vous recevez cet e-mail parce qu’un compte a été ouvert avec {email}. Si ce n’était pas vous, vous n’avez rien à faire.",
  mail_reset_password_subject: "Choisissez un nouveau mot de passe",
  mail_reset_password_message:
    "Ce bouton vous permet de choisir un nouveau mot de passe pour votre compte. Il fonctionne une seule fois, et pour peu de temps. D’ici là, votre ancien mot de passe reste valable.",
  mail_reset_password_button: "Choisir un mot de passe",
  mail_reset_password_reason:
    "Vous recevez cet e-mail parce que quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour {email}. Si ce n’était pas vous, vous n’avez rien à faire.",
  mail_email_changed_subject: "Votre adresse e-mail a été modifiée",
  mail_email_changed_message:
    "L’adresse e-mail de votre compte a été modifiée. Désormais, vous vous connectez avec la nouvelle, et cette boîte ne recevra plus rien de notre part.\n\nSi ce n’était pas vous, quelqu’un connaît votre mot de passe\u00a0: prévenez-nous tout de suite.",
  mail_email_changed_button: "Se connecter",
  mail_email_changed_reason: "Vous recevez cet e-mail parce que {email} était jusqu’ici l’adresse d’un compte.",
  mail_team_invitation_subject: "{sender_name} vous invite à rejoindre l’équipe",
  mail_team_invitation_message:
    "{sender_name} souhaite travailler avec vous sur des campagnes de parrainage. Ce bouton vous fait entrer dans l’équipe. Il fonctionne pendant sept jours.",
  mail_team_invitation_button: "Rejoindre l’équipe",
  mail_team_invitation_reason:
    "Vous recevez cet e-mail parce qu’un membre de l’équipe a saisi {email}. Si vous ne savez pas de quoi il s’agit, vous n’avez rien à faire.",
  mail_webhook_disabled_subject: "Un webhook a été désactivé",
  mail_webhook_disabled_message:
    "Un de vos webhooks a tout refusé pendant des jours, ou nous a indiqué qu’il n’existe plus\u00a0: nous l’avons donc désactivé.\n\nDès que son destinataire fonctionne à nouveau, vous pouvez le réactiver.",
  mail_webhook_disabled_label: "Destinataire",
  mail_webhook_disabled_button: "Voir mes webhooks",
  mail_webhook_disabled_reason: "Vous recevez cet e-mail parce que ce webhook appartient au compte de {email}.",
};
