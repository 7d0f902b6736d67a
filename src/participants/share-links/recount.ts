import type { JobCtx } from "../../lib/ctx";
import * as store from "./recount-store";

const PEOPLE_PER_ROUND = 1000;
/** Milliseconds. The next run begins a minute after this one began. */
const RUN_MS = 50_000;

/**
 * Counts shares again that were counted by an earlier rule: every direct link from the signup on. A share is what
 * somebody did, so a participant has as many as they have rows of shares. It pauses after each round for as long
 * as that took. A run that is cut short has completed whole rounds, and two runs at once change nothing twice.
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
