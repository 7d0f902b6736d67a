export const mail = () => ({
  mail_hello: "Hola, {name}:",
  mail_hello_nobody: "Hola:",
  mail_there: "qué tal",
  mail_a_friend: "Alguien que conoces",
  mail_person: "{name}",
  mail_your_reward: "tu recompensa",
  mail_reward_label: "Tu recompensa",
  mail_reward_until: "{reward} (expira el {day})",
  mail_button_fallback: "Si el botón no funciona, copia este enlace en tu navegador:",
  mail_unsubscribe: "Cancelar suscripción",
  mail_entry_subject: "¡Listo! Ahora comparte tu enlace",
  mail_entry_message:
    "Gracias por participar en «{campaign_name}». Este es tu enlace personal. Compártelo con tus amigos: cada persona que se una con él cuenta para ti.",
  mail_entry_button: "Ver mi progreso",
  mail_entry_reason: "Recibes este correo porque {email} participa en «{campaign_name}».",
  mail_reward_subject: "¡Tienes una nueva recompensa!",
  mail_reward_message:
    "Gracias a tus amigos, tienes una recompensa en «{campaign_name}». ¡Mil gracias por correr la voz!",
  mail_reward_button: "Ver mi recompensa",
  mail_reward_reason: "Recibes este correo porque {email} participa en «{campaign_name}».",
  mail_twoway_reward_subject: "Un regalo de bienvenida para ti",
  mail_twoway_reward_message:
    "Te uniste a «{campaign_name}» con el enlace de un amigo, y por eso tú también tienes una recompensa. ¡Te damos la bienvenida!",
  mail_twoway_reward_button: "Ver mi recompensa",
  mail_twoway_reward_reason: "Recibes este correo porque {email} participa en «{campaign_name}».",
  mail_admitted_subject: "¡Ya estás dentro!",
  mail_admitted_message:
    "La espera ha terminado: ya tienes acceso a «{campaign_name}». En tu página verás los siguientes pasos.",
  mail_admitted_button: "Abrir mi página",
  mail_admitted_reason: "Recibes este correo porque {email} está en la lista de espera de «{campaign_name}».",
  mail_invitation_subject: "{sender_name} te invita a descubrir {brand_name}",
  mail_invitation_message:
    "{sender_name} cree que {brand_name} te va a gustar y te invita a participar en «{campaign_name}».",
  mail_invitation_button: "Aceptar la invitación",
  mail_invitation_reason:
    "Recibes este correo porque alguien que te conoce nos pidió enviarlo a {email}. No estás en ninguna lista de correo.",
  mail_magic_link_subject: "Tu página en «{campaign_name}»",
  mail_magic_link_message:
    "Con este botón abres tu página, con tu enlace, tus amigos y tus recompensas.\n\nNo reenvíes este correo: cualquiera que tenga el enlace puede abrir tu página.",
  mail_magic_link_button: "Abrir mi página",
  mail_magic_link_reason:
    "Recibes este correo porque alguien, seguramente tú, escribió {email} en «{campaign_name}». Si no fuiste tú, puedes ignorarlo.",
  mail_proof_subject: "Confirma tu correo electrónico para recibir tu recompensa",
  mail_proof_message:
    "Estamos revisando tu recompensa de «{campaign_name}». Confirma que {email} es tu correo electrónico y a menudo podremos entregarla antes.",
  mail_confirm_subject: "Confirma tu correo electrónico",
  mail_confirm_message:
    "Solo falta un clic para participar en «{campaign_name}»: confirma que {email} es tu correo electrónico.",
  mail_confirm_button: "Confirmar mi correo",
  mail_confirm_reason:
    "Recibes este correo porque alguien, seguramente tú, escribió {email} en «{campaign_name}». Si no fuiste tú, puedes ignorarlo.",
});
