import { type Failures, failuresByCode } from "../../delivery/email/failed-email";
import { RESTORED, skipWaiting, storedMark } from "../../delivery/restored";
import { uses } from "../../delivery/uses";
import type { Ctx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { asBacklog, type Backlog, MOST, pending } from "../../outbox/backlog";
import { countedDeadLetters, type DeadLetter, newestDeadLetters, requeue } from "../../outbox/dead-letter";
import { type Hold, heldBy, release } from "../../outbox/hold";

const DEAD_LETTERS_SHOWN = 20;

/** An outbox's hold. `restored_to`: the time that the database was restored to, if that is the reason. */
export type ShownHold = Hold & { backlog: Backlog; restored_to: Date | null };

export type Sending = {
  holds: ShownHold[];
  failures: Failures[];
  dead_letters: { total: number; last: Date | null; newest: DeadLetter[] };
};

/** What is on hold, what failed, and what the queues gave up on. */
export async function sendingOf(ctx: Ctx): Promise<Sending> {
  const { db } = ctx;
  const now = ctx.now();
  const [holds, [mark], failures, [counted], newest, ...backlogs] = await db.batch([
    heldBy(db, now),
    storedMark(db),
    failuresByCode(ctx),
    countedDeadLetters(db),
    newestDeadLetters(db, DEAD_LETTERS_SHOWN),
    ...uses.map(({ outbox }) => pending(db, outbox, MOST)),
  ]);
  const backlogOf = (name: string) =>
    asBacklog(backlogs[uses.findIndex(({ outbox }) => outbox.name === name)] ?? [], now);
  return {
    holds: holds.map((hold) => ({
      ...hold,
      backlog: backlogOf(hold.outbox),
      restored_to: hold.reason === RESTORED ? (mark?.restored_to ?? null) : null,
    })),
    failures,
    dead_letters: {
      total: counted?.letters ?? 0,
      last: counted?.last == null ? null : new Date(counted.last),
      newest,
    },
  };
}

/** @throws 404 if there is no such outbox */
function useOf(name: string) {
  const use = uses.find(({ outbox }) => outbox.name === name);
  if (!use) throw notFound("outbox");
  return use;
}

/** Ends a hold: the sweep sends what is due within a minute. */
export async function endHold({ db }: Ctx, outbox: string, reason: string): Promise<void> {
  await db.batch([release(db, useOf(outbox).outbox, reason)]);
}

/** Skips an outbox's waiting items from before that moment. @returns whether that was all of them */
export const skipOlder = (ctx: Ctx, outbox: string, before: Date) => skipWaiting(ctx, useOf(outbox), before);

/** @throws 404 */
export const requeueDeadLetter = (ctx: Ctx, id: number) => requeue(ctx, uses, id);
