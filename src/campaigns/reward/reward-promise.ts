import { kindOf, type RewardKind, rewardKinds } from "../../ledger/reward-kinds";
import { count, fill, type Texts } from "../../texts/text";
import { rewardsFriends } from "./reward-settings-schema";

/** What a campaign promises. The reward's value is shown only to those who earned it. */
export type Promised = {
  goal: { type: "signup" | "visit"; target: number };
  reward: { type: RewardKind; invited: boolean };
};

/** What participants earn and when, and whether their friends get a reward, too. */
export function rewardPromise(texts: Texts, language: string, { goal, reward }: Promised): string {
  const earned = count(texts, language, goal.type === "visit" ? "how_visit" : "how_signup", goal.target);
  const own = fill(earned, { reward: texts[`a_${reward.type}`] });
  return reward.invited ? `${own} ${texts.how_invited}` : own;
}

type Plan = {
  goal_type: "signup" | "visit" | null;
  num_signups: number | null;
  num_visits: number | null;
  reward_type: number | null;
  reward_invited: boolean | null;
};

/** What a campaign with these settings promises. Null is a setting's default, as in a row that is missing. */
export function promisedBy({ goal_type, num_signups, num_visits, reward_type, reward_invited }: Plan): Promised {
  const type = goal_type ?? "signup";
  return {
    goal: { type, target: (type === "visit" ? num_visits : num_signups) ?? 1 },
    reward: {
      type: kindOf(reward_type ?? rewardKinds.coupon.id),
      invited: rewardsFriends({ goal_type: type, reward_invited: reward_invited ?? false }),
    },
  };
}
