/** Every text that a participant sees and that no setting of the campaign holds. Words in braces are put in by name. */
export const en = {
  // The form
  name: "Your name",
  email: "Your email address",
  join: "Get my link",
  required: "Please fill this in.",
  bad_email: "Please enter a valid email address.",
  // Failures
  failed: "That did not work. Please try again.",
  busy: "Too many people at once. Please try again in a moment.",
  // What a widget says where its settings say nothing (the form's own words are above)
  header_title: "Invite your friends, get rewarded",
  description: "Join now, share your personal link and earn a reward for the friends you bring.",
  body_text: "Enter your details to get your personal link.",
  join_button: "Join",
  success_message: "You are in! Share your link with your friends.",
  popup_button: "Get rewarded",
  // Counted: a form for one and a form for others
  friends_one: "{count} friend",
  friends_other: "{count} friends",
  // Kept out, by the code of the refusal
  leave_empty: "Leave this field empty",
  needs_script: "This form needs JavaScript: it makes sure that you are a person.",
  captcha_failed: "We could not make sure that you are a person. Please try again.",
  form_expired: "This form was open for too long. Please load the page again.",
  disposable_email: "Please use an email address that you will keep, not a throw-away one.",
  // Languages are named in themselves
  language: "English",
} as const;

/** The names of all texts; every language has each. */
export type Texts = Record<keyof typeof en, string>;
