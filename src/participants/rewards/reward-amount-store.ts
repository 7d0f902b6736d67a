import { and, sql } from "drizzle-orm";
import { rewards } from "../../../drizzle/schema";
import { currencyOf, worthOf } from "../../ledger/rewards/cash";
import type { Db } from "../../lib/db";
import { offset } from "../../lib/page";
import { idsOf, listed, ofStatus, type Query } from "./reward-list-store";

/**
 * How many of the newest rewards a list sorted by amount has. Each page reads all of them: an index would be one more row
 * written for each reward.
 */
export const SORTED_MAX = 1_000;

/** The orders by amount. Amounts are compared within a currency, and rewards without one come last. */
const KEYS = {
  largest: (alias: string) => `-(${worthOf(alias)}), -${alias}.date_earned, -${alias}.id`,
  smallest: (alias: string) => `${worthOf(alias)}, ${alias}.date_earned, ${alias}.id`,
};
type ByAmount = Omit<Query, "sort"> & { sort: keyof typeof KEYS };

export const isByAmount = <Q extends { sort?: string | undefined }>(query: Q): query is Q & Pick<ByAmount, "sort"> =>
  query.sort !== undefined && Object.hasOwn(KEYS, query.sort);

const keyOf = ({ sort }: ByAmount, alias: string) =>
  sql.raw(`${worthOf(alias)} IS NULL, ${currencyOf(alias)}, ${KEYS[sort](alias)}`);

/** The newest rewards of the participant, the campaign, or else the account. */
function looked(memberId: number, query: ByAmount) {
  const isNarrow = query.campaign_id !== undefined || query.participant_id !== undefined;
  const wide = { ...query, sort: undefined, status: undefined, brand_id: undefined };
  const filters = isNarrow ? wide : { ...wide, reward_type: undefined };
  return idsOf(memberId, filters, { limit: SORTED_MAX, isOldestFirst: false });
}

const matching = (query: ByAmount) => sql`${ofStatus(query)}
  ${query.reward_type === undefined ? sql`` : sql`AND p.reward_type = ${query.reward_type}`}
  ${query.brand_id === undefined ? sql`` : sql`AND p.campaign_id IN (SELECT id FROM campaigns WHERE brand_id = ${query.brand_id})`}`;

/** A page of the matching rewards among the newest, by amount. */
export const rewardsByAmount = (db: Db, memberId: number, query: ByAmount) =>
  listed(db)
    .where(
      and(
        sql`+${rewards.member_id} = ${memberId}`,
        sql`${rewards.id} IN (SELECT p.id FROM rewards p WHERE p.id IN ${looked(memberId, query)} ${matching(query)}
          ORDER BY ${keyOf(query, "p")} LIMIT ${query.limit} OFFSET ${offset(query)})`,
      ),
    )
    .orderBy(keyOf(query, "rewards"));

/** The number of matching rewards among the newest, and whether there are older ones. */
export const countByAmount = (db: Db, memberId: number, query: ByAmount) =>
  db.all<{ total: number; is_cut: number }>(sql`WITH looked AS MATERIALIZED (SELECT * FROM ${looked(memberId, query)})
    SELECT (SELECT count(*) FROM rewards p WHERE p.id IN looked ${matching(query)}) AS total,
      (SELECT count(*) FROM looked) = ${SORTED_MAX} AS is_cut`);
