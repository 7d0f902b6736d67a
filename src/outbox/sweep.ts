import type { JobCtx } from "../lib/ctx";
import * as store from "./outbox-store";
import { hint, idsOf } from "./queue";
import type { Use } from "./use";

/** For this long, the sweep assumes that its own messages are on their way. */
const HINT_MS = 5 * 60_000;
const [PICKED_PER_ROUND, LOOKED_AT_PER_ROUND, ROUNDS] = [1000, 20_000, 10];
const KEPT_MS = 30 * 24 * 3600_000;
const [DROPPED_PER_ROUND, DROP_ROUNDS] = [500, 40];

/** Tells the queue about due rows without a pending message: retries, and rows whose message was lost. */
export async function sweep({ db, env, now }: JobCtx, { outbox, giveUp }: Use): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const at = now();
    const hintedUntil = at.getTime() + HINT_MS;
    const [picked] = await db.batch([
      store.pickDue(db, outbox, at, hintedUntil, LOOKED_AT_PER_ROUND, PICKED_PER_ROUND),
      ...(giveUp ? [giveUp(db, at)] : []),
    ]);
    await hint(env, outbox, idsOf(picked));
    if (picked.length < PICKED_PER_ROUND) return;
  }
}

/** Deletes final rows after 30 days. It checks the oldest rows and continues while it finds some. */
export async function dropOld({ db, now }: JobCtx, { outbox, dropBesides }: Use): Promise<void> {
  const before = new Date(now().getTime() - KEPT_MS);
  for (let round = 0; round < DROP_ROUNDS; round++) {
    const [dropped] = await db.batch([
      store.dropFinished(db, outbox, before, DROPPED_PER_ROUND),
      ...(dropBesides?.(db, before, DROPPED_PER_ROUND) ?? []),
    ]);
    if (dropped.length === 0) return;
  }
}
