import { askLedger } from "../../ledger/client";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { AppError, notFound } from "../../lib/errors";
import { nameOf } from "../rewards/reward-records";
import { payableIds } from "./owed-store";
import { type NewPayout, PAID_MAX, type Payout, type PayoutMade } from "./payout-schema";
import * as store from "./payout-store";

/** How long a payout can be undone. */
const UNDONE_WITHIN_MS = DAY_MS;

type Chosen = { ids: { id: number; campaign_id: number }[]; skipped: PayoutMade["skipped"]; more: boolean };

/** @throws 404 if none of these rewards belong to the account */
async function chosenByIds(ctx: MemberCtx, ids: number[]): Promise<Chosen> {
  const [rows] = await ctx.db.batch([store.payableOf(ctx.db, ctx.actor.memberId, ids)]);
  if (rows.length === 0) throw notFound("reward");
  const known = new Map(rows.map((row) => [row.id, row]));
  const skipped = [...new Set(ids)].flatMap((reward_id) => {
    const row = known.get(reward_id);
    if (!row) return { reward_id, reason: "This reward does not exist." };
    if (!row.is_payable) return { reward_id, reason: NOT_WAITING };
    return row.is_active ? [] : { reward_id, reason: "The participant is not active." };
  });
  return { ids: rows.filter((row) => row.is_payable && row.is_active), skipped, more: false };
}

const NOT_WAITING = "This is not a cash reward that is waiting for payment.";

async function chosenByFilter(ctx: MemberCtx, filter: NonNullable<NewPayout["filter"]>): Promise<Chosen> {
  const [rows] = await ctx.db.batch([payableIds(ctx.db, ctx.actor.memberId, filter, PAID_MAX + 1)]);
  return { ids: rows.slice(0, PAID_MAX), skipped: [], more: rows.length > PAID_MAX };
}

/**
 * Pays rewards: each campaign's ledger marks its own in one transaction, minus amounts that were refunded after earlier
 * payouts. Rewards that another payout has paid in the meantime are skipped.
 * @throws 404 for another member's rewards, 409 if none of them is waiting for payment
 */
export async function payOut(ctx: MemberCtx, { reward_ids, filter = {}, reference }: NewPayout): Promise<PayoutMade> {
  const { ids, skipped, more } = reward_ids ? await chosenByIds(ctx, reward_ids) : await chosenByFilter(ctx, filter);
  const { memberId } = ctx.actor;
  const event = ctx.requestEvent;
  const by = nameOf(ctx);
  const payout = { member_id: memberId, reference, by, date_added: ctx.now(), event };
  const [, [made]] = await ctx.db.batch([
    store.insertPayout(ctx.db, payout),
    store.payoutOfRequest(ctx.db, memberId, event),
  ]);
  if (!made) throw new AppError("internal");
  const paid = new Set<number>();
  for (const [campaign, own] of Map.groupBy(ids, (reward) => reward.campaign_id)) {
    const item = {
      kind: "pay" as const,
      id: `${event}_c${campaign}`,
      at: ctx.now().getTime(),
      origin: ctx.origin,
      payout_id: made.id,
      reward_ids: own.map(({ id }) => id),
      reference,
      by,
    };
    const done: { paid: number[] } = await askLedger(ctx, campaign, (ledger) => ledger.pay(item));
    for (const id of done.paid) paid.add(id);
  }
  const [rows] = await ctx.db.batch([
    store.payoutById(ctx.db, memberId, made.id),
    store.dropEmpty(ctx.db, memberId, made.id),
  ]);
  const [now] = payoutsOf(rows);
  if (!now) throw new AppError("conflict", "None of these is a cash reward that is waiting for payment.");
  const late = ids.filter(({ id }) => !paid.has(id)).map(({ id }) => ({ reward_id: id, reason: NOT_WAITING }));
  return { payout: now, paid: [...paid], skipped: [...skipped, ...late], more };
}

/**
 * Undoes a payout. Repeating it changes nothing. Its rewards become pending again, minus amounts that were refunded
 * since.
 * @throws 404; 409 after a day, or if a later payout deducted a refund of this one's rewards
 */
export async function undoPayout(ctx: MemberCtx, id: number): Promise<Payout> {
  const { memberId } = ctx.actor;
  const [rows, campaigns, kept] = await ctx.db.batch([
    store.payoutById(ctx.db, memberId, id),
    store.campaignsOfPayout(ctx.db, memberId, id),
    store.keptByOthers(ctx.db, memberId, id),
  ]);
  const [payout] = payoutsOf(rows);
  if (!payout) throw notFound("payout");
  if (payout.date_undone) return payout;
  if (ctx.now() > payout.may_undo_until) throw new AppError("conflict", "A payout can only be undone within one day.");
  if (kept.length > 0)
    throw new AppError(
      "conflict",
      "A later payout deducted a refund of this one's rewards. Undo the later payout first.",
    );
  for (const { campaign_id } of campaigns) {
    const item = {
      kind: "unpay" as const,
      id: `${ctx.requestEvent}_c${campaign_id}`,
      at: ctx.now().getTime(),
      origin: ctx.origin,
      payout_id: id,
      by: nameOf(ctx),
    };
    await askLedger(ctx, campaign_id, (ledger) => ledger.unpay(item));
  }
  const [now] = payoutsOf((await ctx.db.batch([store.payoutById(ctx.db, memberId, id)]))[0]);
  if (!now) throw notFound("payout");
  return now;
}

/** Payouts from their rows. A payout has one row per currency. */
export function payoutsOf(rows: store.PayoutRow[]): (Payout & { may_undo_until: Date })[] {
  return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const undone = own.every((row) => row.date_undone !== null) ? first.date_undone : null;
    return {
      id: first.id,
      reference: first.reference,
      by: first.by,
      date_added: new Date(first.date_added),
      date_undone: undone === null ? null : new Date(undone),
      may_undo_until: new Date(first.date_added + UNDONE_WITHIN_MS),
      totals: own.map(({ currency, participants, rewards, netted, amount }) => ({
        currency,
        participants,
        rewards,
        netted,
        amount,
      })),
    };
  });
}
