import * as store from "./backlog-store";

/** Rows are counted up to this number. */
export const MOST = 1000;
/** The sweep runs every minute and leaves rows alone for five minutes after they were queued. */
const LATE_AFTER_MS = 10 * 60_000;

/** What waits in an outbox. `is_late`: something was due so long ago that the sweep or the queue cannot be working. */
export type Backlog = { pending: number; oldest_due: Date | null; is_late: boolean };

/** The query for the row that `asBacklog` takes. */
export const { pending } = store;

export function asBacklog([row]: store.Counted[], now: Date): Backlog {
  const oldest = row?.oldest_due ?? null;
  return {
    pending: row?.pending ?? 0,
    oldest_due: oldest === null ? null : new Date(oldest),
    is_late: oldest !== null && oldest < now.getTime() - LATE_AFTER_MS,
  };
}
