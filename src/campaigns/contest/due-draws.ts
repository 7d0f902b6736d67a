import { fromBase64, newEventId, sha256Hex, toHex, unseal } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import { secret } from "../../lib/env";
import { describeError, log } from "../../lib/log";
import { idsOf } from "../../outbox/queue";
import { hintDeliveries } from "../../outbox/webhooks/delivery-outbox";
import { eventStatements } from "../../outbox/webhooks/event";
import * as store from "./contest-store";
import { draw } from "./draw";

/** Milliseconds to wait for a last-minute signup to reach the database: twice the ledger's deadline, plus a margin. */
const SETTLE_MS = 20_000;

/** Draws the winners of contests that have ended. Each contest is drawn once, even if several runs overlap. */
export async function drawDueContests(ctx: JobCtx): Promise<void> {
  const endedBefore = new Date(ctx.now().getTime() - SETTLE_MS);
  const [due] = await ctx.db.batch([store.dueContests(ctx.db, endedBefore)]);
  for (const contest of due)
    try {
      await drawContest(ctx, contest);
    } catch (error) {
      log("error", "draw failed", { campaign_id: contest.campaign_id, ...describeError(error) });
    }
}

/** The whole draw is one transaction. Only the first of several concurrent draws takes effect. */
async function drawContest(ctx: JobCtx, contest: store.DueContest) {
  const { campaign_id, member_id, contest_name } = contest;
  const [parts] = await ctx.db.batch([store.entrantsList(ctx.db, contest)]);
  const seed = fromBase64(await unseal(secret(ctx.env, "SEAL_SECRET"), contest.seed));
  if ((await sha256Hex(seed)) !== contest.commitment) throw new Error("the seed does not match the commitment");
  const list = parts.map((part) => part.list).join("");
  const drawn = await draw(seed, list, contest.max_winners);

  const drawn_at = ctx.now();
  const id = newEventId(drawn_at);
  const winners = drawn.winners.map(({ participant_id, index }) => ({ participant_id, index }));
  const [, , deliveries] = await ctx.db.batch([
    store.settleDraw(ctx.db, contest, { ...drawn, draw_event: id, drawn_at, revealed_seed: toHex(seed) }),
    ...eventStatements(ctx.db, {
      campaign_id,
      member_id,
      type: "contest.ended",
      id,
      data: { campaign_id, contest_name, winners, drawn_at: drawn_at.toISOString() },
      date: drawn_at,
      when: store.wonBy(campaign_id, id),
    }),
    ...parts.map((part, n) => store.insertPart(ctx.db, campaign_id, id, n, part.list)),
  ]);
  await hintDeliveries(ctx.env, idsOf(deliveries));
}
