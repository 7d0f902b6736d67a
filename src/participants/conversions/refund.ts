import { askLedger } from "../../ledger/client";
import { toReward } from "../../ledger/records/earned-reward";
import { requestedBy } from "../../ledger/records/item";
import type { Refunded as Recorded } from "../../ledger/sales/refunds";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { toConversion, toRefund } from "./conversion";
import * as store from "./conversion-store";
import type { NewNamedRefund, NewRefund, Refunded } from "./refund-schema";

/** A refund as payment providers report it. `amount` may be negative. See `refunds` in the schema. */
type PartRefund = { part?: string | null; is_total?: boolean; of_paid?: boolean };

/**
 * Reduces a conversion's rewards after a refund. A refund that arrives before its conversion waits for it.
 * @throws 404 for another member's campaign, 409 if the refund was recorded with a different amount, 400 for another
 * currency
 */
export async function refund(ctx: MemberCtx, sent: NewNamedRefund & PartRefund): Promise<Refunded> {
  const item = {
    kind: "refund" as const,
    id: ctx.requestEvent,
    at: ctx.now().getTime(),
    origin: ctx.origin,
    ...requestedBy(ctx.actor),
    event_name: sent.event_name,
    key: sent.conversion_id,
    refund_id: sent.refund_id,
    amount: sent.amount ?? null,
    reason: sent.reason ?? null,
    currency: sent.currency ?? null,
    ...(sent.part !== undefined && { part: sent.part, is_total: sent.is_total, of_paid: sent.of_paid }),
  };
  const recorded: Recorded = await askLedger(ctx, sent.campaign_id, (ledger) => ledger.refund(item));
  return {
    refund: toRefund(recorded.refund),
    conversion: recorded.conversion && toConversion(recorded.conversion),
    rewards: recorded.rewards.map(toReward),
    duplicate: recorded.is_duplicate,
  };
}

/** @throws 404, 409 like `refund` */
export async function refundConversion(ctx: MemberCtx, id: number, sent: NewRefund): Promise<Refunded> {
  const [[row]] = await ctx.db.batch([store.conversionById(ctx.db, ctx.actor.memberId, id)]);
  if (!row) throw notFound("conversion");
  const { campaign_id, event_name, external_id } = row;
  return refund(ctx, { ...sent, campaign_id, event_name, conversion_id: external_id });
}
