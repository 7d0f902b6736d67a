import { z } from "zod";
import { integer, line, MoneyIn, prose, WebUrl } from "../../lib/fields";

/** What a campaign's rewards are: 1 coupon, 2 redirect URL, 3 custom message, 4 crypto token, 5 cash. */
export const RewardType = integer(1, 5).meta({
  description: "1 coupon, 2 redirect URL, 3 custom message, 4 crypto token (VNOC-linked brands only), 5 cash.",
  example: 1,
});
export const TOKEN_REWARD = 4;

const AMOUNT = /^[0-9]{1,60}(\.[0-9]{1,30})?$/;

const tokenFields = {
  token_symbol: line(20).nullable(),
  token_address: line(128).nullable(),
  token_amount: z
    .union([z.number().transform(String), z.string()])
    .pipe(z.string().regex(AMOUNT, "must be a decimal number"))
    .nullable()
    .meta({
      type: ["string", "null"],
      description: "A decimal number, as text: tokens have many digits.",
      example: "2.5",
    }),
  token_chain_id: integer(1, Number.MAX_SAFE_INTEGER).nullable(),
};

export const RewardSettingsChange = z
  .object({
    reward_type: RewardType,
    custom_message: prose(10_000).nullable(),
    redirect_url: WebUrl.nullable(),
    cash_value: MoneyIn.nullable(),
    worth_value: MoneyIn.nullable(),
    ...tokenFields,
  })
  .partial()
  .meta({ id: "RewardSettingsChange" });
export type RewardSettingsChange = z.infer<typeof RewardSettingsChange>;

/** Whether a change asks for rewards in tokens. */
export const asksForTokens = ({ reward_type, ...change }: RewardSettingsChange) =>
  reward_type === TOKEN_REWARD ||
  (Object.keys(tokenFields) as (keyof typeof tokenFields)[]).some((name) => (change[name] ?? null) !== null);

/** Whether invited friends are rewarded: they come by codes, which count only where the goal is friends who sign up. */
export const rewardsFriends = ({ goal_type, reward_invited }: { goal_type: string; reward_invited: boolean }) =>
  reward_invited && goal_type === "signup";

export const RewardSettings = z
  .object({
    campaign_id: z.int(),
    reward_type: z.int(),
    custom_message: z.string().nullable(),
    redirect_url: z.string().nullable(),
    cash_value: z.number().nullable().meta({ description: "Dollars." }),
    worth_value: z.number().nullable().meta({ description: "Dollars: what a coupon, say, is worth to its holder." }),
    token_symbol: z.string().nullable(),
    token_address: z.string().nullable(),
    token_amount: z.string().nullable(),
    token_chain_id: z.int().nullable(),
  })
  .meta({ id: "RewardSettings" });
export type RewardSettings = z.infer<typeof RewardSettings>;
