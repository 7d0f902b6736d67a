export const mail = () => ({
  mail_a_friend: "Alguém que conhece",
  mail_your_reward: "a sua recompensa",
  mail_reward_label: "A sua recompensa",
  mail_button_fallback: "Se o botão não funcionar, copie este link para o seu navegador:",
  mail_unsubscribe: "Cancelar subscrição",
  mail_entry_subject: "Tudo pronto! Agora partilhe o seu link",
  mail_entry_message:
    "Que bom ter a sua companhia em “{campaign_name}”! Este é o seu link pessoal. Partilhe-o com os seus amigos: cada pessoa que entrar através dele conta para si.",
  mail_entry_button: "Ver o meu progresso",
  mail_entry_reason: "Recebeu este e-mail porque {email} participa em “{campaign_name}”.",
  mail_reward_subject: "Ganhou uma recompensa!",
  mail_reward_message:
    "Graças aos seus amigos, ganhou uma recompensa em “{campaign_name}”. Agradecemos por passar a palavra!",
  mail_reward_button: "Ver a minha recompensa",
  mail_reward_reason: "Recebeu este e-mail porque {email} participa em “{campaign_name}”.",
  mail_twoway_reward_subject: "Um presente de boas-vindas para si",
  mail_twoway_reward_message:
    "Entrou em “{campaign_name}” através do link de um amigo e, por isso, também ganhou uma recompensa. Boas-vindas!",
  mail_twoway_reward_button: "Ver a minha recompensa",
  mail_twoway_reward_reason: "Recebeu este e-mail porque {email} participa em “{campaign_name}”.",
  mail_admitted_subject: "Chegou a sua vez!",
  mail_admitted_message:
    "A espera acabou: já tem acesso a “{campaign_name}”. Na sua página encontra os próximos passos.",
  mail_admitted_button: "Abrir a minha página",
  mail_admitted_reason: "Recebeu este e-mail porque {email} está na lista de espera de “{campaign_name}”.",
  mail_invitation_subject: "{sender_name} fez-lhe um convite: conheça {brand_name}",
  mail_invitation_message:
    "{sender_name} acha que vai gostar de {brand_name} e enviou-lhe um convite para participar em “{campaign_name}”.",
  mail_invitation_reason:
    "Recebeu este e-mail porque alguém que conhece nos pediu para o enviar a {email}. O seu endereço não está em nenhuma lista de e-mails.",
  mail_magic_link_subject: "A sua página em “{campaign_name}”",
  mail_magic_link_message:
    "Este botão abre a sua página, com o seu link, os seus amigos e as suas recompensas.\n\nNão reencaminhe este e-mail: quem tiver o link pode abrir a sua página.",
  mail_magic_link_button: "Abrir a minha página",
  mail_magic_link_reason:
    "Recebeu este e-mail porque alguém introduziu {email} em “{campaign_name}”. Se não reconhece o pedido, pode ignorá-lo.",
  mail_proof_subject: "Confirme o seu e-mail para receber a sua recompensa",
  mail_proof_message:
    "Estamos a verificar a sua recompensa em “{campaign_name}”. Confirme que {email} é o seu e-mail e muitas vezes poderemos libertá-la mais cedo.",
  mail_confirm_subject: "Confirme o seu e-mail",
  mail_confirm_message: "Só falta um clique para participar em “{campaign_name}”: confirme que {email} é o seu e-mail.",
  mail_confirm_button: "Confirmar o meu e-mail",
  mail_confirm_reason:
    "Recebeu este e-mail porque alguém introduziu {email} em “{campaign_name}”. Se não reconhece o pedido, pode ignorá-lo.",
});
