import { type SQL, sql } from "drizzle-orm";
import { isKept } from "../../../drizzle/schema";
import { currencyOf, isCash, isPayable, worthOf } from "../../ledger/rewards/cash";
import type { Db } from "../../lib/db";
import type { Owed, OwedFilter, OwedTotal } from "./payout-schema";

/** How many pending rewards, and how many rewards with an amount owed back, are read. */
const READ_MAX = 10_000;

const CURRENCY = sql.raw(currencyOf("w"));

const of = (column: string, value: number | string | undefined) =>
  value === undefined ? sql`` : sql`AND ${sql.raw(column)} = ${value}`;

const ofFilter = ({ participant_id, currency }: OwedFilter) =>
  sql`${of("w.participant_id", participant_id)} ${of(currencyOf("w"), currency)}`;

/** The member's campaigns, joined with their rows of `table`. */
const each = (memberId: number, { campaign_id }: OwedFilter, table: string) =>
  sql`campaigns c CROSS JOIN ${sql.raw(table)} WHERE c.member_id = ${memberId} ${of("c.id", campaign_id)}`;

const payable = (memberId: number, filter: OwedFilter) =>
  sql`${each(memberId, filter, "rewards w INDEXED BY rewards_pending")} AND w.campaign_id = c.id
    AND ${sql.raw(isPayable("w"))} ${ofFilter(filter)}`;

/** The amounts owed to active participants, per currency. */
function owed(memberId: number, filter: OwedFilter): SQL {
  const lines = each(memberId, filter, "payout_lines l INDEXED BY payout_lines_netted");
  return sql`WITH pending AS (
      SELECT w.campaign_id, w.participant_id, ${CURRENCY} AS currency, ${sql.raw(worthOf("w"))} AS earned, 1 AS rewards, 0 AS owed_back
      FROM ${payable(memberId, filter)} LIMIT ${READ_MAX}
    ), refunded AS (
      SELECT w.campaign_id, w.participant_id, ${CURRENCY}, 0, 0, w.owed_back
      FROM ${each(memberId, filter, "rewards w INDEXED BY rewards_owed_back")} AND w.campaign_id = c.id AND w.owed_back IS NOT NULL
        AND ${sql.raw(isCash("w"))} ${ofFilter(filter)}
      LIMIT ${READ_MAX}
    ), netted AS (
      SELECT l.campaign_id, l.participant_id, l.currency, 0, 0, -l.netted
      FROM ${lines} AND l.campaign_id = c.id AND l.netted <> 0 AND l.date_undone IS NULL
        ${of("l.participant_id", filter.participant_id)} ${of("l.currency", filter.currency)}
      LIMIT ${READ_MAX}
    ), owed AS (
      SELECT o.campaign_id, o.participant_id, o.currency, sum(o.rewards) AS rewards, sum(o.earned) AS earned, sum(o.owed_back) AS owed_back,
        sum(o.earned) - sum(o.owed_back) AS amount
      FROM (SELECT * FROM pending UNION ALL SELECT * FROM refunded UNION ALL SELECT * FROM netted) o
      GROUP BY o.campaign_id, o.participant_id, o.currency
    ), listed AS (
      SELECT o.*, p.name, p.email FROM owed o CROSS JOIN participants p ON p.id = o.participant_id AND p.status = 'active'
      WHERE o.earned <> 0 OR o.owed_back <> 0
    )`;
}

/** Largest amounts first. */
export const owedList = (db: Db, memberId: number, filter: OwedFilter, limit: number, skip: number) =>
  db.all<Owed>(sql`${owed(memberId, filter)}
    SELECT campaign_id, participant_id, name, email, currency, rewards, earned, owed_back, amount FROM listed
    ORDER BY amount DESC, participant_id LIMIT ${limit} OFFSET ${skip}`);

export const owedTotals = (db: Db, memberId: number, filter: OwedFilter) =>
  db.all<OwedTotal>(sql`${owed(memberId, filter)}
    SELECT currency, count(*) AS participants, sum(rewards) AS rewards, sum(earned) AS earned, sum(owed_back) AS owed_back,
      sum(max(0, amount)) AS amount FROM listed GROUP BY currency ORDER BY currency`);

/** One row if there are more pending rewards than the maximum that is read. */
export const isBeyond = (db: Db, memberId: number, filter: OwedFilter) =>
  db.all<{ id: number }>(sql`SELECT w.id FROM ${payable(memberId, filter)} LIMIT 1 OFFSET ${READ_MAX}`);

/** The rewards that a payout by this filter pays, campaign by campaign, oldest first. */
export const payableIds = (
  db: Db,
  memberId: number,
  filter: OwedFilter & { earned_before?: Date | undefined },
  max: number,
) =>
  db.all<{ id: number; campaign_id: number }>(sql`SELECT w.id, w.campaign_id FROM ${payable(memberId, filter)}
    ${filter.earned_before === undefined ? sql`` : sql`AND w.date_earned < ${filter.earned_before.getTime()}`}
    AND EXISTS (SELECT 1 FROM participants p WHERE p.id = w.participant_id AND p.status = 'active') LIMIT ${max}`);

/** One row if the filter's participant, if any, belongs to the member. */
export const ownParticipant = (db: Db, memberId: number, { participant_id }: OwedFilter) =>
  db.all<{ id: number }>(
    sql`SELECT p.id FROM participants p WHERE p.id = ${participant_id ?? 0} AND p.member_id = ${memberId} AND ${isKept(sql`p.campaign_id`)}`,
  );
