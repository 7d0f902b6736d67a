import { sql } from "drizzle-orm";
import { campaigns } from "../../../drizzle/schema";
import { amountFields } from "../../ledger/records/reward-fields";
import { DEFAULT_CURRENCY } from "../../lib/currency";
import { columnOf, inDollars } from "../../lib/fields";
import type { ShownReward } from "./reward-promise";

type AmountField = (typeof amountFields)[number];

export const NO_REWARD: ShownReward = {
  title: null,
  image_url: null,
  ...(Object.fromEntries(amountFields.map((name) => [name, null])) as Record<AmountField, null>),
  currency: DEFAULT_CURRENCY,
};

function readShown(json: string | null): ShownReward {
  if (json === null) return NO_REWARD;
  const { currency, ...row } = JSON.parse(json);
  return { ...(inDollars(row) as ShownReward), currency: currency ?? DEFAULT_CURRENCY };
}

const AMOUNTS = amountFields.map(columnOf).map((column) => `'${column}', w.${column}`);

/** The public part of a campaign's reward, as a column of a query over `campaigns`. */
export const shownReward = () =>
  sql<ShownReward>`(SELECT json_object('title', w.title, 'image_url', w.image_url, ${sql.raw(AMOUNTS.join(", "))}, 'currency', ${campaigns.currency})
    FROM campaign_rewards w WHERE w.campaign_id = ${campaigns.id})`
    .mapWith({ mapFromDriverValue: readShown })
    .as("shown_reward");
