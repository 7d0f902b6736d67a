import type { JobCtx } from "../lib/ctx";
import { log } from "../lib/log";
import { hold } from "../outbox/hold";
import type { Use } from "../outbox/use";
import * as store from "../upkeep/database-mark-store";
import { witnessOf } from "../upkeep/witness";
import { uses } from "./uses";
import { logSince } from "./webhooks/event-log";
import { dropDays, noteDay } from "./webhooks/event-log-store";

/** What goes out. Others, like the inbox of inputs, only write to the database, and may go on. */
const sending = uses.filter(({ skipOld }) => skipOld);

/** The reason of a hold that only the operator ends. */
export const RESTORED = "restored";

/** Keys that ended are noted for an hour, so that no minute without the witness loses one. */
const ENDED_SINCE_MS = 3_600_000;

/**
 * Moves the database's mark on, before the jobs of a minute. If the database is behind what the witness knows, it was restored, and everything that
 * goes out is held: what was sent since would be sent again. The API keys that ended since end again.
 * @throws if the witness is not reached: a restored database must not get a new mark before that is known
 */
export async function markMinute({ db, env, now: clock }: JobCtx): Promise<void> {
  const known = await witnessOf(env).latest();
  const now = clock();
  const [[row], ended] = await db.batch([
    store.mark(db),
    store.endedKeys(db, new Date(now.getTime() - ENDED_SINCE_MS)),
  ]);
  const mark = row?.at ?? new Date(0);
  const isRestored = mark.getTime() < known;
  if (isRestored) log("error", "the database was restored, so sending is on hold", { mark: mark.toISOString() });
  const reason = { reason: RESTORED, until: null, set_by: "the restore check" };
  const held = isRestored
    ? [
        store.noteRestore(db, mark, now),
        ...sending.map(({ outbox }) => hold(db, outbox, now, reason)),
        ...store.skipLostIds(db, now),
        store.endKeys(db, await witnessOf(env).endedKeys(), now),
      ]
    : [];
  // In the database first: what the witness knows, the database must have held.
  await db.batch([
    store.moveMark(db, new Date(Math.max(known, now.getTime()))),
    ...held,
    noteDay(db, now),
    dropDays(db, logSince(now)),
  ]);
  await witnessOf(env).remember(now.getTime(), ended);
}

const [SKIPPED_PER_ROUND, ROUNDS] = [1000, 20];

/**
 * Ends what waits in an outbox and was caused before that moment, without sending it.
 * @returns whether that was all
 */
export async function skipWaiting({ db }: Pick<JobCtx, "db">, { skipOld }: Use, before: Date): Promise<boolean> {
  if (!skipOld) return true;
  for (let round = 0; round < ROUNDS; round++) {
    const [skipped] = await db.batch([skipOld(db, before, SKIPPED_PER_ROUND)]);
    if (skipped.length < SKIPPED_PER_ROUND) return true;
  }
  return false;
}

/** The query for the mark, and the last restore. */
export const { mark: storedMark } = store;
