import { HELD } from "../../../drizzle/schema/rewards";
import { DEFAULT_CURRENCY, minorUnitsPer } from "../../lib/currency";
import { rewardKinds } from "../records/reward-kinds";

/** The currency of reward `alias`, as SQL. */
export const currencyOf = (alias: string) => `coalesce(${alias}.currency, '${DEFAULT_CURRENCY}')`;

/** What cash or store credit `alias` is worth in minor units, as SQL. `moneyOf` does the same for responses. */
export const worthOf = (alias: string) =>
  `coalesce(${alias}.amount, CAST(round(coalesce(${alias}.cash_cents, ${alias}.credit_cents) * (${minorUnitsPer(currencyOf(alias))}) / 100.0) AS INTEGER))`;

/** Whether reward `alias` is cash, as SQL. */
export const isCash = (alias: string) => `${alias}.reward_type = ${rewardKinds.cash.id}`;

/** Whether reward `alias` is unpaid cash, as SQL. */
export const isPayable = (alias: string) =>
  `(${alias}.status = 'pending' AND ${isCash(alias)} AND ${HELD.no(alias)} AND ${worthOf(alias)} > 0)`;
