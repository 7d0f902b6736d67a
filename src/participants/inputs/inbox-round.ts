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

/** A Worker can wait for six answers at once. */
const AT_ONCE = 6;
const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
/** A day and a half in all, in which a database comes back or an account is no longer suspended. */
const RETRY_DELAYS_MS = [10_000, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS];
/** How many of these delays an event waits for another one that knows the code, and how many for one that knows the invoice. */
const WAITS = { code: 6, invoice: 4 };

/** Refusals that stay the same however often an event is tried. */
const FINAL: Partial<Record<AppError["code"], InputReason>> = {
  not_found: "no_participant",
  bad_code: "no_participant",
  conflict: "contradicts",
  invalid_request: "not_understood",
};

/**
 * Runs one round: leases those of these events that are due, has the ledger record each, and notes what became of it. An event that comes
 * again after a lost answer changes nothing, because the ledger knows payments and refunds by the provider's ids.
 */
async function workOff(ctx: RoundCtx, ids: number[]): Promise<void> {
  const round = newRound(ctx, inbox, ids);
  const [, rows] = await ctx.db.batch([round.take, store.leased(ctx.db, ids, round.lease)]);
  const slots = pLimit(AT_ONCE);
  const first = await Promise.all(rows.map((row) => slots(() => outcomeOf(ctx, row))));
  // What one waits for may have come in the same round.
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

/** The context of the input's owner. A repeated round causes the same event. */
const memberCtx = (ctx: RoundCtx, { member_id, command }: store.Leased): RowCtx => ({
  ...ctx,
  actor: { kind: "member", memberId: member_id, keyHash: null },
  origin: String(command?.origin),
  requestEvent: String(command?.event),
  effects: [],
});

/** @returns why it changed nothing. @throws what the ledger refuses */
async function carryOut(ctx: RowCtx, row: store.Leased): Promise<InputReason | null> {
  const command = row.command as store.Command;
  if (row.act === "refund") return (await takeBack(ctx, row, command)) ? null : "recorded_before";
  const reason = command.buyer ? await recordSale(ctx, row, command, command.buyer) : null;
  if (reason !== "waits") await joinUp(ctx, row);
  return reason;
}

/** Records a payment, unless another of its events did, or may tell more about it. */
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

/** Joins the ids of a payment's two halves, and has the other one tried again. */
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
/** The id under which a payment is recorded. */
const mainOf = (ids: store.PaymentId[]) =>
  (ids.find(({ conversion }) => conversion !== null) ?? ids.find(({ is_main }) => is_main))?.id ?? "";

const named = (row: store.Leased, sale_id: string) => ({
  campaign_id: row.campaign_id,
  event_name: row.event_name,
  conversion_id: sale_id,
});

/** Each refund is an event of its own in the ledger. */
const again = (ctx: RowCtx): RowCtx => ({ ...ctx, requestEvent: newEventId(ctx.now()) });

/** What takes back the second conversion of a payment, whose ids were not known to be of one. */
const SAME_PAYMENT = "same_payment";

/**
 * Makes one of all that is recorded under the ids of a payment: its first conversion stays, others are taken back, and each refund under another
 * id counts for it. One that is refused keeps none from being tried.
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

/** Does all of these, whatever becomes of each. @throws the first failure that may pass */
async function inTurn(acts: (() => Promise<unknown>)[]) {
  const failures: unknown[] = [];
  for (const act of acts) await act().catch((error) => failures.push(error));
  const passing = failures.find((error) => !(error instanceof AppError && FINAL[error.code]));
  if (passing) throw passing;
}

/** Totals that were taken in before refunds had parts have the id of their part. */
const withPart = ({ amount }: store.Leased, command: store.Command): store.Command =>
  command.is_total && command.part === undefined
    ? { ...command, part: command.refund_id ?? null, refund_id: `${command.refund_id}:${amount}` }
    : command;

/**
 * Takes a refund back, or gives it back, in the currency of its payment. One whose payment turns out to have another id meanwhile counts for that.
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
