/** What the page after a form may say. Named in its address, so that nobody can make it say anything else. */
export const notices = {
  saved: "Saved.",
  created: "Created.",
  deleted: "Deleted.",
  revoked: "Revoked.",
  signed_out_others: "Everybody else is signed out.",
} as const;
export type Notice = keyof typeof notices;
