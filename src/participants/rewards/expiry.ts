import { askLedger } from "../../ledger/client";
import { chunks } from "../../lib/chunks";
import { newEventId } from "../../lib/crypto";
import type { Ctx, JobCtx } from "../../lib/ctx";
import { expiringRewards } from "./expiry-store";

/** The number of items that a ledger accepts at once, and rewards of a run of the cron. */
const EXPIRED_AT_ONCE = 200;
const EXPIRED_PER_RUN = 2000;

/** Ends rewards whose days are over. What a run leaves, the next one takes. */
export async function expireRewards(ctx: JobCtx): Promise<void> {
  const [due] = await ctx.db.batch([expiringRewards(ctx.db, ctx.now(), EXPIRED_PER_RUN)]);
  await expire(ctx, due);
}

/** Asks the ledgers of these rewards to end them. Each looks again, so a reward ends once and only when it is due. */
export async function expire(
  ctx: Pick<Ctx, "db" | "env" | "now">,
  due: { id: number; campaign_id: number }[],
): Promise<void> {
  const now = ctx.now();
  for (const [campaign, own] of Map.groupBy(due, ({ campaign_id }) => campaign_id)) {
    const items = own.map(({ id }) => ({
      kind: "expire" as const,
      id: newEventId(now),
      at: now.getTime(),
      origin: ctx.env.PUBLIC_URL ?? "",
      reward_id: id,
    }));
    for (const part of chunks(items, EXPIRED_AT_ONCE)) await askLedger(ctx, campaign, (ledger) => ledger.expire(part));
  }
}
