/** The texts of emails. A blank line starts a new paragraph. */
export const mail = {
  mail_hello: "Hi {name},",
  mail_hello_nobody: "Hi there,",
  mail_there: "there",
  mail_a_friend: "A friend",
  /** A person's name in a sentence. Japanese adds a title. */
  mail_person: "{name}",
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
  mail_admitted_message:
    "Your wait is over: you now have access to {campaign_name}. Open your page to see what’s next.",
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
  mail_proof_subject: "Confirm your email address for your reward",
  mail_proof_message:
    "Your reward in {campaign_name} is being checked. Confirm that {email} is your email address, and it can often be released sooner.",
  mail_confirm_subject: "Confirm your email address",
  mail_confirm_message: "One more click to join {campaign_name}: please confirm that {email} is your email address.",
  mail_confirm_button: "Confirm my email address",
  mail_confirm_reason:
    "You’re receiving this email because someone, most likely you, entered {email} for {campaign_name}. If it wasn’t you, you can ignore this email.",
} as const;
