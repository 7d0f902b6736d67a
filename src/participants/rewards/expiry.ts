import { askLedger } from "../../ledger/client";
import { chunks } from "../../lib/chunks";
import { newEventId } from "../../lib/crypto";
import type { Ctx, JobCtx } from "../../lib/ctx";
import { expiringRewards } from "./expiry-store";

/** The maximum number of items per call to a ledger, and of rewards per cron run. */
const EXPIRED_AT_ONCE = 200;
const EXPIRED_PER_RUN = 2000;

/** Ends expired rewards. The next run handles the rest. */
export async function expireRewards(ctx: JobCtx): Promise<void> {
  const [due] = await ctx.db.batch([expiringRewards(ctx.db, ctx.now(), EXPIRED_PER_RUN)]);
  await expire(ctx, due);
}

/** Asks these rewards' ledgers to end them. Each checks again, so a reward ends once, and only when it is due. */
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
