import { askLedger } from "../../ledger/client";
import { newEventId } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";
import { mailWalletQuestions } from "../../outbox/emails/email";
import { ended, jittered } from "../../outbox/outcome";
import { logRound, newRound, record } from "../../outbox/round";
import { hintTransfers, transferOutbox } from "../../outbox/transfers/transfer-outbox";
import type { RoundCtx, Use } from "../../outbox/use";
import { tokensOf } from "../wallet/token-settings";
import { inTime, walletAddress, walletOf } from "../wallet/wallet-client";
import type { Order, OrderStatus } from "../wallet/wallet-order";
import { stopOf, type Verdict, verdictOn } from "./transfer-facts";
import * as store from "./transfer-store";

const BEGUN_PER_RUN = 500;
const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
/** Wallets report news themselves. In case a report is lost, we ask again after this time. */
const ASKED_AGAIN_MS = 5 * MINUTE_MS;

/** Starts transfers for new token rewards. Does nothing without token settings. */
export async function beginTransfers(ctx: JobCtx): Promise<void> {
  if (tokensOf(ctx.env).state !== "on") return;
  const [begun] = await ctx.db.batch([...store.begin(ctx.db, ctx.now(), BEGUN_PER_RUN)] as const);
  await hintTransfers(
    ctx.env,
    begun.map(({ id }) => id),
  );
}

/**
 * Runs one round: decides which transfers may go, hands them to their wallet, and records the wallet's reports about
 * earlier ones. All of this can safely be repeated: the wallet accepts an order once, and the ledger pays a reward
 * once.
 */
async function transferRound(ctx: RoundCtx, ids: number[]): Promise<void> {
  const round = newRound(ctx, transferOutbox, ids);
  const [, rows] = await ctx.db.batch([round.take, store.leased(ctx.db, ids, round.lease)]);
  if (rows.length === 0) return;
  const outcomes = [...(await decided(ctx, rows, round.lease)), ...(await followed(ctx, rows.filter(isHanded)))];
  const missing = rows.filter(
    ({ id, reason }) => reason !== ASKS && outcomes.some((o) => o.id === id && o.reason === ASKS),
  );
  await mailWalletQuestions(
    ctx,
    missing.map(({ participant_id }) => participant_id),
  );
  await record(ctx, transferOutbox, outcomes as Parameters<typeof record>[2], () =>
    store.settle(ctx.db, outcomes, round.lease),
  );
  logRound(ctx, transferOutbox, round, outcomes as Parameters<typeof logRound>[3]);
}

/** The reason for emailing a participant a question. */
const ASKS = "address_missing";

const isHanded = ({ state }: store.Leased) => state === "signing" || state === "sent";

/** Transfers that the wallet does not have yet. */
async function decided(ctx: RoundCtx, rows: store.Leased[], lease: string): Promise<store.Outcome[]> {
  const tokens = tokensOf(ctx.env);
  const own = rows.filter((row) => !isHanded(row));
  if (own.length === 0) return [];
  const wallet =
    tokens.state === "on" && own.some(({ wallet_address }) => wallet_address) ? await walletAddress(ctx.env) : null;
  const verdicts = own.map((row) => ({ row, verdict: verdictOn(row, tokens, wallet) }));
  const going = verdicts.flatMap(({ row, verdict }) =>
    "go" in verdict && wallet
      ? [{ ...row, state: "signing" as const, wallet, address: verdict.go.to, units: String(verdict.go.units) }]
      : [],
  );
  const claims = going.map(({ id, wallet, address, units }) => ({ id, wallet, to: address, units }));
  const [claimed] = claims.length > 0 ? await ctx.db.batch([store.claim(ctx.db, claims, lease)]) : [[]];
  const handed = new Set(claimed.map(({ id }) => id));
  const outcomes = await followed(
    ctx,
    going.filter(({ id }) => handed.has(id)),
  );
  const others = verdicts.flatMap(({ row, verdict }) => (handed.has(row.id) ? [] : [outcomeOf(ctx, row, verdict)]));
  return [...outcomes, ...others];
}

