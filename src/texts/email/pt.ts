import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Olá, {name}!",
  mail_hello_nobody: "Olá!",
  mail_there: "tudo bem",
  mail_a_friend: "Alguém que você conhece",
  mail_your_reward: "sua recompensa",
  mail_reward_label: "Sua recompensa",
  mail_reward_until: "{reward} (expira em {day})",
  mail_button_fallback: "Se o botão não funcionar, copie este link no seu navegador:",
  mail_unsubscribe: "Cancelar inscrição",
  mail_entry_subject: "Tudo certo! Agora compartilhe seu link",
  mail_entry_message:
    "Que bom ter você em {campaign_name}! Este é seu link pessoal. Compartilhe com seus amigos: cada pessoa que entrar por ele conta para você.",
  mail_entry_button: "Ver meu progresso",
  mail_entry_reason: "Você recebeu este e-mail porque {email} participa de {campaign_name}.",
  mail_reward_subject: "Você ganhou uma recompensa!",
  mail_reward_message:
    "Graças aos seus amigos, você ganhou uma recompensa em {campaign_name}. Agradecemos por espalhar a novidade!",
  mail_reward_button: "Ver minha recompensa",
  mail_reward_reason: "Você recebeu este e-mail porque {email} participa de {campaign_name}.",
  mail_twoway_reward_subject: "Um presente de boas-vindas para você",
  mail_twoway_reward_message:
    "Você entrou em {campaign_name} pelo link de um amigo e, por isso, também ganhou uma recompensa. Boas-vindas!",
  mail_twoway_reward_button: "Ver minha recompensa",
  mail_twoway_reward_reason: "Você recebeu este e-mail porque {email} participa de {campaign_name}.",
  mail_admitted_subject: "Chegou sua vez!",
  mail_admitted_message:
    "A espera acabou: você já tem acesso a {campaign_name}. Na sua página você vê os próximos passos.",
  mail_admitted_button: "Abrir minha página",
  mail_admitted_reason: "Você recebeu este e-mail porque {email} está na lista de espera de {campaign_name}.",
  mail_invitation_subject: "{sender_name} convidou você para conhecer {brand_name}",
  mail_invitation_message:
    "{sender_name} acha que você vai gostar de {brand_name} e convidou você para participar de {campaign_name}.",
  mail_invitation_button: "Aceitar convite",
  mail_invitation_reason:
    "Você recebeu este e-mail porque alguém que conhece você nos pediu para enviá-lo a {email}. Seu endereço não está em nenhuma lista de e-mails.",
  mail_magic_link_subject: "Sua página em {campaign_name}",
  mail_magic_link_message:
    "Este botão abre sua página, com seu link, seus amigos e suas recompensas.\n\nNão encaminhe este e-mail: quem tiver o link pode abrir sua página.",
  mail_magic_link_button: "Abrir minha página",
  mail_magic_link_reason:
    "Você recebeu este e-mail porque alguém, provavelmente você, digitou {email} em {campaign_name}. Se não foi você, pode ignorá-lo.",
  mail_confirm_subject: "Confirme seu e-mail",
  mail_confirm_message: "Só falta um clique para participar de {campaign_name}: confirme que {email} é seu e-mail.",
  mail_confirm_button: "Confirmar meu e-mail",
  mail_confirm_reason:
    "Você recebeu este e-mail porque alguém, provavelmente você, digitou {email} em {campaign_name}. Se não foi você, pode ignorá-lo.",
  mail_verify_member_subject: "Confirme seu e-mail",
  mail_verify_member_message:
    "Confirme que {email} é seu e-mail para que possamos falar com você sobre suas campanhas.",
  mail_verify_member_button: "Confirmar meu e-mail",
  mail_verify_member_reason:
    "Você recebeu este e-mail porque uma conta foi criada com {email}. Se não foi você, pode ignorá-lo.",
  mail_reset_password_subject: "Escolha uma nova senha",
  mail_reset_password_message:
    "Com este botão, você escolhe uma nova senha para sua conta. O link funciona uma única vez e por pouco tempo. Até lá, sua senha atual continua valendo.",
  mail_reset_password_button: "Escolher nova senha",
  mail_reset_password_reason:
    "Você recebeu este e-mail porque alguém, provavelmente você, pediu uma nova senha para {email}. Se não foi você, pode ignorá-lo.",
  mail_email_changed_subject: "Seu e-mail foi alterado",
  mail_email_changed_message:
    "O e-mail da sua conta foi alterado. A partir de agora, entre com o novo. Não enviaremos mais e-mails para este endereço.\n\nSe não foi você, alguém sabe sua senha. Entre em contato conosco imediatamente.",
  mail_email_changed_button: "Entrar",
  mail_email_changed_reason: "Você recebeu este e-mail porque {email} era, até agora, o e-mail de uma conta.",
  mail_team_invitation_subject: "{sender_name} convidou você para a equipe",
  mail_team_invitation_message:
    "{sender_name} quer trabalhar com você em campanhas de indicação. Com este botão, você entra na equipe. O link vale por sete dias.",
  mail_team_invitation_button: "Entrar na equipe",
  mail_team_invitation_reason:
    "Você recebeu este e-mail porque alguém da equipe digitou {email}. Se você não sabe do que se trata, pode ignorá-lo.",
  mail_password_changed_subject: "Sua senha foi alterada",
  mail_password_changed_message:
    "A senha da sua conta foi alterada e os outros navegadores foram desconectados.\n\nSe não foi você, peça agora mesmo um link para uma nova senha na página de login.",
  mail_key_created_subject: "Uma nova chave de API foi criada",
  mail_key_created_message:
    "Uma nova chave de API dá acesso a todas as marcas e campanhas da sua conta.\n\nSe não foi você nem alguém da sua equipe, revogue a chave e troque sua senha.",
  mail_second_factor_changed_subject: "Sua verificação em duas etapas foi alterada",
  mail_second_factor_changed_message:
    "A verificação em duas etapas da sua conta foi alterada.\n\nSe não foi você, alguém sabe sua senha. Troque-a agora mesmo e confira suas sessões e chaves de API.",
  mail_new_sign_in_subject: "Novo login na sua conta",
  mail_new_sign_in_message:
    "Alguém entrou na sua conta a partir de um lugar ou navegador que ainda não conhecíamos.\n\nSe não foi você, troque sua senha agora mesmo. Isso desconecta todos os outros navegadores.",
  mail_notice_label: "O que aconteceu",
  mail_notice_button: "Ver minha conta",
  mail_notice_reason:
    "Você recebeu este e-mail porque {email} é o e-mail de uma conta. Ele ajuda você a notar mudanças que não fez.",
  mail_domain_unproven_subject: "Um domínio não está mais verificado",
  mail_domain_unproven_message:
    "Procuramos duas vezes a prova de que o domínio de uma das suas marcas é seu e não a encontramos.\n\nAs campanhas dela não enviam mais e-mails até você verificar o domínio de novo. As inscrições e as recompensas continuam.",
  mail_domain_unproven_label: "Domínio",
  mail_domain_unproven_button: "Verificar o domínio",
  mail_domain_unproven_reason: "Você está recebendo este e-mail porque esta marca pertence à conta de {email}.",
  mail_webhook_disabled_subject: "Um webhook foi desativado",
  mail_webhook_disabled_message:
    "Um dos seus webhooks está desativado: o endpoint falhou durante dias ou respondeu com 410 Gone.\n\nQuando o endpoint voltar a funcionar, você pode ativá-lo de novo.",
  mail_webhook_disabled_label: "URL do endpoint",
  mail_webhook_disabled_button: "Ver meus webhooks",
  mail_webhook_disabled_reason: "Você recebeu este e-mail porque este webhook pertence à conta de {email}.",
};
