import { numberIn, revenueIn } from "../../campaigns/analytics/account-analytics";
import type { AccountNumbers } from "../../campaigns/analytics/account-analytics-store";
import { definitionOf, type MetricName } from "../../campaigns/analytics/metric";
import { inMajorUnits } from "../../lib/currency";
import { moneyIn } from "../../texts/text";
import type { DigestFacts } from "./notification-facts";

const SHOWN = ["referrals", "signups", "clicks", "shares"] as const satisfies MetricName[];

/** A week's numbers as text, with those of the previous week. */
export function digestNumbers(here: AccountNumbers[], before: AccountNumbers[]): DigestFacts["numbers"] {
  const counts = SHOWN.map((name) => ({
    label: definitionOf(name).label,
    value: (numberIn(name, here) ?? 0).toLocaleString("en"),
    note: `${(numberIn(name, before) ?? 0).toLocaleString("en")} the previous week`,
  }));
  const rate = numberIn("invitation_rate", here);
  const was = numberIn("invitation_rate", before);
  const rates =
    rate === null
      ? []
      : [
          {
            label: definitionOf("invitation_rate").label,
            value: percent(rate),
            note: was === null ? "" : `${percent(was)} the previous week`,
          },
        ];
  const earlier = new Map(revenueIn(before).map(({ currency, amount }) => [currency, amount]));
  const money = revenueIn(here).map(({ currency, amount }) => ({
    label: definitionOf("net_revenue").label,
    value: inWords(amount, currency),
    note: `${inWords(earlier.get(currency) ?? 0, currency)} the previous week`,
  }));
  return [...counts, ...rates, ...money];
}

const percent = (ratio: number) => `${(ratio * 100).toFixed(1)}%`;
const inWords = (amount: number, currency: string) => moneyIn("en", inMajorUnits(amount, currency), currency);
