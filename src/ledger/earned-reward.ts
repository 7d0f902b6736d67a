import { type RewardRow, rewardColumns } from "../../drizzle/schema";
import { type Raw, readColumns } from "../lib/columns";
import { inDollars } from "../lib/fields";
import { moneyIn } from "../texts/text";
import type { valuesShown } from "./reward-fields";
import { kindFacts, kindOf } from "./reward-kinds";
import type { Reward } from "./reward-schema";

/** Reads a row of `rewards` with its coupon code. */
export const readReward = (row: Raw) => readColumns(rewardColumns, row) as RewardRow;

/** The reward as the API returns it. */
export const toReward = (row: RewardRow): Reward => ({ ...inDollars(row), type: kindOf(row.reward_type) });

/**
 * The amount of a reward in the format of a language (`$12.50`, `2.5 ABC`). Null if its kind has no amount, or none is
 * set.
 */
export function amountOf(reward: Pick<Reward, "type" | keyof typeof valuesShown>, language: string): string | null {
  const parts = kindFacts(reward.type).amount?.map((field) => reward[field]) ?? [];
  if (!parts[0] && parts[0] !== 0) return null;
  return parts
    .map((part) => (typeof part === "number" ? moneyIn(language, part) : part))
    .join(" ")
    .trim();
}
