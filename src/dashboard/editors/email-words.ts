import type { EditedMail } from "../../delivery/email/email-draft";

/** An email's name, and when it is sent. */
export const ABOUT: Record<EditedMail, { title: string; when: string }> = {
  entry: { title: "Welcome", when: "when someone joins, with their personal link" },
  reward: { title: "Reward", when: "when a referrer earns a reward" },
  twoway_reward: { title: "Friend's reward", when: "when a friend receives their reward" },
  admitted: { title: "Waitlist", when: "when you let someone in from the waitlist" },
  friend_joined: { title: "A friend joined", when: "when a friend joins, at most once a day" },
  one_to_go: { title: "One to go", when: "when they need one more friend for the reward" },
  reminder: { title: "Reminder", when: "once, three days after joining, to those who have not shared yet" },
  recap: { title: "Weekly recap", when: "on Mondays, to participants whose friends joined in the previous week" },
};
