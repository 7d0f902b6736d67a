import { askLedger } from "../../ledger/client";
import type { Ctx } from "../../lib/ctx";

/**
 * Counts a view of the widget.
 * @throws 404 if there is no such campaign
 */
export async function countImpression(ctx: Ctx, campaignId: number) {
  await askLedger(ctx, campaignId, (ledger) => ledger.impression(ctx.now().getTime()), { repeat: false });
  return { counted: true as const };
}
