/** What each mail says. A blank line begins a paragraph. */
export const mail = {
  mail_hello: "Hi {name},",
  mail_hello_nobody: "Hi there,",
  mail_there: "there",
  mail_a_friend: "A friend",
  mail_your_reward: "your reward",
  mail_reward_label: "Your reward",
  mail_button_fallback: "If the button does not work, copy this address into your browser:",
  mail_unsubscribe: "Unsubscribe",
  mail_entry_subject: "You’re in: share your link",
  mail_entry_message:
    "Thank you for joining {campaign_name}. This is your personal link. Send it to your friends: everyone who joins through it counts for you.",
  mail_entry_button: "See where you stand",
  mail_entry_reason: "You receive this mail because {email} joined {campaign_name}.",
  mail_reward_subject: "You have earned your reward",
  mail_reward_message:
    "Your friends came along, and you have earned your reward in {campaign_name}. Thank you for spreading the word!",
  mail_reward_button: "Open your page",
  mail_reward_reason: "You receive this mail because {email} joined {campaign_name}.",
  mail_twoway_reward_subject: "A welcome gift for you",
  mail_twoway_reward_message:
    "You joined {campaign_name} through a friend’s link, and that has earned you a reward as well. Welcome!",
  mail_twoway_reward_button: "Open your page",
  mail_twoway_reward_reason: "You receive this mail because {email} joined {campaign_name}.",
  mail_invitation_subject: "{sender_name} invites you to {brand_name}",
  mail_invitation_message:
    "{sender_name} thinks that you might like {brand_name} and has sent you an invitation to {campaign_name}.",
  mail_invitation_button: "Accept the invitation",
  mail_invitation_reason:
    "You receive this mail because somebody who knows you asked us to send it to {email}. Your address is on no mailing list.",
  mail_magic_link_subject: "Your page in {campaign_name}",
  mail_magic_link_message:
    "This button opens your own page, with your link, your friends and your rewards.\n\nKeep this mail to yourself: whoever has the link sees what you see.",
  mail_magic_link_button: "Open your page",
  mail_magic_link_reason:
    "You receive this mail because somebody, most likely you, entered {email} in {campaign_name}. If it was not you, there is nothing to do.",
  mail_confirm_subject: "Please confirm your email address",
  mail_confirm_message:
    "One more click and you have joined {campaign_name}: please confirm that {email} is your address.",
  mail_confirm_button: "Confirm my address",
  mail_confirm_reason:
    "You receive this mail because somebody, most likely you, entered {email} in {campaign_name}. If it was not you, there is nothing to do.",
  mail_verify_member_subject: "Please confirm your email address",
  mail_verify_member_message:
    "Please confirm that {email} is your address, so that we can reach you when something happens to your campaigns.",
  mail_verify_member_button: "Confirm my address",
  mail_verify_member_reason:
    "You receive this mail because an account was opened with {email}. If it was not you, there is nothing to do.",
  mail_reset_password_subject: "Choose a new password",
  mail_reset_password_message:
    "With this button you choose a new password for your account. It works once, and only for a short time. Until then your old password stays as it is.",
  mail_reset_password_button: "Choose a new password",
  mail_reset_password_reason:
    "You receive this mail because somebody, most likely you, asked for a new password for {email}. If it was not you, there is nothing to do.",
  mail_email_changed_subject: "Your address was changed",
  mail_email_changed_message:
    "The address of your account was changed. From now on you sign in with the new one, and this mailbox gets no more mail from us.\n\nIf it was not you, somebody knows your password: please tell us at once.",
  mail_email_changed_button: "Sign in",
  mail_email_changed_reason: "You receive this mail because {email} was the address of an account until now.",
  mail_team_invitation_subject: "{sender_name} invites you to join the team",
  mail_team_invitation_message:
    "{sender_name} would like to work with you on referral campaigns. With this button you join the team. It works for seven days.",
  mail_team_invitation_button: "Join the team",
  mail_team_invitation_reason:
    "You receive this mail because a colleague entered {email}. If you do not know what it is about, there is nothing to do.",
  mail_webhook_disabled_subject: "A webhook has been switched off",
  mail_webhook_disabled_message:
    "One of your webhooks has refused everything for days, or has told us that it is gone, so we have switched it off.\n\nOnce its receiver works again, you can switch it back on.",
  mail_webhook_disabled_label: "Receiver",
  mail_webhook_disabled_button: "See my webhooks",
  mail_webhook_disabled_reason: "You receive this mail because the account of {email} owns this webhook.",
} as const;

export type MailTexts = Record<keyof typeof mail, string>;
