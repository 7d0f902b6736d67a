import type { JobCtx, MemberCtx } from "../lib/ctx";
import { DAY_MS } from "../lib/day";
import * as store from "./purge-store";

/** Rows of each table that one transaction deletes: a tenth of a second of the database, however much there is to delete. */
const ROWS_PER_ROUND = 1000;
const ROUNDS = 400;
/** The next run begins a minute after this one did. */
const RUN_MS = 50_000;
const [RECORDS_KEPT_MS, RECORDS_PER_RUN] = [400 * DAY_MS, 500];

export type Purge = Awaited<ReturnType<typeof store.underWay>>[number];

/** Deletions with rows left, the oldest first, as an unrun query. */
export const underWay = store.underWay;

/**
 * The first round for what the transaction that these statements end has deleted. What is small is gone with it; of what is large the
 * rest is left to `runPurges`, and gone to everybody meanwhile.
 */
export const purgeFirst = (ctx: MemberCtx) => store.purgeRound(ctx.db, ctx.actor.memberId, ctx.now(), ROWS_PER_ROUND);

/**
 * Deletes what is left of deletions, round by round, and lets others at the database for as long as each took. Whoever is cut short
 * has done whole rounds, and the next run goes on.
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
