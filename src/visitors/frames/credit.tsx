import { fill, moneyIn, type Texts } from "../../texts/text";
import type { Me } from "./me";

type CreditProps = { me: Me | null; texts: Texts; language: string };

/** The participant's store credit per currency, if they ever had any. The script updates it. */
export function Credit({ me, texts, language }: CreditProps) {
  const credit = me?.credit ?? [];
  const amount = credit.map(({ value, currency }) => moneyIn(language, value, currency)).join(" · ");
  return (
    <p class="panel-place" data-credit hidden={credit.length === 0}>
      {credit.length > 0 && fill(texts.your_credit, { amount })}
    </p>
  );
}
