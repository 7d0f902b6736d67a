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
import { inbox } from "./inbox-outbox";
import * as store from "./inbox-store";
import type { InputReason } from "./input-reasons";

/** A Worker can wait for six answers at once. */
const AT_ONCE = 6;
const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
/** A day and a half in all, in which a database comes back or an account is no longer suspended. */
const RETRY_DELAYS_MS = [10_000, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS];
/** How often another refund of the same payment may come in between. */
const TOTALS_TRIES = 5;

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
  const outcomes = await Promise.all(rows.map((row) => slots(() => outcomeOf(ctx, row))));
  await record(ctx, inbox, outcomes, () => [store.settle(ctx.db, outcomes, round.lease)]);
  logRound(ctx, inbox, round, outcomes);
}

async function outcomeOf(ctx: RoundCtx, row: store.Leased): Promise<store.Outcome> {
  if (!row.is_there) return { id: row.id, ...ended("ignored"), reason: "gone" };
  try {
    const reason = await carryOut(memberCtx(ctx, row), row);
    return { id: row.id, ...ended("done"), reason };
  } catch (error) {
    const reason = error instanceof AppError ? FINAL[error.code] : undefined;
    if (reason) return { id: row.id, ...ended("ignored"), reason };
    log("error", "input event not recorded", { input_event_id: row.id, ...describeError(error) });
    const standing = retried(RETRY_DELAYS_MS, row.attempts, ctx.now());
    return { id: row.id, ...standing, reason: standing.status === "failed" ? "gave_up" : null };
  }
}

/** The context of the input's owner. A repeated round causes the same event. */
const memberCtx = (ctx: RoundCtx, { member_id, command }: store.Leased): MemberCtx => ({
  ...ctx,
  actor: { kind: "member", memberId: member_id, keyHash: null },
  origin: String(command?.origin),
  requestEvent: String(command?.event),
  effects: [],
});

/** @returns why it changed nothing. @throws what the ledger refuses */
async function carryOut(ctx: MemberCtx, row: store.Leased): Promise<InputReason | null> {
  const command = row.command as store.Command;
  const isNew = row.act === "refund" ? await takeBack(ctx, row, command) : await recordSale(ctx, row, command);
  return isNew ? null : "recorded_before";
}

/** Records a payment, if the row is one, and its refunds that came before it under another id. */
async function recordSale(ctx: MemberCtx, row: store.Leased, { buyer, occurred_at, aliases = [] }: store.Command) {
  const recorded = buyer
    ? await convert(ctx, {
        ...named(row),
        ...(await attribution(ctx, row, buyer)),
        amount: row.amount ?? 0,
        currency: row.currency,
        occurred_at: occurred_at ? new Date(occurred_at) : null,
      })
    : null;
  for (const alias of aliases) {
    const [early] = await ctx.db.batch([store.refundsOf(ctx.db, row, alias)]);
    for (const one of early) await refund(again(ctx), { ...named(row), ...one });
  }
  return !recorded?.duplicate;
}

const named = (row: store.Leased, sale_id = row.sale_id) => ({
  campaign_id: row.campaign_id,
  event_name: row.event_name,
  conversion_id: sale_id ?? "",
});

/** Each refund is an event of its own in the ledger. */
const again = (ctx: MemberCtx): MemberCtx => ({ ...ctx, requestEvent: newEventId(ctx.now()) });

/** A payment that turns out to have another id meanwhile is refunded under that as well. Under the first, the refund waits for nothing. */
async function takeBack(ctx: MemberCtx, row: store.Leased, command: store.Command) {
  const known = await saleOf(ctx, row);
  const isNew = await takeBackOf(ctx, row, command, known ?? row.sale_id ?? "");
  if (known) return isNew;
  const meanwhile = await saleOf(ctx, row);
  return meanwhile ? takeBackOf(again(ctx), row, command, meanwhile) : isNew;
}

async function saleOf(ctx: MemberCtx, row: store.Leased) {
  const [[alias]] = await ctx.db.batch([store.saleOfAlias(ctx.db, row, row.sale_id ?? "")]);
  return alias?.sale_id ?? null;
}

/**
 * Takes a refund back. Of a total, what was not refunded before: its id says how much that was, so that of two totals at once the ledger
 * records one, and the other finds more refunded when it looks again.
 * @returns whether it was new
 */
async function takeBackOf(
  ctx: MemberCtx,
  row: store.Leased,
  { refund_id = "", is_total, reason }: store.Command,
  sale_id: string,
) {
  const sent = { ...named(row, sale_id), refund_id, amount: row.amount, reason };
  if (!is_total) return !(await refund(ctx, sent)).duplicate;
  for (let attempt = 1; ; attempt++) {
    const [[before]] = await ctx.db.batch([store.refundedUnder(ctx.db, row, sale_id, refund_id)]);
    const refunded = before?.amount ?? 0;
    const amount = (row.amount ?? 0) - refunded;
    if (amount <= 0) return false;
    try {
      return !(
        await refund(attempt === 1 ? ctx : again(ctx), { ...sent, refund_id: `${refund_id}:${refunded}`, amount })
      ).duplicate;
    } catch (error) {
      const isTaken = error instanceof AppError && error.code === "conflict";
      if (!isTaken || attempt === TOTALS_TRIES) throw error;
    }
  }
}

export const inboxUse: Use = { outbox: inbox, rowsPerRound: 20, roundsPerBatch: 5, round: workOff };
