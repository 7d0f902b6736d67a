import { onTestFinished, vi } from "vitest";

/** Stops the clock until the test is over, so no day, minute, or second ends during it. Timers still run. */
export function stopClock(at = Date.now()) {
  vi.useFakeTimers({ toFake: ["Date"], now: at });
  onTestFinished(() => void vi.useRealTimers());
}
