import type { z } from "zod";
import { amountOf } from "../../ledger/records/earned-reward";
import type { amountsShown } from "../../ledger/records/reward-fields";
import { kindOf, type RewardKind, rewardKinds } from "../../ledger/records/reward-kinds";
import { capitalized, count, fill, sentences, type Texts } from "../../texts/text";
import { rewardsFriends } from "./reward-settings-schema";

/**
 * The public part of a reward: its name, image, and amount. The content of a coupon, link, or message is only visible
 * to people who earned it.
 */
export type ShownReward = {
  title: string | null;
  image_url: string | null;
  currency: string;
} & z.infer<z.ZodObject<typeof amountsShown>>;

/** A campaign's promised reward. */
export type Promised = {
  goal: { type: "signup" | "visit"; target: number };
  reward: { type: RewardKind; invited: boolean } & ShownReward;
};

/** The reward's name or amount. Null if it has neither. */
export const namedReward = (reward: Promised["reward"], texts: Texts, language: string): string | null =>
  reward.title ?? amountInWords(reward, texts, language);

/** A reward's amount, with what it is an amount of if it is not money. Null without one. */
export function amountInWords(reward: Parameters<typeof amountOf>[0], texts: Texts, language: string): string | null {
  const amount = amountOf(reward, language);
  return amount !== null && reward.type === "credit" ? fill(texts.as_credit, { gift: amount }) : amount;
}

/**
 * The reward's name, its amount, or its kind. Owners write the name, so a text in a language with cases puts it after a
 * colon.
 */
export const rewardNamed = (reward: Promised["reward"], texts: Texts, language: string) =>
  namedReward(reward, texts, language) ?? texts[`a_${reward.type}`];

/** The same on a line of its own. A name stays as its owner wrote it. */
export const rewardHeading = (reward: Promised["reward"], texts: Texts, language: string) =>
  namedReward(reward, texts, language) ?? capitalized(language, texts[`a_${reward.type}`]);

/** Says what participants earn, when, and whether their friends get a reward too. */
export function rewardPromise(texts: Texts, language: string, { goal, reward }: Promised): string {
  const earned = count(texts, language, goal.type === "visit" ? "how_visit" : "how_signup", goal.target);
  const own = fill(earned, { reward: rewardNamed(reward, texts, language) });
  return reward.invited ? sentences(language, own, texts.how_invited) : own;
}

type Plan = {
  goal_type: "signup" | "visit" | null;
  num_signups: number | null;
  num_visits: number | null;
  reward_type: number | null;
  reward_invited: boolean | null;
  shown_reward: ShownReward;
};

/** The promised reward of a campaign with these settings. Null means a setting's default, as in a missing row. */
export function promisedBy({
  goal_type,
  num_signups,
  num_visits,
  reward_type,
  reward_invited,
  shown_reward,
}: Plan): Promised {
  const type = goal_type ?? "signup";
  return {
    goal: { type, target: (type === "visit" ? num_visits : num_signups) ?? 1 },
    reward: {
      ...shown_reward,
      type: kindOf(reward_type ?? rewardKinds.coupon.id),
      invited: rewardsFriends({ goal_type: type, reward_invited: reward_invited ?? false }),
    },
  };
}
