type Bounds = {
  isWorth: (error: unknown) => boolean;
  tries?: number;
  /** Milliseconds. No attempt starts after that. */
  forMs?: number;
};

const FIRST_PAUSE_MS = 50;
const PAUSE_MAX_MS = 5_000;

/**
 * Retries failed work after growing pauses of random length, so callers that failed together do not return
 * together. The work must be safe to repeat.
 * @throws the last error if it is not worth another attempt or a limit is reached
 */
export async function again<T>(
  work: () => Promise<T>,
  { isWorth, tries = Number.POSITIVE_INFINITY, forMs = Number.POSITIVE_INFINITY }: Bounds,
): Promise<T> {
  const began = performance.now();
  let paused = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const pause = Math.min(FIRST_PAUSE_MS * 3 ** (attempt - 1), PAUSE_MAX_MS) * (0.5 + Math.random());
      const passed = Math.max(performance.now() - began, paused);
      if (attempt >= tries || passed + pause > forMs || !isWorth(error)) throw error;
      paused += pause;
      await scheduler.wait(pause);
    }
  }
}
