import { inDollars } from "../lib/fields";
import { moneyIn } from "../texts/text";
import type { valuesShown } from "./reward-fields";
import { kindFacts, kindOf } from "./reward-kinds";
import type { Reward } from "./reward-schema";

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
export const toReward = (row: RewardRow): Reward => ({ ...inDollars(row), type: kindOf(row.reward_type) });

/** What a reward comes to, as a language writes it (`$12.50`, `2.5 ABC`): null where its kind has no amount, and while none is set. */
export function amountOf(reward: Pick<Reward, "type" | keyof typeof valuesShown>, language: string): string | null {
  const parts = kindFacts(reward.type).amount?.map((field) => reward[field]) ?? [];
  if (!parts[0] && parts[0] !== 0) return null;
  return parts
    .map((part) => (typeof part === "number" ? moneyIn(language, part) : part))
    .join(" ")
    .trim();
}
