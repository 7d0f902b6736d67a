export const socialNames: Record<number, string> = {
  1: "Facebook",
  2: "X (Twitter)",
  3: "LinkedIn",
  4: "Email",
  5: "WhatsApp",
  6: "Direct link",
};

export const mailNames: Record<string, string> = {
  entry: "welcome",
  reward: "reward",
  twoway_reward: "friend reward",
  admitted: "waitlist",
  wallet: "request for a wallet address",
  invitation: "invitation to a friend",
  magic_link: "link to their page",
  confirm: "email confirmation",
  proof: "request to confirm the email",
};
