/** The texts of emails to members, who read English. A blank line starts a new paragraph. */
export const members = {
  mail_verify_member_subject: "Confirm your email address",
  mail_verify_member_message:
    "Please confirm that {email} is your email address, so we can reach you about your campaigns.",
  mail_verify_member_button: "Confirm my email address",
  mail_verify_member_reason:
    "You’re receiving this email because an account was created with {email}. If it wasn’t you, you can ignore this email.",
  mail_reset_password_subject: "Choose a new password",
  mail_reset_password_message:
    "Click the button to choose a new password for your account. The link works once and expires soon. Until you use it, your old password stays the same.",
  mail_reset_password_button: "Choose a new password",
  mail_reset_password_reason:
    "You’re receiving this email because someone, most likely you, asked for a new password for {email}. If it wasn’t you, you can ignore this email.",
  mail_email_changed_subject: "Your email address was changed",
  mail_email_changed_message:
    "Your account’s email address was changed. From now on, sign in with the new one. We won’t send any more emails to this address.\n\nIf it wasn’t you, someone knows your password. Please contact us right away.",
  mail_email_changed_button: "Sign in",
  mail_email_changed_reason:
    "You’re receiving this email because {email} was the email address of an account until now.",
  mail_team_invitation_subject: "{sender_name} invited you to join the team",
  mail_team_invitation_message:
    "{sender_name} would like to work with you on referral campaigns. Click the button to join the team. The link is valid for seven days.",
  mail_team_invitation_button: "Join the team",
  mail_team_invitation_reason:
    "You’re receiving this email because a teammate entered {email}. If you weren’t expecting it, you can ignore this email.",
  mail_password_changed_subject: "Your password was changed",
  mail_password_changed_message:
    "Your account’s password was changed, and other browsers were signed out.\n\nIf it wasn’t you, request a link for a new password on the sign-in page right away.",
  mail_key_created_subject: "A new API key was created",
  mail_key_created_message:
    "A new API key gives access to every brand and campaign in your account.\n\nIf it wasn’t you or someone on your team, revoke the key and change your password.",
  mail_second_factor_changed_subject: "Your two-step verification was changed",
  mail_second_factor_changed_message:
    "Two-step verification for your account was changed.\n\nIf it wasn’t you, someone knows your password. Change it right away, and check your sessions and API keys.",
  mail_new_sign_in_subject: "New sign-in to your account",
  mail_new_sign_in_message:
    "Someone signed in to your account from a place or browser that we haven’t seen before.\n\nIf it wasn’t you, change your password right away. That signs out every other browser.",
  mail_notice_label: "What happened",
  mail_notice_button: "View my account",
  mail_notice_reason:
    "You’re receiving this email because {email} is the email address of an account. We send it so that you notice changes you didn’t make.",
  mail_domain_unproven_subject: "A domain is no longer proven",
  mail_domain_unproven_message:
    "We checked twice and could not find the proof that one of your brands’ domains is yours.\n\nIts campaigns send no more email until you prove the domain again. Signups and rewards continue.",
  mail_domain_unproven_label: "Domain",
  mail_domain_unproven_button: "Prove the domain",
  mail_domain_unproven_reason: "You’re receiving this email because this brand belongs to your account ({email}).",
  mail_webhook_disabled_subject: "A webhook was turned off",
  mail_webhook_disabled_message:
    "One of your webhooks is turned off: its endpoint has failed for days, or replied with 410 Gone.\n\nOnce its endpoint works again, you can turn it back on.",
  mail_webhook_disabled_label: "Endpoint URL",
  mail_webhook_disabled_button: "View my webhooks",
  mail_webhook_disabled_reason: "You’re receiving this email because this webhook belongs to your account ({email}).",
} as const;
