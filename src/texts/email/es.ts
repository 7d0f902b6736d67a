import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Hola, {name}:",
  mail_hello_nobody: "Hola:",
  mail_there: "qué tal",
  mail_a_friend: "Alguien que conoces",
  mail_your_reward: "tu recompensa",
  mail_reward_label: "Tu recompensa",
  mail_reward_until: "{reward} (caduca el {day})",
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
  mail_admitted_subject: "¡Ya estás dentro!",
  mail_admitted_message:
    "La espera ha terminado: ya tienes acceso a {campaign_name}. En tu página verás los siguientes pasos.",
  mail_admitted_button: "Abrir mi página",
  mail_admitted_reason: "Recibes este correo porque {email} está en la lista de espera de {campaign_name}.",
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
  mail_password_changed_subject: "Tu contraseña cambió",
  mail_password_changed_message:
    "Se cambió la contraseña de tu cuenta y se cerró la sesión en los demás navegadores.\n\nSi no fuiste tú, pide de inmediato un enlace para una contraseña nueva en la página de inicio de sesión.",
  mail_key_created_subject: "Se creó una nueva clave de API",
  mail_key_created_message:
    "Una nueva clave de API da acceso a todas las marcas y campañas de tu cuenta.\n\nSi no fuiste tú ni nadie de tu equipo, revoca la clave y cambia tu contraseña.",
  mail_second_factor_changed_subject: "Cambió tu verificación en dos pasos",
  mail_second_factor_changed_message:
    "Se cambió la verificación en dos pasos de tu cuenta.\n\nSi no fuiste tú, alguien conoce tu contraseña. Cámbiala de inmediato y revisa tus sesiones y claves de API.",
  mail_new_sign_in_subject: "Nuevo inicio de sesión en tu cuenta",
  mail_new_sign_in_message:
    "Alguien inició sesión en tu cuenta desde un lugar o navegador que no habíamos visto antes.\n\nSi no fuiste tú, cambia tu contraseña de inmediato. Así se cierra la sesión en los demás navegadores.",
  mail_notice_label: "Qué pasó",
  mail_notice_button: "Ver mi cuenta",
  mail_notice_reason:
    "Recibes este correo porque {email} es el correo electrónico de una cuenta. Lo enviamos para que notes los cambios que no hiciste tú.",
  mail_domain_unproven_subject: "Un dominio ya no está verificado",
  mail_domain_unproven_message:
    "Buscamos dos veces la prueba de que el dominio de una de tus marcas es tuyo y no la encontramos.\n\nLas campañas de esa marca no enviarán más correos hasta que vuelvas a verificar el dominio. Los registros y las recompensas continúan.",
  mail_domain_unproven_label: "Dominio",
  mail_domain_unproven_button: "Verificar el dominio",
  mail_domain_unproven_reason: "Recibes este correo porque esta marca pertenece a la cuenta de {email}.",
  mail_webhook_disabled_subject: "Se desactivó un webhook",
  mail_webhook_disabled_message:
    "Uno de tus webhooks está desactivado: su endpoint falló durante días o respondió 410 Gone.\n\nCuando el endpoint vuelva a funcionar, puedes activarlo de nuevo.",
  mail_webhook_disabled_label: "URL del endpoint",
  mail_webhook_disabled_button: "Ver mis webhooks",
  mail_webhook_disabled_reason: "Recibes este correo porque este webhook pertenece a la cuenta de {email}.",
};
