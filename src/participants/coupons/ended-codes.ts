import { askLedger } from "../../ledger/client";
import { newEventId } from "../../lib/crypto";
import type { Ctx, JobCtx } from "../../lib/ctx";
import { campaignsToLookAt } from "./ended-codes-store";

const CAMPAIGNS_PER_RUN = 200;
/** Calls of ledgers, each of which counts out at most `ENDED_MAX` codes. */
const CALLS_PER_RUN = 300;

/** Counts out codes that have expired. What a run leaves, the next one takes. */
export async function endCodes(ctx: JobCtx): Promise<void> {
  const [due] = await ctx.db.batch([campaignsToLookAt(ctx.db, ctx.now(), CAMPAIGNS_PER_RUN)]);
  let calls = CALLS_PER_RUN;
  for (const { campaign_id } of due) {
    for (let isLeft = true; isLeft && calls > 0; calls--) isLeft = await endCodesOf(ctx, campaign_id);
  }
}

/** Counts out some expired codes of a campaign. Says whether more are left. */
export async function endCodesOf(ctx: Pick<Ctx, "db" | "env" | "now">, campaignId: number): Promise<boolean> {
  const now = ctx.now();
  const item = {
    kind: "endCodes" as const,
    id: newEventId(now),
    at: now.getTime(),
    origin: ctx.env.PUBLIC_URL ?? "",
  };
  return (await askLedger(ctx, campaignId, (ledger) => ledger.endCodes(item))).is_left;
}
