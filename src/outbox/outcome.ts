import { HINT_MS } from "./queue";

/** A row's result of a round. */
export type Outcome = { id: number } & Standing;
/** Times are in milliseconds. */
export type Standing<S extends string = string> = {
  status: S;
  next_attempt_at: number | null;
  hinted_until: number | null;
};

/** The queue supports delays up to this. The sweep finds rows that are due later. */
const QUEUE_DELAY_MAX_MS = 60_000;
/** The maximum random variation of a delay, so rows that failed together are not retried together. */
const JITTER = 0.2;

export const jittered = (ms: number) => Math.round(ms * (1 + JITTER * (2 * Math.random() - 1)));

/** The row is final. */
export const ended = <S extends string>(status: S): Standing<S> => ({
  status,
  next_attempt_at: null,
  hinted_until: null,
});

/** The row waits for another round. */
export function due(now: Date, delayMs: number): Standing<"pending"> {
  const at = now.getTime() + delayMs;
  return { status: "pending", next_attempt_at: at, hinted_until: delayMs <= QUEUE_DELAY_MAX_MS ? at + HINT_MS : null };
}

/**
 * The outcome after this many failed attempts: due again, or failed if the schedule is over. `wait` adjusts the
 * scheduled delay.
 */
export function retried(
  delaysMs: number[],
  attempts: number,
  now: Date,
  wait = jittered,
): Standing<"pending" | "failed"> {
  const delay = delaysMs[attempts - 1];
  return delay === undefined ? ended("failed") : due(now, wait(delay));
}
