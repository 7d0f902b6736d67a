/** What the page after a form may say. Named in its address, so that nobody can make it say anything else. */
export const notices = {
  saved: "Saved.",
  created: "Created.",
  deleted: "Deleted.",
  revoked: "Revoked.",
  signed_out_others: "Everybody else is signed out.",
  signed_out: "That session is closed.",
  role_over: "Your role in the other account has ended. This is your own account.",
  mail_sent: "The mail is on its way. At most three are sent in a day.",
  email_changed: "Your address is changed. A mail to the new one asks you to verify it.",
  password_changed: "Your password is changed, and everybody else is signed out.",
  switched: "You are at work in this account now.",
  left: "You have left that account.",
  invited: "The invitation is on its way. It is good for a week.",
  withdrawn: "The invitation is withdrawn.",
  removed: "Removed from the team.",
  account_deleted: "Your account is deleted, with everything that was in it.",
  joined: "Welcome to the team.",
} as const;
export type Notice = keyof typeof notices;
