import type { MailTexts } from "./en";

export const mail: Partial<MailTexts> = {
  mail_a_friend: "Alguém que conhece",
  mail_your_reward: "a sua recompensa",
  mail_reward_label: "A sua recompensa",
  mail_button_fallback: "Se o botão não funcionar, copie este link para o seu navegador:",
  mail_unsubscribe: "Cancelar subscrição",
  mail_entry_subject: "Tudo pronto! Agora partilhe o seu link",
  mail_entry_message:
    "Que bom ter a sua companhia em {campaign_name}! Este é o seu link pessoal. Partilhe-o com os seus amigos: cada pessoa que entrar através dele conta para si.",
  mail_entry_button: "Ver o meu progresso",
  mail_entry_reason: "Recebeu este e-mail porque {email} participa em {campaign_name}.",
  mail_reward_subject: "Ganhou uma recompensa!",
  mail_reward_message:
    "Graças aos seus amigos, ganhou uma recompensa em {campaign_name}. Agradecemos por passar a palavra!",
  mail_reward_button: "Ver a minha recompensa",
  mail_reward_reason: "Recebeu este e-mail porque {email} participa em {campaign_name}.",
  mail_twoway_reward_subject: "Um presente de boas-vindas para si",
  mail_twoway_reward_message:
    "Entrou em {campaign_name} através do link de um amigo e, por isso, também ganhou uma recompensa. Boas-vindas!",
  mail_twoway_reward_button: "Ver a minha recompensa",
  mail_twoway_reward_reason: "Recebeu este e-mail porque {email} participa em {campaign_name}.",
  mail_admitted_subject: "Chegou a sua vez!",
  mail_admitted_message: "A espera acabou: já tem acesso a {campaign_name}. Na sua página encontra os próximos passos.",
  mail_admitted_button: "Abrir a minha página",
  mail_admitted_reason: "Recebeu este e-mail porque {email} está na lista de espera de {campaign_name}.",
  mail_invitation_subject: "{sender_name} fez-lhe um convite: conheça {brand_name}",
  mail_invitation_message:
    "{sender_name} acha que vai gostar de {brand_name} e enviou-lhe um convite para participar em {campaign_name}.",
  mail_invitation_reason:
    "Recebeu este e-mail porque alguém que conhece nos pediu para o enviar a {email}. O seu endereço não está em nenhuma lista de e-mails.",
  mail_magic_link_subject: "A sua página em {campaign_name}",
  mail_magic_link_message:
    "Este botão abre a sua página, com o seu link, os seus amigos e as suas recompensas.\n\nNão reencaminhe este e-mail: quem tiver o link pode abrir a sua página.",
  mail_magic_link_button: "Abrir a minha página",
  mail_magic_link_reason:
    "Recebeu este e-mail porque alguém introduziu {email} em {campaign_name}. Se não reconhece o pedido, pode ignorá-lo.",
  mail_confirm_subject: "Confirme o seu e-mail",
  mail_confirm_message: "Só falta um clique para participar em {campaign_name}: confirme que {email} é o seu e-mail.",
  mail_confirm_button: "Confirmar o meu e-mail",
  mail_confirm_reason:
    "Recebeu este e-mail porque alguém introduziu {email} em {campaign_name}. Se não reconhece o pedido, pode ignorá-lo.",
  mail_verify_member_subject: "Confirme o seu e-mail",
  mail_verify_member_message:
    "Confirme que {email} é o seu e-mail para podermos falar consigo sobre as suas campanhas.",
  mail_verify_member_button: "Confirmar o meu e-mail",
  mail_reset_password_subject: "Escolha uma nova palavra-passe",
  mail_reset_password_message:
    "Com este botão, escolhe uma nova palavra-passe para a sua conta. O link funciona uma única vez e por pouco tempo. Até lá, a sua palavra-passe atual continua válida.",
  mail_reset_password_button: "Escolher nova palavra-passe",
  mail_team_invitation_subject: "{sender_name} fez-lhe um convite para a equipa",
  mail_team_invitation_message:
    "{sender_name} quer trabalhar consigo em campanhas de recomendação. Com este botão, entra na equipa. O link é válido durante sete dias.",
  mail_team_invitation_button: "Entrar na equipa",
  mail_verify_member_reason:
    "Recebeu este e-mail porque foi criada uma conta com {email}. Se não reconhece o pedido, pode ignorá-lo.",
  mail_reset_password_reason:
    "Recebeu este e-mail porque alguém pediu uma nova palavra-passe para {email}. Se não reconhece o pedido, pode ignorá-lo.",
  mail_email_changed_subject: "O seu e-mail foi alterado",
  mail_email_changed_message:
    "O e-mail da sua conta foi alterado. A partir de agora, entre com o novo. Não enviamos mais e-mails para este endereço.\n\nSe não reconhece a alteração, alguém sabe a sua palavra-passe. Contacte-nos imediatamente.",
  mail_email_changed_reason: "Recebeu este e-mail porque {email} era, até agora, o e-mail de uma conta.",
  mail_team_invitation_reason:
    "Recebeu este e-mail porque alguém da equipa introduziu {email}. Se não sabe do que se trata, pode ignorá-lo.",
  mail_password_changed_subject: "A sua palavra-passe foi alterada",
  mail_password_changed_message:
    "A palavra-passe da sua conta foi alterada e os outros navegadores foram desligados.\n\nSe não reconhece a alteração, peça já um link para uma nova palavra-passe na página de início de sessão.",
  mail_key_created_subject: "Foi criada uma nova chave de API",
  mail_key_created_message:
    "Uma nova chave de API dá acesso a todas as marcas e campanhas da sua conta.\n\nSe ninguém da sua equipa a criou, revogue a chave e altere a sua palavra-passe.",
  mail_second_factor_changed_subject: "A sua verificação em dois passos foi alterada",
  mail_second_factor_changed_message:
    "A verificação em dois passos da sua conta foi alterada.\n\nSe não reconhece a alteração, alguém sabe a sua palavra-passe. Altere-a já e verifique as suas sessões e chaves de API.",
  mail_new_sign_in_subject: "Novo início de sessão na sua conta",
  mail_new_sign_in_message:
    "Alguém entrou na sua conta a partir de um lugar ou navegador que ainda não conhecíamos.\n\nSe não reconhece o acesso, altere já a sua palavra-passe. Isso desliga todos os outros navegadores.",
  mail_notice_button: "Ver a minha conta",
  mail_notice_reason:
    "Recebeu este e-mail porque {email} é o e-mail de uma conta. Assim pode notar alterações que não fez.",
  mail_domain_unproven_subject: "Um domínio já não está verificado",
  mail_domain_unproven_message:
    "Procurámos duas vezes a prova de que o domínio de uma das suas marcas lhe pertence e não a encontrámos.\n\nAs campanhas dessa marca não enviam mais e-mails até verificar o domínio novamente. As inscrições e as recompensas continuam.",
  mail_domain_unproven_reason: "Recebeu este e-mail porque esta marca pertence à conta de {email}.",
  mail_webhook_disabled_message:
    "Um dos seus webhooks está desativado: o endpoint falhou durante dias ou respondeu com 410 Gone.\n\nQuando o endpoint voltar a funcionar, pode ativá-lo novamente.",
  mail_webhook_disabled_button: "Ver os meus webhooks",
  mail_webhook_disabled_reason: "Recebeu este e-mail porque este webhook pertence à conta de {email}.",
};
