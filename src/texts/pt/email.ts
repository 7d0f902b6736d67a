export const mail = () => ({
  mail_hello: "Olá, {name}!",
  mail_hello_nobody: "Olá!",
  mail_there: "tudo bem",
  mail_a_friend: "Alguém que você conhece",
  mail_person: "{name}",
  mail_your_reward: "sua recompensa",
  mail_reward_label: "Sua recompensa",
  mail_reward_until: "{reward} (expira em {day})",
  mail_button_fallback: "Se o botão não funcionar, copie este link no seu navegador:",
  mail_unsubscribe: "Cancelar inscrição",
  mail_entry_subject: "Tudo certo! Agora compartilhe seu link",
  mail_entry_message:
    "Que bom ter você em “{campaign_name}”! Este é seu link pessoal. Compartilhe com seus amigos: cada pessoa que entrar por ele conta para você.",
  mail_entry_button: "Ver meu progresso",
  mail_entry_reason: "Você recebeu este e-mail porque {email} participa de “{campaign_name}”.",
  mail_reward_subject: "Você ganhou uma recompensa!",
  mail_reward_message:
    "Graças aos seus amigos, você ganhou uma recompensa em “{campaign_name}”. Agradecemos por espalhar a novidade!",
  mail_reward_button: "Ver minha recompensa",
  mail_reward_reason: "Você recebeu este e-mail porque {email} participa de “{campaign_name}”.",
  mail_twoway_reward_subject: "Um presente de boas-vindas para você",
  mail_twoway_reward_message:
    "Você entrou em “{campaign_name}” pelo link de um amigo e, por isso, também ganhou uma recompensa. Boas-vindas!",
  mail_twoway_reward_button: "Ver minha recompensa",
  mail_twoway_reward_reason: "Você recebeu este e-mail porque {email} participa de “{campaign_name}”.",
  mail_admitted_subject: "Chegou sua vez!",
  mail_admitted_message:
    "A espera acabou: você já tem acesso a “{campaign_name}”. Na sua página você vê os próximos passos.",
  mail_admitted_button: "Abrir minha página",
  mail_admitted_reason: "Você recebeu este e-mail porque {email} está na lista de espera de “{campaign_name}”.",
  mail_invitation_subject: "{sender_name} convidou você para conhecer {brand_name}",
  mail_invitation_message:
    "{sender_name} acha que você vai gostar de {brand_name} e convidou você para participar de “{campaign_name}”.",
  mail_invitation_button: "Aceitar convite",
  mail_invitation_reason:
    "Você recebeu este e-mail porque alguém que conhece você nos pediu para enviá-lo a {email}. Seu endereço não está em nenhuma lista de e-mails.",
  mail_magic_link_subject: "Sua página em “{campaign_name}”",
  mail_magic_link_message:
    "Este botão abre sua página, com seu link, seus amigos e suas recompensas.\n\nNão encaminhe este e-mail: quem tiver o link pode abrir sua página.",
  mail_magic_link_button: "Abrir minha página",
  mail_magic_link_reason:
    "Você recebeu este e-mail porque alguém, provavelmente você, digitou {email} em “{campaign_name}”. Se não foi você, pode ignorar este e-mail.",
  mail_proof_subject: "Confirme seu e-mail para receber sua recompensa",
  mail_proof_message:
    "Estamos verificando sua recompensa em “{campaign_name}”. Confirme que {email} é seu e-mail e muitas vezes poderemos liberá-la antes.",
  mail_confirm_subject: "Confirme seu e-mail",
  mail_confirm_message: "Só falta um clique para participar de “{campaign_name}”: confirme que {email} é seu e-mail.",
  mail_confirm_button: "Confirmar meu e-mail",
  mail_confirm_reason:
    "Você recebeu este e-mail porque alguém, provavelmente você, digitou {email} em “{campaign_name}”. Se não foi você, pode ignorar este e-mail.",
});
