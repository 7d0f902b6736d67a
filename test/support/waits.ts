import { vi } from "vitest";

/**
 * Makes every wait of the Worker a short one until mocks are restored. Not none at all: all files share one runtime, and a loop
 * that waits in it would never let others go on.
 */
export function shortWaits() {
  const wait = scheduler.wait.bind(scheduler);
  return vi.spyOn(scheduler, "wait").mockImplementation(() => wait(0));
}
