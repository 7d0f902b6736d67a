import { sql } from "drizzle-orm";
import { campaigns } from "../../../drizzle/schema";
import { DEFAULT_CURRENCY } from "../../lib/currency";
import { dollars } from "../../lib/fields";
import type { ShownReward } from "./reward-promise";

type Row = Omit<ShownReward, "cash_value" | "credit_value"> & {
  cash_cents: number | null;
  credit_cents: number | null;
};

export const NO_REWARD: ShownReward = {
  title: null,
  image_url: null,
  cash_value: null,
  credit_value: null,
  token_amount: null,
  token_symbol: null,
  currency: DEFAULT_CURRENCY,
};

const inMoney = (cents: number | null) => (cents === null ? null : dollars(cents));

function readShown(json: string | null): ShownReward {
  if (json === null) return NO_REWARD;
  const { cash_cents, credit_cents, currency, ...row } = JSON.parse(json) as Row;
  return {
    ...row,
    cash_value: inMoney(cash_cents),
    credit_value: inMoney(credit_cents),
    currency: currency ?? DEFAULT_CURRENCY,
  };
}

/** The public part of a campaign's reward, as a column of a query over `campaigns`. */
export const shownReward = () =>
  sql<ShownReward>`(SELECT json_object('title', w.title, 'image_url', w.image_url, 'cash_cents', w.cash_cents,
    'credit_cents', w.credit_cents, 'token_amount', w.token_amount, 'token_symbol', w.token_symbol, 'currency', ${campaigns.currency})
    FROM campaign_rewards w WHERE w.campaign_id = ${campaigns.id})`
    .mapWith({ mapFromDriverValue: readShown })
    .as("shown_reward");
