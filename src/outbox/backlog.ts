import * as store from "./backlog-store";

/** We stop counting rows at this number. */
export const MOST = 1000;
/** The sweep runs every minute and leaves rows alone for five minutes after they were queued. */
const LATE_AFTER_MS = 10 * 60_000;

/** An outbox's waiting rows. `is_late`: a row has been due for so long that the sweep or the queue must be broken. */
export type Backlog = { pending: number; oldest_due: Date | null; is_late: boolean };

/** The query for the row that `asBacklog` reads. */
export const { pending } = store;

export function asBacklog([row]: store.Counted[], now: Date): Backlog {
  const oldest = row?.oldest_due ?? null;
  return {
    pending: row?.pending ?? 0,
    oldest_due: oldest === null ? null : new Date(oldest),
    is_late: oldest !== null && oldest < now.getTime() - LATE_AFTER_MS,
  };
}
