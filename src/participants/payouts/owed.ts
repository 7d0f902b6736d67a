import { ownedCampaign } from "../../campaigns/ownership";
import { csvText } from "../../lib/csv";
import type { MemberCtx } from "../../lib/ctx";
import { decimalsOf, inMajorUnits } from "../../lib/currency";
import type { BatchResponse } from "../../lib/db";
import { notFound } from "../../lib/errors";
import { COUNT_LIMIT, offset } from "../../lib/page";
import { isBeyond, owedList, owedTotals, ownParticipant } from "./owed-store";
import { payoutsOf } from "./payout";
import type { OwedFilter, PayoutQuery } from "./payout-schema";
import * as store from "./payout-store";

/**
 * The amounts owed to participants, and the payouts made.
 * @throws 404 for another member's campaign or participant
 */
export async function payoutPage(ctx: MemberCtx, query: PayoutQuery) {
  return pageOf(query, await ctx.db.batch(payoutQueries(ctx, query)));
}

/** The most payouts an account can have sorted by amount, because each page reads all of them. */
export const SORTED_MAX = 200;

/** The orders of payouts made. On a tie, the newest comes first. */
export const payoutOrders = ["newest", "largest", "smallest"] as const;
export type PayoutOrder = (typeof payoutOrders)[number];
type Sorted = PayoutQuery & { sort?: PayoutOrder | undefined };

const isByAmount = ({ sort }: Sorted) => sort === "largest" || sort === "smallest";

/** A page of payouts by amount, of all of them, newest first. Amounts are compared within a payout's first currency. */
function byAmount(payouts: ReturnType<typeof payoutsOf>, { sort, page, limit }: Sorted) {
  const sign = sort === "largest" ? -1 : 1;
  const sorted = payouts.toSorted(({ totals: [a] }, { totals: [b] }) =>
    a && b ? a.currency.localeCompare(b.currency) || sign * (a.amount - b.amount) : 0,
  );
  return sorted.slice((page - 1) * limit, page * limit);
}

/** The queries of a page of payouts, for a batch. Read the results with `pageOf`. */
export const payoutQueries = (ctx: MemberCtx, query: Sorted) => {
  const { memberId } = ctx.actor;
  return [
    ownParticipant(ctx.db, memberId, query),
    ownedCampaign(ctx, query.campaign_id ?? 0),
    owedList(ctx.db, memberId, query, query.limit, offset(query)),
    owedTotals(ctx.db, memberId, query),
    isBeyond(ctx.db, memberId, query),
    store.payoutsPage(ctx.db, memberId, isByAmount(query) ? { ...query, page: 1, limit: SORTED_MAX } : query),
    store.payoutCount(ctx.db, memberId, query, COUNT_LIMIT),
  ] as const;
};
type PayoutRows = BatchResponse<ReturnType<typeof payoutQueries>>;

/** @throws 404 for another member's campaign or participant */
function demandOwn(filter: OwedFilter, participant: unknown[], campaign: unknown[]) {
  if (filter.participant_id !== undefined && participant.length === 0) throw notFound("participant");
  if (filter.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
}

/** @throws 404 for another member's campaign or participant */
export function pageOf(query: Sorted, [participant, campaign, owed, totals, beyond, rows, [counted]]: PayoutRows) {
  demandOwn(query, participant, campaign);
  const owedTotal = totals.reduce((sum, { participants }) => sum + participants, 0);
  return {
    totals,
    owed,
    is_complete: beyond.length === 0,
    payouts: isByAmount(query) ? byAmount(payoutsOf(rows), query) : payoutsOf(rows),
    made: counted?.total ?? 0,
    total: Math.max(counted?.total ?? 0, owedTotal),
  };
}

const COLUMNS = [
  "campaign_id",
  "participant_id",
  "name",
  "email",
  "currency",
  "amount",
  "earned",
  "owed_back",
  "rewards",
] as const;
const MONEY: readonly string[] = ["amount", "earned", "owed_back"];

/** The owed amounts as a CSV file, in major units, as banks expect. @throws 404 */
export async function owedFile(ctx: MemberCtx, filter: OwedFilter): Promise<string> {
  const { memberId } = ctx.actor;
  const [participant, campaign, owed] = await ctx.db.batch([
    ownParticipant(ctx.db, memberId, filter),
    ownedCampaign(ctx, filter.campaign_id ?? 0),
    owedList(ctx.db, memberId, filter, COUNT_LIMIT, 0),
  ]);
  demandOwn(filter, participant, campaign);
  const cells = owed.map((line) =>
    COLUMNS.map((column) => {
      const value = line[column];
      if (typeof value !== "number" || !MONEY.includes(column)) return value;
      return inMajorUnits(value, line.currency).toFixed(decimalsOf(line.currency));
    }),
  );
  return csvText([[...COLUMNS], ...cells]);
}

/**
 * A page of the payouts made, newest first, and whether there may be more.
 * @throws 404 for another member's campaign or participant
 */
export async function payoutsMade(ctx: MemberCtx, query: PayoutQuery) {
  const { memberId } = ctx.actor;
  const [participant, campaign, rows] = await ctx.db.batch([
    ownParticipant(ctx.db, memberId, query),
    ownedCampaign(ctx, query.campaign_id ?? 0),
    store.payoutsPage(ctx.db, memberId, query),
  ]);
  demandOwn(query, participant, campaign);
  const payouts = payoutsOf(rows);
  return { payouts, hasMore: payouts.length === query.limit };
}
