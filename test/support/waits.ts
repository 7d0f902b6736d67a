import { expect, vi } from "vitest";

/**
 * Shortens every wait of the Worker until mocks are restored. Not to zero: all files share one runtime, and a loop
 * that waits in it would block the others.
 */
export function shortWaits() {
  const wait = scheduler.wait.bind(scheduler);
  return vi.spyOn(scheduler, "wait").mockImplementation(() => wait(0));
}

/** Causes impressions. Workers that are asked to watch the count return at once, and continue after their responses. */
export async function allCounted(happen: () => Promise<unknown>, total: () => Promise<number>, expected: number) {
  const wait = shortWaits();
  try {
    await happen();
    await vi.waitFor(async () => expect(await total()).toBe(expected), { timeout: 600_000 });
  } finally {
    wait.mockRestore();
  }
}
