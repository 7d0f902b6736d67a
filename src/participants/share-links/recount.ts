import type { JobCtx } from "../../lib/ctx";
import * as store from "./recount-store";

const PEOPLE_PER_ROUND = 1000;
/** In milliseconds. The next run starts a minute after this one started. */
const RUN_MS = 50_000;

/**
 * Recounts shares that were counted by an earlier rule, which included every direct link from the signup on. A share is
 * an action, so a participant has as many as they have rows of shares. Pauses after each round for as long as the round
 * took. An interrupted run has completed whole rounds, and overlapping runs change nothing twice.
 */
export async function recountShares({ db, now }: JobCtx): Promise<void> {
  const began = now().getTime();
  for (;;) {
    const asked = now().getTime();
    const [[next]] = await db.batch([store.nextCampaign(db), ...store.recountRound(db, PEOPLE_PER_ROUND)]);
    const answered = now().getTime();
    if (!next || answered - began > RUN_MS) return;
    await scheduler.wait(answered - asked);
  }
}
