import type { JobCtx } from "../lib/ctx";
import { log } from "../lib/log";
import { hold } from "../outbox/hold";
import type { Use } from "../outbox/use";
import * as store from "../upkeep/database-mark-store";
import { witnessOf } from "../upkeep/witness";
import { uses } from "./uses";
import { logSince } from "./webhooks/event-log";
import { dropDays, noteDay } from "./webhooks/event-log-store";

/**
 * The uses that send something. Others, like the inbox of inputs, only write to the database, so a hold does not affect
 * them.
 */
const sending = uses.filter(({ skipOld }) => skipOld);

/** The reason of a hold that only the operator can end. */
export const RESTORED = "restored";

/** Ended keys are recorded for an hour, so none is lost while the witness is unreachable for some minutes. */
const ENDED_SINCE_MS = 3_600_000;

/**
 * Advances the database's mark, before the minute's jobs. If the database is behind the witness, it was restored. Then
 * all sending is put on hold, because everything sent since would be sent again, and the API keys that were ended since
 * are ended again.
 * @throws if the witness is unreachable: a restored database must not get a new mark before it is detected
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
  // The database first: the witness must never know a mark that the database did not have.
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
 * Ends an outbox's waiting rows with a cause before this time, without sending them.
 * @returns whether that was all of them
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
