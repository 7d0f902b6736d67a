import { ownedCampaign } from "../../campaigns/ownership";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, notFound } from "../../lib/errors";
import { COUNT_LIMIT, type Page } from "../../lib/page";
import { hintTransfers } from "../../outbox/transfers/transfer-outbox";
import { explorerUrl } from "../wallet/token-settings";
import { inTime, walletOf } from "../wallet/wallet-client";
import * as store from "./transfer-list-store";
import type { Transfer, TransferQuery, transferActs } from "./transfer-schema";

const at = (ms: number | null) => (ms === null ? null : new Date(ms));

/** A transfer as the API returns it. */
export const toTransfer = (ctx: Pick<MemberCtx, "env">, row: store.ListedTransfer): Transfer => ({
  reward_id: row.id,
  campaign_id: row.campaign_id,
  participant_id: row.participant_id,
  state: row.state === "signing" ? "approved" : row.state,
  reason: row.reason,
  chain_id: row.chain_id,
  token_address: row.token,
  token_symbol: row.symbol,
  token_amount: row.amount,
  address: row.address,
  transaction: row.hash,
  explorer_url: explorerUrl(ctx.env, row.chain_id, row.hash),
  block: row.block,
  date_added: new Date(row.date_added),
  date_approved: at(row.date_approved),
  date_settled: at(row.date_settled),
});

/** @throws 404 for another member's campaign */
export async function transfers(ctx: MemberCtx, query: TransferQuery): Promise<Page<Transfer>> {
  const { memberId } = ctx.actor;
  const [rows, [counted], campaign] = await ctx.db.batch([
    store.transfersPage(ctx.db, memberId, query),
    store.transferCount(ctx.db, memberId, query, COUNT_LIMIT),
    ownedCampaign(ctx, query.campaign_id ?? 0),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  return { rows: rows.map((row) => toTransfer(ctx, row)), total: counted?.total ?? 0 };
}

const APPROVALS_SHOWN = 50;

/** The queries of the dashboard's page, for a batch. */
export const transferQueries = (ctx: MemberCtx, query: TransferQuery) =>
  [
    store.namedTransfers(ctx.db, ctx.actor.memberId, query),
    store.transferCount(ctx.db, ctx.actor.memberId, query, COUNT_LIMIT),
    store.toApprove(ctx.db, ctx.actor.memberId, APPROVALS_SHOWN),
  ] as const;

const ACTS: Record<(typeof transferActs)[number], (ctx: MemberCtx, row: store.ListedTransfer) => Promise<void>> = {
  approve: approveTransfer,
  cancel: cancelTransfer,
  retry: retryTransfer,
};

/**
 * Approves, cancels, or restarts a transfer. It can move money out of the wallet, so the caller must be a person who
 * owns the account.
 * @throws 404, 409 if the transfer does not wait for this
 */
export async function actOnTransfer(ctx: MemberCtx, id: number, act: (typeof transferActs)[number]): Promise<void> {
  const [[row]] = await ctx.db.batch([store.transferById(ctx.db, ctx.actor.memberId, id)]);
  if (!row) throw notFound("transfer");
  await ACTS[act](ctx, row);
}

async function approveTransfer(ctx: MemberCtx, { id }: store.ListedTransfer) {
  const { memberId, personId } = ctx.actor;
  const [approved] = await ctx.db.batch([
    ...store.approve(ctx.db, memberId, id, personId ?? memberId, ctx.now()),
  ] as const);
  if (approved.length === 0) throw new AppError("conflict", "This transfer is not waiting for approval.");
  ctx.later(hintTransfers(ctx.env, [id]));
}

async function cancelTransfer(ctx: MemberCtx, row: store.ListedTransfer) {
  const { id, state } = row;
  if (state !== "pending" && state !== "signing")
    throw new AppError("conflict", "This transfer can no longer be canceled.");
  if (
    state === "signing" &&
    !(await inTime(walletOf(ctx.env, row.chain_id ?? 0, row.wallet ?? "").cancel(row.order_key)))
  )
    throw new AppError("conflict", "This transfer is signed and can no longer be canceled.");
  const [, cancelled] = await ctx.db.batch([
    ...store.cancel(ctx.db, ctx.actor.memberId, id, state, ctx.now()),
  ] as const);
  if (cancelled.length === 0) throw new AppError("conflict", "This transfer can no longer be canceled.");
}

async function retryTransfer(ctx: MemberCtx, { id }: store.ListedTransfer) {
  const [begun] = await ctx.db.batch([...store.retry(ctx.db, ctx.actor.memberId, id, ctx.now())] as const);
  if (begun.length === 0)
    throw new AppError("conflict", "Only failed and canceled transfers of pending rewards can be sent again.");
  ctx.later(hintTransfers(ctx.env, [id]));
}
