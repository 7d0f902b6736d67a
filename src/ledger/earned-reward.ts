import { dollars } from "../lib/fields";
import { type Reward, type RewardTypeId, rewardTypes } from "./reward-schema";

/** A row of `rewards` with its coupon's code. */
export type RewardRow = {
  id: number;
  campaign_id: number;
  participant_id: number;
  role: "referrer" | "invited";
  reward_type: number;
  status: "pending" | "fulfilled" | "revoked";
  coupon: string | null;
  redirect_url: string | null;
  custom_message: string | null;
  cash_cents: number | null;
  token_symbol: string | null;
  token_address: string | null;
  token_amount: string | null;
  token_transaction: string | null;
  date_earned: Date;
  date_fulfilled: Date | null;
};

/** What the API shows of a row. */
export function toReward({ cash_cents, ...row }: RewardRow): Reward {
  const type = rewardTypes[row.reward_type as RewardTypeId];
  return { ...row, type, cash_value: cash_cents === null ? null : dollars(cash_cents) };
}
