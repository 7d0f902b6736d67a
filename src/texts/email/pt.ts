import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Olá, {name}!",
  mail_hello_nobody: "Olá!",
  mail_there: "por aí",
  mail_a_friend: "Alguém que o conhece",
  mail_your_reward: "a sua recompensa",
  mail_reward_label: "A sua recompensa",
  mail_button_fallback: "Se o botão não funcionar, copie este endereço para o seu navegador:",
  mail_unsubscribe: "Cancelar a subscrição",
  mail_entry_subject: "Tudo certo: envie o seu link",
  mail_entry_message:
    "Obrigado por participar em {campaign_name}. Este é o seu link pessoal. Envie-o aos seus amigos: cada pessoa que se inscrever através dele conta para si.",
  mail_entry_button: "Ver como está",
  mail_entry_reason: "Recebe este e-mail porque {email} participa em {campaign_name}.",
  mail_reward_subject: "Ganhou a sua recompensa",
  mail_reward_message:
    "Os seus amigos vieram, e ganhou a sua recompensa em {campaign_name}. Obrigado por passar a palavra!",
  mail_reward_button: "Abrir a sua página",
  mail_reward_reason: "Recebe este e-mail porque {email} participa em {campaign_name}.",
  mail_twoway_reward_subject: "Um presente de boas-vindas para si",
  mail_twoway_reward_message:
    "Chegou a {campaign_name} pelo link de um amigo, e isso também lhe dá uma recompensa. Boas-vindas!",
  mail_twoway_reward_button: "Abrir a sua página",
  mail_twoway_reward_reason: "Recebe este e-mail porque {email} participa em {campaign_name}.",
  mail_invitation_subject: "{sender_name} convida para {brand_name}",
  mail_invitation_message:
    "{sender_name} acha que pode gostar de {brand_name} e enviou um convite para {campaign_name}.",
  mail_invitation_button: "Aceitar o convite",
  mail_invitation_reason:
    "Recebe este e-mail porque alguém que o conhece nos pediu para o enviar a {email}. O seu endereço não está em nenhuma lista de envio.",
  mail_magic_link_subject: "A sua página em {campaign_name}",
  mail_magic_link_message:
    "Este botão abre a sua própria página, com o seu link, os seus amigos e as suas recompensas.\n\nNão reenvie este e-mail: quem tiver o link vê o mesmo que você.",
  mail_magic_link_button: "Abrir a sua página",
  mail_magic_link_reason:
    "Recebe este e-mail porque alguém, provavelmente você, introduziu {email} em {campaign_name}. Se não foi você, não precisa de fazer nada.",
  mail_confirm_subject: "Confirme o seu e-mail",
  mail_confirm_message: "Só mais um clique e já participa em {campaign_name}: confirme que {email} é o seu endereço.",
  mail_confirm_button: "Confirmar o meu endereço",
  mail_confirm_reason:
    "Recebe este e-mail porque alguém, provavelmente você, introduziu {email} em {campaign_name}. Se não foi você, não precisa de fazer nada.",
  mail_verify_member_subject: "Confirme o seu e-mail",
  mail_verify_member_message:
    "Confirme que {email} é o seu endereço, para podermos avisar quando algo acontecer com as suas campanhas.",
  mail_verify_member_button: "Confirmar o meu endereço",
  mail_verify_member_reason:
    "Recebe este e-mail porque foi aberta uma conta com {email}. Se não foi você, não precisa de fazer nada.",
  mail_reset_password_subject: "Escolha uma nova palavra-passe",
  mail_reset_password_message:
    "Com este botão escolhe uma nova palavra-passe para a sua conta. Funciona uma só vez e por pouco tempo. Até lá, a palavra-passe antiga continua igual.",
  mail_reset_password_button: "Escolher palavra-passe",
  mail_reset_password_reason:
    "Recebe este e-mail porque alguém, provavelmente você, pediu uma nova palavra-passe para {email}. Se não foi você, não precisa de fazer nada.",
  mail_email_changed_subject: "O seu e-mail foi alterado",
  mail_email_changed_message:
    "O endereço de e-mail da sua conta foi alterado. A partir de agora entra com o novo, e esta caixa de correio já não recebe nada nosso.\n\nSe não foi você, alguém conhece a sua palavra-passe: avise-nos de imediato.",
  mail_email_changed_button: "Iniciar sessão",
  mail_email_changed_reason: "Recebe este e-mail porque {email} era até agora o endereço de uma conta.",
  mail_team_invitation_subject: "{sender_name} quer trabalhar consigo",
  mail_team_invitation_message:
    "{sender_name} quer trabalhar consigo em campanhas de recomendação. Com este botão entra na equipa. Funciona durante sete dias.",
  mail_team_invitation_button: "Entrar na equipa",
  mail_team_invitation_reason:
    "Recebe este e-mail porque alguém da equipa introduziu {email}. Se não sabe de que se trata, não precisa de fazer nada.",
  mail_webhook_disabled_subject: "Um webhook foi desativado",
  mail_webhook_disabled_message:
    "Um dos seus webhooks recusou tudo durante dias, ou disse que já não existe, por isso foi desativado.\n\nQuando o recetor voltar a funcionar, pode ativá-lo de novo.",
  mail_webhook_disabled_label: "Destinatário",
  mail_webhook_disabled_button: "Ver os meus webhooks",
  mail_webhook_disabled_reason: "Recebe este e-mail porque este webhook pertence à conta de {email}.",
};
