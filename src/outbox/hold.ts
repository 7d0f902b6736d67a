import type { JobCtx } from "../lib/ctx";
import type { Db, Statement } from "../lib/db";
import * as store from "./hold-store";
import type { Outbox } from "./queue";

export type { Hold } from "./hold-store";

/** Why an outbox waits, until when (null: until `release`), and who asked for it. */
type Reason = { reason: string; until: Date | null; set_by: string };

/**
 * Holds an outbox: no row of it is attempted, no attempt is counted, and new rows wait as well. Rounds and the sweep check it in the
 * statement that takes their rows, so it is in force with its commit, except for rows that a round already took. Holds for different
 * reasons add up. Once the last is over, the sweep hands the rows out at its usual pace.
 */
export const hold = (db: Db, outbox: Outbox, now: Date, { reason, until, set_by }: Reason): Statement =>
  store.put(db, { outbox: outbox.name, reason, since: now, until, set_by });

/** Ends a hold. Does nothing if there is none. */
export const release = (db: Db, outbox: Outbox, reason: string): Statement => store.drop(db, outbox.name, reason);

/** The query for the holds that are on, of all outboxes. */
export const heldBy = (db: Db, now: Date) => store.on(db, now);

/** How long a hold lasts: at first, and at most. */
type Backoff = { firstMs: number; mostMs: number };

/**
 * When a hold for this reason should end: each lasts twice as long as the one before, unless that has been over for longer than it
 * lasted. A hold that is on stays as it is.
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
