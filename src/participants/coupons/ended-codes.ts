import { askLedger } from "../../ledger/client";
import { newEventId } from "../../lib/crypto";
import type { Ctx, JobCtx } from "../../lib/ctx";
import { campaignsToLookAt } from "./ended-codes-store";

const CAMPAIGNS_PER_RUN = 200;
/** The maximum number of calls to ledgers, each of which expires up to `ENDED_MAX` codes. */
const CALLS_PER_RUN = 300;

/** Expires codes whose last day has passed. The next run handles what is left. */
export async function endCodes(ctx: JobCtx): Promise<void> {
  const [due] = await ctx.db.batch([campaignsToLookAt(ctx.db, ctx.now(), CAMPAIGNS_PER_RUN)]);
  let calls = CALLS_PER_RUN;
  for (const { campaign_id } of due) {
    for (let isLeft = true; isLeft && calls > 0; calls--) isLeft = await endCodesOf(ctx, campaign_id);
  }
}

/** Expires some of a campaign's codes. @returns whether more are left */
async function endCodesOf(ctx: Pick<Ctx, "db" | "env" | "now">, campaignId: number): Promise<boolean> {
  const now = ctx.now();
  const item = {
    kind: "endCodes" as const,
    id: newEventId(now),
    at: now.getTime(),
    origin: ctx.env.PUBLIC_URL ?? "",
  };
  return (await askLedger(ctx, campaignId, (ledger) => ledger.endCodes(item))).is_left;
}
