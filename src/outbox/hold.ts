import type { JobCtx } from "../lib/ctx";
import type { Db, Statement } from "../lib/db";
import * as store from "./hold-store";
import type { Outbox } from "./queue";

export type { Hold } from "./hold-store";

/** Why an outbox is on hold, until when (null: until `release`), and who requested it. */
type Reason = { reason: string; until: Date | null; set_by: string };

/**
 * Puts an outbox on hold: none of its rows is attempted, no attempt counts, and new rows wait too. Rounds and the sweep
 * check for holds in the statement that takes their rows, so a hold applies from its commit on, except to rows that a
 * round has already taken. Holds for different reasons add up. After the last one ends, the sweep hands out the rows at
 * its usual pace.
 */
export const hold = (db: Db, outbox: Outbox, now: Date, { reason, until, set_by }: Reason): Statement =>
  store.put(db, { outbox: outbox.name, reason, since: now, until, set_by });

/** Ends a hold. Does nothing if there is none. */
export const release = (db: Db, outbox: Outbox, reason: string): Statement => store.drop(db, outbox.name, reason);

/** The query for the active holds of all outboxes. */
export const heldBy = (db: Db, now: Date) => store.on(db, now);

/** How long a hold lasts: at first, and at most. */
type Backoff = { firstMs: number; mostMs: number };

/**
 * When a hold for this reason should end. Each hold lasts twice as long as the previous one, unless that one ended
 * longer ago than it lasted. An active hold stays as it is.
 */
export async function backOff(
  ctx: JobCtx,
  outbox: Outbox,
  reason: string,
  { firstMs, mostMs }: Backoff,
): Promise<Date> {
  const [[last]] = await ctx.db.batch([store.one(ctx.db, outbox.name, reason)]);
  const now = ctx.now().getTime();
  if (!last?.until) return new Date(now + firstMs);
  const [until, lasted] = [last.until.getTime(), last.until.getTime() - last.since.getTime()];
  if (until > now) return last.until;
  return new Date(now + (now - until > lasted ? firstMs : Math.min(2 * lasted, mostMs)));
}