/** A transfer that could not be claimed has changed in the meantime, and is checked again. */
function outcomeOf(ctx: RoundCtx, row: store.Leased, verdict: Verdict): store.Outcome {
  const waits = (reason: string | null, at: number | null): store.Outcome => ({
    ...standing(row),
    state: "pending",
    reason,
    next_attempt_at: at,
  });
  const now = ctx.now().getTime();
  if ("cancel" in verdict) return { ...standing(row), ...done(ctx), state: "cancelled", reason: verdict.cancel };
  if ("park" in verdict) return waits(verdict.park, null);
  if ("wait" in verdict) return waits(verdict.wait, now + jittered(HOUR_MS));
  return waits(null, now + MINUTE_MS);
}

const standing = ({ id, tries, hash, block }: store.Leased) => ({
  id,
  tries,
  hash,
  block,
  status: "pending" as const,
  hinted_until: null,
  settled_at: null,
});
const done = (ctx: RoundCtx) => ({ ...ended("done"), settled_at: ctx.now().getTime() });

/** Asks the wallets about transfers that they have. If a wallet lost one, it gets the same order again. */
async function followed(ctx: RoundCtx, rows: store.Leased[]): Promise<store.Outcome[]> {
  const outcomes: store.Outcome[] = [];
  for (const [place, some] of Map.groupBy(rows, ({ chain_id, wallet }) => `${chain_id}:${wallet}`)) {
    const statuses = await asked(ctx, some).catch((error) => {
      log("error", "token wallet not reached", { wallet: place, ...describeError(error) });
      return new Map<string, OrderStatus>();
    });
    for (const row of some) outcomes.push(await toldBy(ctx, row, statuses.get(row.order_key)));
  }
  return outcomes;
}

async function asked(ctx: RoundCtx, rows: store.Leased[]): Promise<Map<string, OrderStatus>> {
  const [first] = rows;
  if (!first) return new Map();
  const wallet = walletOf(ctx.env, first.chain_id ?? 0, first.wallet ?? "");
  const keys = rows.map(({ order_key }) => order_key);
  const orders = rows.flatMap((row): Order[] =>
    row.address && row.token && row.units
      ? [{ key: row.order_key, reward: row.id, try: row.tries, token: row.token, to: row.address, units: row.units }]
      : [],
  );
  // Cancels transfers of accounts or participants that were suspended or blocked since, if the wallet has not started.
  for (const row of rows) if (row.state === "signing" && stopOf(row)) await inTime(wallet.cancel(row.order_key));
  const taken = await inTime(wallet.take(orders));
  const known = orders.length === rows.length ? taken : await inTime(wallet.statuses(keys));
  return new Map(known.map((status) => [status.key, status]));
}

async function toldBy(ctx: RoundCtx, row: store.Leased, status: OrderStatus | undefined): Promise<store.Outcome> {
  const now = ctx.now().getTime();
  const before = { ...standing(row), state: row.state, next_attempt_at: now + ASKED_AGAIN_MS };
  // Without an address, its participant was erased before the wallet got it.
  if (!status && row.address === null) return { ...before, ...done(ctx), state: "cancelled", reason: "erased" };
  if (!status) return { ...before, reason: "wallet_not_reached", next_attempt_at: now + MINUTE_MS };
  const { state, reason, hash, block, try: tries } = status;
  const told = { ...before, tries, hash, block, reason };
  if (status.token !== row.token || status.units !== row.units)
    return { ...told, ...done(ctx), state: "failed", reason: "known_otherwise" };
  if (state === "cancelled") return { ...told, ...done(ctx), state, reason: stopOf(row) ?? "cancelled" };
  if (state === "queued" || state === "signed") return { ...told, state: "signing" };
  if (state === "sent") return { ...told, state: "sent" };
  if (state === "confirmed") await pay(ctx, row, hash ?? "");
  return { ...told, ...done(ctx), state };
}

/** Lets the ledger fulfill the reward. Repeated calls fulfill it only once. */
async function pay(ctx: RoundCtx, { id, campaign_id }: store.Leased, hash: string): Promise<void> {
  const now = ctx.now();
  await askLedger(ctx, campaign_id, (ledger) =>
    ledger.changeReward({
      kind: "reward",
      id: newEventId(now),
      at: now.getTime(),
      origin: ctx.env.PUBLIC_URL ?? "",
      reward_id: id,
      status: "fulfilled",
      note: null,
      by: "transfer",
      token_transaction: hash,
    }),
  );
}

export const transferUse: Use = { outbox: transferOutbox, rowsPerRound: 50, roundsPerBatch: 5, round: transferRound };
