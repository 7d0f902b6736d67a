import pLimit from "p-limit";
import { newEventId } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import { describeError, log } from "../../lib/log";
import { ended, retried } from "../../outbox/outcome";
import { logRound, newRound, record } from "../../outbox/round";
import type { RoundCtx, Use } from "../../outbox/use";
import { convert } from "../conversions/conversion";
import { refund } from "../conversions/refund";
import { attribution } from "./attribution";
import { findHalf } from "./halves-store";
import { hintInbox, inbox } from "./inbox-outbox";
import * as store from "./inbox-store";
import type { InputReason } from "./input-reasons";

/** A Worker can wait for up to six responses at once. */
const AT_ONCE = 6;
const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
/** A day and a half in total: time for a database to recover or a suspension to be lifted. */
const RETRY_DELAYS_MS = [10_000, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS];
/** For how many of these delays an event waits for another one with the code, or with the invoice. */
const WAITS = { code: 6, invoice: 4 };

/** Errors that stay the same on every retry. */
const FINAL: Partial<Record<AppError["code"], InputReason>> = {
  not_found: "no_participant",
  bad_code: "no_participant",
  conflict: "contradicts",
  invalid_request: "not_understood",
};

/**
 * Runs one round: leases the due events among these, lets the ledger record each, and stores the result. Repeating an
 * event after a lost response changes nothing, because the ledger recognizes payments and refunds by the provider's
 * IDs.
 */
async function workOff(ctx: RoundCtx, ids: number[]): Promise<void> {
  const round = newRound(ctx, inbox, ids);
  const [, rows] = await ctx.db.batch([round.take, store.leased(ctx.db, ids, round.lease)]);
  const slots = pLimit(AT_ONCE);
  const first = await Promise.all(rows.map((row) => slots(() => outcomeOf(ctx, row))));
  // The event that one waits for may be in the same round.
  const isWaiting = (n: number) => rows.length > 1 && first[n]?.reason === "waits";
  const outcomes = await Promise.all(
    first.map((outcome, n) => (isWaiting(n) ? slots(() => outcomeOf(ctx, rows[n] as store.Leased)) : outcome)),
  );
  await record(ctx, inbox, outcomes, () => [store.settle(ctx.db, outcomes, round.lease)]);
  logRound(ctx, inbox, round, outcomes);
}

async function outcomeOf(ctx: RoundCtx, row: store.Leased): Promise<store.Outcome> {
  if (!row.is_there) return { id: row.id, ...ended("ignored"), reason: "gone" };
  try {
    const reason = await carryOut(memberCtx(ctx, row), row);
    if (reason === "waits") return { id: row.id, ...retried(RETRY_DELAYS_MS, row.attempts, ctx.now()), reason };
    return { id: row.id, ...ended("done"), reason };
  } catch (error) {
    const reason = error instanceof AppError ? FINAL[error.code] : undefined;
    if (reason) return { id: row.id, ...ended("ignored"), reason };
    log("error", "input event not recorded", { input_event_id: row.id, ...describeError(error) });
    const standing = retried(RETRY_DELAYS_MS, row.attempts, ctx.now());
    return { id: row.id, ...standing, reason: standing.status === "failed" ? "gave_up" : null };
  }
}

type RowCtx = MemberCtx & Pick<RoundCtx, "later">;

/** The context of the input's owner. A repeated round creates the same event. */
const memberCtx = (ctx: RoundCtx, { member_id, command }: store.Leased): RowCtx => ({
  ...ctx,
  actor: { kind: "member", memberId: member_id, keyHash: null },
  origin: String(command?.origin),
  requestEvent: String(command?.event),
  effects: [],
});

/** @returns the reason why it changed nothing. @throws the ledger's errors */
async function carryOut(ctx: RowCtx, row: store.Leased): Promise<InputReason | null> {
  const command = row.command as store.Command;
  if (row.act === "refund") return (await takeBack(ctx, row, command)) ? null : "recorded_before";
  const reason = command.buyer ? await recordSale(ctx, row, command, command.buyer) : null;
  if (reason !== "waits") await joinUp(ctx, row);
  return reason;
}

/** Records a payment, unless another of its events did, or may contain more data. */
async function recordSale(ctx: RowCtx, row: store.Leased, command: store.Command, sealed: string) {
  const { occurred_at, paid, awaits } = command;
  if (row.half !== null) await joinHalves(ctx, { ...row, half: row.half });
  const ids = await payment(ctx, row);
  const known = ids.find(({ conversion }) => conversion !== null);
  if (known?.event === command.event) return null;
  if (known && (known.amount !== row.amount || known.currency !== row.currency)) throw new AppError("conflict");
  if (known) return "recorded_before";
  const { who, isReferred } = await attribution(ctx, row, sealed);
  if (awaits === "invoice" && ids.length === 1 && row.attempts <= WAITS.invoice) return "waits";
  if (awaits && !isReferred && row.attempts <= WAITS.code) return "waits";
  const recorded = await convert(ctx, {
    ...named(row, mainOf(ids)),
    ...who,
    amount: row.amount ?? 0,
    ...(paid !== undefined && { paid }),
    currency: row.currency,
    occurred_at: occurred_at ? new Date(occurred_at) : null,
  });
  return recorded.duplicate ? "recorded_before" : null;
}

