import type { Ctx } from "../lib/ctx";
import * as store from "./participant-store";
import { setStatuses } from "./statuses";

const ROUND_MAX = 200;

/**
 * Activates parked participants, earliest first, as far as the plan has room. This credits their referrers, and grants
 * the rewards that both earn.
 */
export async function activateParked(ctx: Ctx, memberId: number): Promise<void> {
  for (;;) {
    const [[plan], parked] = await ctx.db.batch([
      store.roomOf(ctx.db, memberId, ctx.now()),
      store.parkedOf(ctx.db, memberId, ROUND_MAX),
    ]);
    const room = plan?.room ?? (plan ? ROUND_MAX : 0);
    const next = parked.slice(0, Math.max(0, room));
    if (next.length === 0) return;
    for (const [campaignId, rows] of Map.groupBy(next, (row) => row.campaign_id)) {
      const ids = rows.map((row) => row.id);
      // The room was taken in the meantime.
      if ((await setStatuses(ctx, campaignId, ids, "active")).refused > 0) return;
    }
  }
}
