import { askLedger } from "../../ledger/client";
import type { Watch } from "../../ledger/impression-counter";
import type { Ctx } from "../../lib/ctx";

/**
 * Counts a view of the widget. The ledger counts in memory, and may ask to be watched until it has written its count.
 * @throws 404 if there is no such campaign
 */
export async function countImpression(ctx: Ctx, campaignId: number) {
  const watch = await askLedger(ctx, campaignId, (ledger) => ledger.impression(ctx.now().getTime()), { repeat: false });
  if (watch) ctx.later(keepWatch(ctx, campaignId, watch));
  return { counted: true as const };
}

async function keepWatch(ctx: Ctx, campaignId: number, { id, in_ms }: Watch): Promise<void> {
  await scheduler.wait(in_ms);
  const next = await askLedger(ctx, campaignId, (ledger) => ledger.watchImpressions(id), { repeat: false });
  if (next) await keepWatch(ctx, campaignId, next);
}
