import { askLedger } from "../../ledger/client";
import type { Ctx } from "../../lib/ctx";

/** Counts that a widget was seen. @throws 404 for a campaign that is not there. */
export async function countImpression(ctx: Ctx, campaignId: number) {
  await askLedger(ctx, campaignId, (ledger) => ledger.impression(ctx.now().getTime()), { repeat: false });
  return { counted: true as const };
}
