import { z } from "zod";
import { maybe, minorUnits } from "./happening";

export const Decimal = z.union([z.string().max(30), z.number()]);
const Money = z.object({ amount: Decimal, currency_code: z.string().max(3) });
/** A sum in the shop's currency, and in the customer's. */
export const InShop = maybe(z.object({ shop_money: Money, presentment_money: maybe(Money) }));

/** A set's two sums. In older API versions, only the shop's amount. */
export const inBoth = (set: z.infer<typeof InShop>, amount: string | number | null | undefined, currency: string) => [
  set?.shop_money ?? { amount: amount ?? 0, currency_code: currency },
  ...(set?.presentment_money ? [set.presentment_money] : []),
];
/** The set's amount in a currency, in minor units. Null if there is none. */
export function minorIn(currency: string, sums: z.infer<typeof Money>[]) {
  const found = sums.find(({ currency_code }) => currency_code === currency);
  return found ? minorUnits(found.amount, currency) : null;
}
