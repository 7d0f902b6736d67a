import { askLedger } from "../../ledger/client";
import { heldAgain } from "../../ledger/reviews/suspicion";
import { newEventId } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import * as store from "./settling-store";

/** A review with an undone decision. */
export type Recount = { id: number; campaign_id: number; referrer_id: number };

/**
 * Applies up to 200 undone decisions. Rewards that were earned or released since, and not given yet, are held as if the
 * reviews had been open the whole time. Denied friends count again, so their referrer may have reached a goal, a tier,
 * or groups of a rule in the meantime: each of these friends triggers one check, because several may complete several.
 * Until then, the reviews have a mark, so the sweep can finish an interrupted request.
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
