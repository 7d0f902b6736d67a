import { askLedger } from "../../ledger/client";
import type { Redeemed as Recorded } from "../../ledger/sales/redemptions";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { COUNT_LIMIT, type PageQuery } from "../../lib/page";
import { expire } from "../rewards/expiry";
import { campaignOf } from "../rewards/reward-store";
import type { Balance, NewRedemption, Redeemed } from "./redemption-schema";
import * as store from "./redemption-store";

/** A participant's store credit per currency, as a query for a batch. Read its rows with `toBalance`. */
export const balancesOf = (ctx: Pick<Ctx, "db">, participantId: number) => store.balancesOf(ctx.db, participantId);

export const toBalance = ({ currency, granted, expired, earned, redeemed }: store.Credit): Balance => ({
  currency,
  granted,
  revoked: granted - expired - earned,
  expired,
  earned,
  redeemed,
  balance: Math.max(0, earned - redeemed),
  owed_back: Math.max(0, redeemed - earned),
});

const NONE = { granted: 0, expired: 0, earned: 0, redeemed: 0 };

/**
 * Redeems store credit. A redemption that was already recorded changes nothing.
 * @throws 404 for another member's participant; 409 if the balance is too low, if they are not active, or if it was
 * recorded with a different amount
 */
export async function redeem(ctx: MemberCtx, participantId: number, sent: NewRedemption): Promise<Redeemed> {
  const [[owned], expiring] = await ctx.db.batch([
    campaignOf(ctx.db, ctx.actor.memberId, participantId),
    store.expiringCredit(ctx.db, participantId, ctx.now()),
  ]);
  if (!owned) throw notFound("participant");
  await expire(ctx, expiring);
  const item = {
    kind: "redeem" as const,
    id: ctx.requestEvent,
    at: ctx.now().getTime(),
    origin: ctx.origin,
    participant_id: participantId,
    redemption_id: sent.redemption_id,
    amount: sent.amount,
    currency: sent.currency ?? null,
  };
  const { redemption, is_duplicate }: Recorded = await askLedger(ctx, owned.campaign_id, (ledger) =>
    ledger.redeem(item),
  );
  const [rows] = await ctx.db.batch([balancesOf(ctx, participantId)]);
  const { currency } = redemption;
  const row = rows.find((one) => one.currency === currency) ?? { currency, ...NONE };
  return { redemption, balance: toBalance(row), duplicate: is_duplicate };
}

/** @throws 404 for another member's participant */
export async function redemptionsOf(ctx: MemberCtx, participantId: number, query: PageQuery) {
  const { memberId } = ctx.actor;
  const [[owned], balances, rows, [counted]] = await ctx.db.batch([
    campaignOf(ctx.db, memberId, participantId),
    balancesOf(ctx, participantId),
    store.redemptionsPage(ctx.db, memberId, participantId, query),
    store.redemptionCount(ctx.db, memberId, participantId, COUNT_LIMIT),
  ]);
  if (!owned) throw notFound("participant");
  return { balances: balances.map(toBalance), rows, total: counted?.total ?? 0 };
}
