import { askLedger } from "../../ledger/client";
import { heldAgain } from "../../ledger/suspicion";
import { newEventId } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import * as store from "./settling-store";

/** A review whose decision was undone. */
export type Recount = { id: number; campaign_id: number; referrer_id: number };

/**
 * Carries out that decisions were undone, at most 200. What was earned or let go since, and was not given yet, is held as if the reviews had been open
 * all the time. Friends who were denied count again, so their referrer may have reached a goal, a rung, or groups of a rule meanwhile: each
 * looks once, because several may complete several. The reviews carry a mark until then, so that the sweep makes up for a request that was cut short.
 */
export async function recount(ctx: JobCtx, reviews: Recount[], origin: string): Promise<void> {
  const now = ctx.now();
  const when = { at: now.getTime(), origin };
  for (const [campaign, own] of Map.groupBy(reviews, ({ campaign_id }) => campaign_id)) {
    await askLedger(ctx, campaign, (ledger) => ledger.holdBack(own.map(({ id }) => heldAgain(id, when))));
    const goals = own.map((one) => ({
      kind: "goal" as const,
      id: newEventId(now),
      ...when,
      participant_id: one.referrer_id,
    }));
    await askLedger(ctx, campaign, (ledger) => ledger.meetGoals(goals));
    const ids = own.map(({ id }) => id);
    await ctx.db.batch([store.recounted(ctx.db, ids, now)]);
  }
}
