/** What surrounds sharing, the fields of the form, and the emails about friends. */
export const friends = {
  copy_message: "Copy message",
  more_channels: "More ways to share",
  sms: "Text message",
  qr_download: "Download QR code",
  your_friends: "Your friends",
  friend_joined: "Joined",
  friend_waiting: "Not confirmed yet",
  own_word: "Choose your own link",
  own_word_hint: "3 to 30 letters, digits, or hyphens. Links you already shared keep working.",
  own_word_save: "Save link",
  own_word_taken: "This one is taken. Try another.",
  own_word_bad: "Use 3 to 30 letters, digits, or hyphens.",
  step_signup_one: "{count} friend",
  step_signup_other: "{count} friends",
  step_visit_one: "{count} visit",
  step_visit_other: "{count} visits",
  step_reached: "Reached",
  choose: "Choose…",
  must_agree: "Please agree to continue.",
  bad_phone: "Enter a valid phone number.",
  terms: "Terms",
  mail_share_label: "Share your link",
  mail_friend_joined_subject: "{friend_name} joined with your link",
  mail_friend_joined_message:
    "Good news: {friend_name} has joined {campaign_name} with your link. Thanks for spreading the word!",
  mail_one_to_go_subject: "Just one more friend to go",
  mail_one_to_go_message:
    "You’re almost there: with one more friend, you’ll have earned your reward in {campaign_name}.",
  mail_reminder_subject: "Your personal link is waiting",
  mail_reminder_message:
    "You joined {campaign_name}, but haven’t shared your link yet. Send it to one friend to get started.",
  mail_recap_subject: "Your week in {campaign_name}",
  mail_recap_message: "Here’s where you stand after this week.",
  mail_recap_friends_one: "{count} friend joined this week",
  mail_recap_friends_other: "{count} friends joined this week",
  mail_recap_clicks_one: "{count} click on your link so far",
  mail_recap_clicks_other: "{count} clicks on your link so far",
};

export type FriendTexts = Record<keyof typeof friends, string>;
