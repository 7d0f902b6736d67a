import { type RewardRow, rewardColumns } from "../../../drizzle/schema/index";
import { type Raw, readColumns } from "../../lib/columns";
import { DEFAULT_CURRENCY, decimalsOf, inMajorUnits } from "../../lib/currency";
import { inDollars } from "../../lib/fields";
import { moneyIn } from "../../texts/text";
import { amountFieldsOf, type amountsShown } from "./reward-fields";
import { kindOf, rewardKinds } from "./reward-kinds";
import type { Reward, TokenState } from "./reward-schema";

/** Reads a row of `rewards` with its coupon code. */
export const readReward = (row: Raw) => readColumns(rewardColumns, row) as RewardRow;

type Money = Pick<RewardRow, "reward_type" | "cash_cents" | "credit_cents" | "amount" | "currency">;

/**
 * What cash or store credit is worth in minor units, and in the major unit as `cash_value` or `credit_value`. Rewards
 * from the campaign's own goal store hundredths of the major unit.
 */
function moneyOf({ reward_type, cash_cents, credit_cents, amount, currency }: Money) {
  const own = currency ?? DEFAULT_CURRENCY;
  const cents = cash_cents ?? credit_cents;
  const value = amount === null ? cents && cents / 100 : inMajorUnits(amount, own);
  const minor = amount ?? (cents === null ? null : Math.round((cents * 10 ** decimalsOf(own)) / 100));
  const isCredit = reward_type === rewardKinds.credit.id;
  return {
    cash_value: isCredit ? null : value,
    credit_value: isCredit ? value : null,
    amount: minor,
    currency: own,
  };
}

/** A row in the API's form. */
export const withMoney = <R extends Money>(row: R) => ({ ...inDollars(row), ...moneyOf(row) });

/** The reward as the API returns it. */
export const toReward = (row: RewardRow): Reward => ({
  ...withMoney(row),
  status: statusOf(row),
  expires_at: mayExpire(row) ? row.expires_at : null,
  expired_amount: row.expired_amount ?? 0,
  // For store credit, the column includes what expired.
  owed_back: Math.max(0, (row.owed_back ?? 0) - (row.expired_amount ?? 0)),
  needs_approval: row.needs_approval === true,
  ...transferOf(row),
  type: kindOf(row.reward_type),
  // A ledger of the previous release has no last days.
  coupon_valid_until: row.coupon_valid_until ?? null,
  coupon_last_day: row.coupon_last_day ?? null,
});

/** Where a token's transfer stands. A ledger of the previous release does not set it. */
function transferOf({ reward_type, status, token_state, token_reason }: RewardRow) {
  if (reward_type !== rewardKinds.token.id) return { token_state: null, token_reason: null };
  if (token_state) return { token_state: token_state as TokenState, token_reason: token_reason ?? null };
  return status === "pending"
    ? { token_state: "pending" as const, token_reason: "not_set_up" }
    : { token_state: null, token_reason: null };
}

/** Expired rewards are stored as revoked, and expired store credit as fulfilled, for code of earlier releases. */
const statusOf = (row: RewardRow): Reward["status"] => {
  if (isHeldNow(row)) return "held";
  return row.date_expired === null ? row.status : "expired";
};

/** Whether the reward can still expire. Rewards that were given keep the time in their row. */
const mayExpire = ({ status, reward_type }: RewardRow) =>
  status === "pending" || (status === "fulfilled" && reward_type === rewardKinds.credit.id);

/** Whether a pending reward is held. */
export const isHeldNow = ({ held_until, needs_approval }: Pick<RewardRow, "held_until" | "needs_approval">) =>
  held_until !== null || needs_approval !== null;

/**
 * A reward's amount, formatted for a language (`$12.50`, `2.5 ABC`). Null if its kind has no amount, or none is set.
 */
export function amountOf(
  reward: Pick<Reward, "type" | "currency" | keyof typeof amountsShown>,
  language: string,
): string | null {
  const parts = amountFieldsOf(reward.type).map((field) => reward[field]);
  if (!parts[0] && parts[0] !== 0) return null;
  return parts
    .map((part) => (typeof part === "number" ? moneyIn(language, part, reward.currency) : part))
    .join(" ")
    .trim();
}
