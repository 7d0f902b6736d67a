import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Hola, {name}:",
  mail_hello_nobody: "Hola:",
  mail_there: "qué tal",
  mail_a_friend: "Alguien que conoces",
  mail_your_reward: "tu recompensa",
  mail_reward_label: "Tu recompensa",
  mail_button_fallback: "Si el botón no funciona, copia este enlace en tu navegador:",
  mail_unsubscribe: "Cancelar suscripción",
  mail_entry_subject: "¡Listo! Ahora comparte tu enlace",
  mail_entry_message:
    "Gracias por participar en {campaign_name}. Este es tu enlace personal. Compártelo con tus amigos: cada persona que se una con él cuenta para ti.",
  mail_entry_button: "Ver mi progreso",
  mail_entry_reason: "Recibes este correo porque {email} participa en {campaign_name}.",
  mail_reward_subject: "¡Tienes una nueva recompensa!",
  mail_reward_message:
    "Gracias a tus amigos, tienes una recompensa en {campaign_name}. ¡Mil gracias por correr la voz!",
  mail_reward_button: "Ver mi recompensa",
  mail_reward_reason: "Recibes este correo porque {email} participa en {campaign_name}.",
  mail_twoway_reward_subject: "Un regalo de bienvenida para ti",
  mail_twoway_reward_message:
    "Te uniste a {campaign_name} con el enlace de un amigo, y por eso tú también tienes una recompensa. ¡Te damos la bienvenida!",
  mail_twoway_reward_button: "Ver mi recompensa",
  mail_twoway_reward_reason: "Recibes este correo porque {email} participa en {campaign_name}.",
  mail_invitation_subject: "{sender_name} te invita a {brand_name}",
  mail_invitation_message: "{sender_name} cree que {brand_name} te va a gustar y te invita a {campaign_name}.",
  mail_invitation_button: "Aceptar la invitación",
  mail_invitation_reason:
    "Recibes este correo porque alguien que te conoce nos pidió enviarlo a {email}. No estás en ninguna lista de correo.",
  mail_magic_link_subject: "Tu página en {campaign_name}",
  mail_magic_link_message:
    "Con este botón abres tu página, con tu enlace, tus amigos y tus recompensas.\n\nNo reenvíes este correo: cualquiera que tenga el enlace puede abrir tu página.",
  mail_magic_link_button: "Abrir mi página",
  mail_magic_link_reason:
    "Recibes este correo porque alguien, seguramente tú, escribió {email} en {campaign_name}. Si no fuiste tú, puedes ignorarlo.",
  mail_confirm_subject: "Confirma tu correo electrónico",
  mail_confirm_message:
    "Solo falta un clic para participar en {campaign_name}: confirma que {email} es tu correo electrónico.",
  mail_confirm_button: "Confirmar mi correo",
  mail_confirm_reason:
    "Recibes este correo porque alguien, seguramente tú, escribió {email} en {campaign_name}. Si no fuiste tú, puedes ignorarlo.",
  mail_verify_member_subject: "Confirma tu correo electrónico",
  mail_verify_member_message:
    "Confirma que {email} es tu correo electrónico para que podamos contactarte sobre tus campañas.",
  mail_verify_member_button: "Confirmar mi correo",
  mail_verify_member_reason:
    "Recibes este correo porque se creó una cuenta con {email}. Si no fuiste tú, puedes ignorarlo.",
  mail_reset_password_subject: "Elige una contraseña nueva",
  mail_reset_password_message:
    "Con este botón eliges una contraseña nueva para tu cuenta. El enlace funciona una sola vez y por poco tiempo. Mientras tanto, tu contraseña actual sigue igual.",
  mail_reset_password_button: "Elegir una contraseña nueva",
  mail_reset_password_reason:
    "Recibes este correo porque alguien, seguramente tú, pidió una contraseña nueva para {email}. Si no fuiste tú, puedes ignorarlo.",
  mail_email_changed_subject: "Tu correo electrónico cambió",
  mail_email_changed_message:
    "El correo electrónico de tu cuenta cambió. A partir de ahora, inicia sesión con el nuevo. A esta dirección ya no te escribiremos.\n\nSi no fuiste tú, alguien conoce tu contraseña. Avísanos de inmediato.",
  mail_email_changed_button: "Iniciar sesión",
  mail_email_changed_reason: "Recibes este correo porque {email} era hasta ahora el correo electrónico de una cuenta.",
  mail_team_invitation_subject: "{sender_name} te invita a su equipo",
  mail_team_invitation_message:
    "{sender_name} quiere trabajar contigo en campañas de referidos. Con este botón te unes al equipo. El enlace es válido durante siete días.",
  mail_team_invitation_button: "Unirme al equipo",
  mail_team_invitation_reason:
    "Recibes este correo porque alguien del equipo escribió {email}. Si no sabes de qué se trata, puedes ignorarlo.",
  mail_webhook_disabled_subject: "Se desactivó un webhook",
  mail_webhook_disabled_message:
    "Todos los envíos a uno de tus webhooks fallaron durante días, así que lo desactivamos.\n\nCuando el endpoint vuelva a funcionar, puedes activarlo de nuevo.",
  mail_webhook_disabled_label: "URL del endpoint",
  mail_webhook_disabled_button: "Ver mis webhooks",
  mail_webhook_disabled_reason: "Recibes este correo porque este webhook pertenece a la cuenta de {email}.",
};
