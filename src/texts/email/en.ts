/** The texts of emails. A blank line starts a new paragraph. */
export const mail = {
  mail_hello: "Hi {name},",
  mail_hello_nobody: "Hi there,",
  mail_there: "there",
  mail_a_friend: "A friend",
  mail_your_reward: "your reward",
  mail_reward_label: "Your reward",
  mail_reward_until: "{reward} (expires on {day})",
  mail_button_fallback: "If the button doesn’t work, copy this link into your browser:",
  mail_unsubscribe: "Unsubscribe",
  mail_entry_subject: "You’re in! Share your link",
  mail_entry_message:
    "Thanks for joining {campaign_name}. This is your personal link. Share it with your friends: everyone who joins through it counts for you.",
  mail_entry_button: "View my progress",
  mail_entry_reason: "You’re receiving this email because {email} joined {campaign_name}.",
  mail_reward_subject: "You’ve earned a reward",
  mail_reward_message:
    "Thanks to your friends, you’ve earned a reward in {campaign_name}. Thank you for spreading the word!",
  mail_reward_button: "View my reward",
  mail_reward_reason: "You’re receiving this email because {email} joined {campaign_name}.",
  mail_twoway_reward_subject: "A welcome gift for you",
  mail_twoway_reward_message:
    "You joined {campaign_name} through a friend’s link, so you’ve earned a reward, too. Welcome!",
  mail_twoway_reward_button: "View my reward",
  mail_twoway_reward_reason: "You’re receiving this email because {email} joined {campaign_name}.",
  mail_admitted_subject: "You’re in!",
  mail_admitted_message: "Your wait is over: you’re in at {campaign_name}. Open your page to see what’s next.",
  mail_admitted_button: "Open my page",
  mail_admitted_reason: "You’re receiving this email because {email} joined the waitlist of {campaign_name}.",
  mail_invitation_subject: "{sender_name} invited you to {brand_name}",
  mail_invitation_message: "{sender_name} thinks you’ll like {brand_name} and invited you to join {campaign_name}.",
  mail_invitation_button: "Accept invitation",
  mail_invitation_reason:
    "You’re receiving this email because someone who knows you asked us to send it to {email}. You’re not on any mailing list.",
  mail_magic_link_subject: "Your page for {campaign_name}",
  mail_magic_link_message:
    "Click the button to open your page with your link, your friends, and your rewards.\n\nPlease don’t forward this email. Anyone who has the link can open your page.",
  mail_magic_link_button: "Open my page",
  mail_magic_link_reason:
    "You’re receiving this email because someone, most likely you, entered {email} for {campaign_name}. If it wasn’t you, you can ignore this email.",
  mail_confirm_subject: "Confirm your email address",
  mail_confirm_message: "One more click to join {campaign_name}: please confirm that {email} is your email address.",
  mail_confirm_button: "Confirm my email address",
  mail_confirm_reason:
    "You’re receiving this email because someone, most likely you, entered {email} for {campaign_name}. If it wasn’t you, you can ignore this email.",
  mail_verify_member_subject: "Confirm your email address",
  mail_verify_member_message:
    "Please confirm that {email} is your email address, so that we can reach you about your campaigns.",
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
    "The email address of your account was changed. From now on, sign in with the new one. We won’t send any more emails to this address.\n\nIf it wasn’t you, someone knows your password. Please contact us right away.",
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
    "The password of your account was changed, and other browsers were signed out.\n\nIf it wasn’t you, request a link for a new password on the sign-in page right away.",
  mail_key_created_subject: "A new API key was created",
  mail_key_created_message:
    "A new API key gives access to every brand and campaign in your account.\n\nIf it wasn’t you or someone on your team, revoke the key and change your password.",
  mail_second_factor_changed_subject: "Your two-step verification was changed",
  mail_second_factor_changed_message:
    "The two-step verification of your account was changed.\n\nIf it wasn’t you, someone knows your password. Change it right away, and check your sessions and API keys.",
  mail_new_sign_in_subject: "New sign-in to your account",
  mail_new_sign_in_message:
    "Someone signed in to your account from a place or browser that we have not seen before.\n\nIf it wasn’t you, change your password right away. That signs out every other browser.",
  mail_notice_label: "What happened",
  mail_notice_button: "View my account",
  mail_notice_reason:
    "You’re receiving this email because {email} is the email address of an account. We send it so that you notice changes that you did not make.",
  mail_domain_unproven_subject: "A domain is no longer proven",
  mail_domain_unproven_message:
    "We looked twice for the proof that one of your brands’ domains is yours, and did not find it.\n\nIts campaigns send no more email until you prove the domain again. Signups and rewards go on.",
  mail_domain_unproven_label: "Domain",
  mail_domain_unproven_button: "Prove the domain",
  mail_domain_unproven_reason: "You’re receiving this email because this brand belongs to the account of {email}.",
  mail_webhook_disabled_subject: "A webhook was turned off",
  mail_webhook_disabled_message:
    "One of your webhooks is turned off: its endpoint has failed for days, or replied with 410 Gone.\n\nOnce its endpoint works again, you can turn it back on.",
  mail_webhook_disabled_label: "Endpoint URL",
  mail_webhook_disabled_button: "View my webhooks",
  mail_webhook_disabled_reason: "You’re receiving this email because this webhook belongs to the account of {email}.",
} as const;

export type MailTexts = Record<keyof typeof mail, string>;
