import type { MailTexts } from "./en";

export const mail: MailTexts = {
  mail_hello: "Hola, {name}:",
  mail_hello_nobody: "Hola:",
  mail_there: "por aquí",
  mail_a_friend: "Alguien que te conoce",
  mail_your_reward: "tu recompensa",
  mail_reward_label: "Tu recompensa",
  mail_button_fallback: "Si el botón no funciona, copia esta dirección en tu navegador:",
  mail_unsubscribe: "Darse de baja",
  mail_entry_subject: "Ya está: comparte tu enlace",
  mail_entry_message:
    "Gracias por participar en {campaign_name}. Este es tu enlace personal. Envíalo a tus amigos: cada persona que se apunte con él cuenta para ti.",
  mail_entry_button: "Ver cómo vas",
  mail_entry_reason: "Recibes este correo porque {email} participa en {campaign_name}.",
  mail_reward_subject: "Has ganado tu recompensa",
  mail_reward_message:
    "Tus amigos se han apuntado y has ganado tu recompensa en {campaign_name}. ¡Gracias por correr la voz!",
  mail_reward_button: "Abrir tu página",
  mail_reward_reason: "Recibes este correo porque {email} participa en {campaign_name}.",
  mail_twoway_reward_subject: "Un regalo de bienvenida para ti",
  mail_twoway_reward_message:
    "Te has unido a {campaign_name} con el enlace de un amigo, y eso también te da una recompensa. ¡Te damos la bienvenida!",
  mail_twoway_reward_button: "Abrir tu página",
  mail_twoway_reward_reason: "Recibes este correo porque {email} participa en {campaign_name}.",
  mail_invitation_subject: "{sender_name} te invita a {brand_name}",
  mail_invitation_message:
    "{sender_name} cree que {brand_name} puede gustarte y te ha enviado una invitación a {campaign_name}.",
  mail_invitation_button: "Aceptar la invitación",
  mail_invitation_reason:
    "Recibes este correo porque alguien que te conoce nos pidió que lo enviáramos a {email}. Tu dirección no está en ninguna lista de correo.",
  mail_magic_link_subject: "Tu página en {campaign_name}",
  mail_magic_link_message:
    "Este botón abre tu propia página, con tu enlace, tus amigos y tus recompensas.\n\nNo reenvíes este correo: quien tenga el enlace ve lo mismo que tú.",
  mail_magic_link_button: "Abrir tu página",
  mail_magic_link_reason:
    "Recibes este correo porque alguien, seguramente tú, introdujo {email} en {campaign_name}. Si no fuiste tú, no tienes que hacer nada.",
  mail_confirm_subject: "Confirma tu correo electrónico",
  mail_confirm_message: "Un clic más y ya participas en {campaign_name}: confirma que {email} es tu dirección.",
  mail_confirm_button: "Confirmar mi dirección",
  mail_confirm_reason:
    "Recibes este correo porque alguien, seguramente tú, introdujo {email} en {campaign_name}. Si no fuiste tú, no tienes que hacer nada.",
  mail_verify_member_subject: "Confirma tu correo electrónico",
  mail_verify_member_message:
    "Confirma que {email} es tu dirección, para que podamos avisarte si pasa algo con tus campañas.",
  mail_verify_member_button: "Confirmar mi dirección",
  mail_verify_member_reason:
    "Recibes este correo porque se abrió una cuenta con {email}. Si no fuiste tú, no tienes que hacer nada.",
  mail_reset_password_subject: "Elige una contraseña nueva",
  mail_reset_password_message:
    "Con este botón eliges una contraseña nueva para tu cuenta. Funciona una sola vez y durante poco tiempo. Hasta entonces tu contraseña anterior sigue igual.",
  mail_reset_password_button: "Elegir una contraseña",
  mail_reset_password_reason:
    "Recibes este correo porque alguien, seguramente tú, pidió una contraseña nueva para {email}. Si no fuiste tú, no tienes que hacer nada.",
  mail_email_changed_subject: "Tu correo electrónico ha cambiado",
  mail_email_changed_message:
    "La dirección de correo de tu cuenta ha cambiado. A partir de ahora entras con la nueva, y a este buzón ya no te escribiremos.\n\nSi no fuiste tú, alguien conoce tu contraseña: avísanos enseguida.",
  mail_email_changed_button: "Entrar",
  mail_email_changed_reason: "Recibes este correo porque {email} era hasta ahora la dirección de una cuenta.",
  mail_team_invitation_subject: "{sender_name} te invita a su equipo",
  mail_team_invitation_message:
    "{sender_name} quiere trabajar contigo en campañas de recomendación. Con este botón entras en el equipo. Funciona durante siete días.",
  mail_team_invitation_button: "Entrar en el equipo",
  mail_team_invitation_reason:
    "Recibes este correo porque alguien del equipo introdujo {email}. Si no sabes de qué se trata, no tienes que hacer nada.",
  mail_webhook_disabled_subject: "Se ha desactivado un webhook",
  mail_webhook_disabled_message:
    "Uno de tus webhooks lo ha rechazado todo durante días, o nos ha dicho que ya no existe, así que lo hemos desactivado.\n\nCuando el receptor vuelva a funcionar, puedes activarlo de nuevo.",
  mail_webhook_disabled_label: "Destinatario",
  mail_webhook_disabled_button: "Ver mis webhooks",
  mail_webhook_disabled_reason: "Recibes este correo porque este webhook pertenece a la cuenta de {email}.",
};
