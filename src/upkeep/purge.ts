import type { JobCtx, MemberCtx } from "../lib/ctx";
import { DAY_MS } from "../lib/day";
import * as store from "./purge-store";

/**
 * Maximum number of rows of each table per transaction. Deleting them takes the database about a tenth of a second,
 * however many rows remain.
 */
const ROWS_PER_ROUND = 1000;
const ROUNDS = 400;
/** In milliseconds. The next run starts a minute after this one started. */
const RUN_MS = 50_000;
const [RECORDS_KEPT_MS, RECORDS_PER_RUN] = [400 * DAY_MS, 500];

export type Purge = Awaited<ReturnType<typeof store.underWay>>[number];

/** Unfinished deletions, oldest first, as an unrun query. */
export const underWay = store.underWay;

/**
 * The first round of a purge. Belongs at the end of the transaction that deletes the campaign, webhook, or account. It
 * removes small deletions completely. Large ones are hidden immediately, and `runPurges` removes the rest.
 */
export const purgeFirst = (ctx: MemberCtx) => store.purgeRound(ctx.db, ctx.actor.memberId, ctx.now(), ROWS_PER_ROUND);

/**
 * Continues all purges, round by round. Pauses after each round for as long as the round took, so others can use the
 * database. An interrupted run has completed whole rounds, and the next one continues.
 */
export async function runPurges({ db, now }: JobCtx): Promise<void> {
  const began = now().getTime();
  await db.batch([store.dropRecords(db, new Date(began - RECORDS_KEPT_MS), RECORDS_PER_RUN)]);
  for (let round = 0; round < ROUNDS; round++) {
    const asked = now().getTime();
    const [[left]] = await db.batch([store.underWay(db, 1), ...store.purgeRound(db, undefined, now(), ROWS_PER_ROUND)]);
    const answered = now().getTime();
    if (!left || answered - began > RUN_MS) return;
    await scheduler.wait(answered - asked);
  }
}
