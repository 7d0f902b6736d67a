import { z } from "zod";
import { settingsShown, settingsTaken } from "../../ledger/reward-fields";
import { kindNames, rewardKinds } from "../../ledger/reward-kinds";
import { LAST_KIND, RewardTypeOut } from "../../ledger/reward-schema";
import { integer } from "../../lib/fields";

export const RewardType = integer(1, LAST_KIND).meta({
  description: `${kindNames.map((kind) => `${rewardKinds[kind].id} ${rewardKinds[kind].about}`).join(", ")}.`,
  example: 1,
});

export const RewardSettingsChange = z
  .object({
    reward_type: RewardType,
    ...settingsTaken,
  })
  .partial()
  .meta({ id: "RewardSettingsChange", description: "The reward settings to change." });
export type RewardSettingsChange = z.infer<typeof RewardSettingsChange>;

const { token } = rewardKinds;
const tokenFields = Object.keys({ ...token.value, ...token.settings }) as (keyof RewardSettingsChange)[];

/** Whether a change sets up token rewards. */
export const asksForTokens = (change: RewardSettingsChange) =>
  change.reward_type === token.id || tokenFields.some((name) => (change[name] ?? null) !== null);

/**
 * Whether invited friends get a reward. Only if the goal is signups, because friends come with referral codes, which
 * count only then.
 */
export const rewardsFriends = ({ goal_type, reward_invited }: { goal_type: string; reward_invited: boolean }) =>
  reward_invited && goal_type === "signup";

export const RewardSettings = z
  .object({
    campaign_id: z.int(),
    reward_type: RewardTypeOut,
    ...settingsShown,
  })
  .meta({ id: "RewardSettings", description: "What the campaign's own goal earns." });
export type RewardSettings = z.infer<typeof RewardSettings>;
