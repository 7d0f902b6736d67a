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
  // Languages are named in themselves
  language: "English",
} as const;

/** The names of all texts; every language has each. */
export type Texts = Record<keyof typeof en, string>;
