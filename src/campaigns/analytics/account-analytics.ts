import { TALLY_COUNTS } from "../../ledger/day-tally";
import { type AccountNumbers, accountNumbers, type Days } from "./account-analytics-store";
import { emptyBucket } from "./bucket";
import { definitionOf, type MetricName } from "./metric";

export { type AccountNumbers, accountNumbers, type Days };

/** The counts of all currencies together. Money is left out of it: amounts of two currencies are no sum. */
export function countsOf(rows: AccountNumbers[]) {
  const { counts } = emptyBucket();
  for (const row of rows)
    for (const name of TALLY_COUNTS) if (name !== "revenue" && name !== "refunded") counts[name] += row[name];
  return counts;
}

/** A number of these counts, by its definition. */
export const numberIn = (name: MetricName, rows: AccountNumbers[]) =>
  definitionOf(name).value({ ...emptyBucket(), counts: countsOf(rows) });

/** Money by currency, the largest first. Currencies in which nothing was earned are left out. */
export const moneyIn = (rows: AccountNumbers[]) =>
  rows
    .filter(({ revenue, refunded }) => revenue !== 0 || refunded !== 0)
    .map(({ currency, revenue, refunded }) => ({ currency, amount: revenue - refunded }));
