import { z } from "zod";
import { settingsShown, settingsTaken } from "../../ledger/records/reward-fields";
import { kindNames, rewardKinds } from "../../ledger/records/reward-kinds";
import { LAST_KIND, RewardTypeOut } from "../../ledger/records/reward-schema";
import { ImageUrl, integer, line } from "../../lib/fields";

export const RewardType = integer(1, LAST_KIND).meta({
  description: `${kindNames.map((kind) => `${rewardKinds[kind].id} ${rewardKinds[kind].about}`).join(", ")}.`,
  example: 1,
});

const TITLE_MAX = 80;
const TITLE = "The reward's name, as part of a sentence: Get *a free bag of coffee*. Null: its amount or kind.";

/** A reward's name. An empty string means no name. */
const Title = line(TITLE_MAX).transform((title) => title || null);

export const RewardSettingsChange = z
  .object({
    reward_type: RewardType,
    ...settingsTaken,
    title: Title.nullable().meta({ description: TITLE, example: "a free bag of coffee" }),
    image_url: ImageUrl.nullable().meta({
      description: "An image of the reward, for the widget and the landing page.",
    }),
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
 * Whether invited friends get a reward. Only if the goal is signups: friends are referred by codes, which only count
 * then.
 */
export const rewardsFriends = ({ goal_type, reward_invited }: { goal_type: string; reward_invited: boolean }) =>
  reward_invited && goal_type === "signup";

export const RewardSettings = z
  .object({
    campaign_id: z.int(),
    reward_type: RewardTypeOut,
    ...settingsShown,
    title: z.string().nullable().meta({ description: TITLE }),
    image_url: z.string().nullable(),
  })
  .meta({ id: "RewardSettings", description: "The reward for the campaign's own goal." });
export type RewardSettings = z.infer<typeof RewardSettings>;