/** Joins the IDs of a payment's two halves, and retries the other one. */
async function joinHalves(ctx: RowCtx, row: store.Leased & { half: string }) {
  const [, , [found]] = await ctx.db.batch([...findHalf(ctx.db, row)]);
  if (!found?.other_half || row.sale_id === null) return;
  const ids = [row.sale_id, found.other_half];
  const [, , waiting] = await ctx.db.batch([
    ...store.joinIds(ctx.db, row.campaign_id, ids),
    store.wake(ctx.db, row, ids, ctx.now()),
  ]);
  for (const { id } of waiting) ctx.later(hintInbox(ctx.env, id));
}

const payment = async (ctx: RowCtx, row: store.Leased) => (await ctx.db.batch([store.payment(ctx.db, row)]))[0];
/** The ID that a payment is recorded under. */
const mainOf = (ids: store.PaymentId[]) =>
  (ids.find(({ conversion }) => conversion !== null) ?? ids.find(({ is_main }) => is_main))?.id ?? "";

const named = (row: store.Leased, sale_id: string) => ({
  campaign_id: row.campaign_id,
  event_name: row.event_name,
  conversion_id: sale_id,
});

/** Each refund is a separate event in the ledger. */
const again = (ctx: RowCtx): RowCtx => ({ ...ctx, requestEvent: newEventId(ctx.now()) });

/** The ID of the refund that reverses a payment's second conversion, recorded before its IDs were linked. */
const SAME_PAYMENT = "same_payment";

/**
 * Merges everything recorded under a payment's IDs: the first conversion stays, the others are refunded, and refunds
 * under other IDs count for it. If one is rejected, the others are still tried.
 */
async function joinUp(ctx: RowCtx, row: store.Leased) {
  const ids = await payment(ctx, row);
  const [kept, ...others] = ids;
  const doubles = others.filter(({ conversion }) => conversion !== null);
  const whole = { refund_id: SAME_PAYMENT, reason: SAME_PAYMENT, part: SAME_PAYMENT, of_paid: true };
  const moves = kept?.conversion ? await refundsUnder(ctx, row, others) : [];
  await inTurn([
    ...doubles.map(
      ({ id }) =>
        () =>
          refund(again(ctx), { ...named(row, id), ...whole }),
    ),
    ...moves.map((one) => () => refund(again(ctx), { ...named(row, kept?.id ?? ""), ...one })),
  ]);
  const [waiting] = await ctx.db.batch([store.wake(ctx.db, row, idsOf(ids), ctx.now())]);
  for (const { id } of waiting) ctx.later(hintInbox(ctx.env, id));
}

const idsOf = (ids: store.PaymentId[]) => ids.map(({ id }) => id);

async function refundsUnder(ctx: RowCtx, row: store.Leased, ids: store.PaymentId[]) {
  const found = await Promise.all(ids.map(({ id }) => ctx.db.batch([store.refundsOf(ctx.db, row, id)])));
  return found.flatMap(([refunds]) => refunds.filter(({ refund_id }) => refund_id !== SAME_PAYMENT));
}

/** Runs all of these, even if some fail. @throws the first temporary failure */
async function inTurn(acts: (() => Promise<unknown>)[]) {
  const failures: unknown[] = [];
  for (const act of acts) await act().catch((error) => failures.push(error));
  const passing = failures.find((error) => !(error instanceof AppError && FINAL[error.code]));
  if (passing) throw passing;
}

/** Totals from before refunds had parts use the ID of their part. */
const withPart = ({ amount }: store.Leased, command: store.Command): store.Command =>
  command.is_total && command.part === undefined
    ? { ...command, part: command.refund_id ?? null, refund_id: `${command.refund_id}:${amount}` }
    : command;

/**
 * Applies a refund or its reversal, in the currency of its payment. If the payment turns out to have another ID, it
 * counts for that one.
 * @returns whether it was new
 */
async function takeBack(ctx: RowCtx, row: store.Leased, command: store.Command) {
  const { refund_id = "", part, of_paid, is_total, is_back, reason, sums } = withPart(row, command);
  const ids = await payment(ctx, row);
  const sale = ids.find(({ conversion }) => conversion !== null);
  const stated = sums?.find(({ currency }) => currency === sale?.currency);
  const { amount, currency } = stated ?? row;
  const recorded = await refund(ctx, {
    ...named(row, mainOf(ids)),
    refund_id,
    amount: is_back && amount !== null ? -amount : amount,
    currency,
    reason,
    part: part ?? null,
    of_paid: of_paid ?? false,
    is_total: is_total ?? false,
  });
  if (!sale) await joinUp(ctx, row);
  return !recorded.duplicate;
}

export const inboxUse: Use = { outbox: inbox, rowsPerRound: 20, roundsPerBatch: 5, round: workOff };
