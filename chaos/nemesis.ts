import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Random } from "./random.ts";

/** The time between kills, in milliseconds. */
const [WORKS_MIN_MS, WORKS_MAX_MS] = [1_500, 4_500];
const COMES_BACK_WITHIN_MS = 180_000;

type Kill = { atMs: number };

/**
 * Kills the runtime with SIGKILL again and again until the signal, and at least `atLeast` times. Miniflare restarts it
 * on the same state and port.
 */
export async function runNemesis(
  pidFile: string,
  origin: string,
  random: Random,
  atLeast: number,
  signal: AbortSignal,
) {
  const started = performance.now();
  const kills: Kill[] = [];
  for (;;) {
    await setTimeout(random.between(WORKS_MIN_MS, WORKS_MAX_MS));
    if (signal.aborted && kills.length >= atLeast) return kills;
    kills.push({ atMs: Math.round(performance.now() - started) });
    await killRuntime(pidFile, origin);
  }
}

/** Kills the runtime and waits until its successor responds. */
export async function killRuntime(pidFile: string, origin: string) {
  const pid = readFileSync(pidFile, "utf8");
  process.kill(Number(pid), "SIGKILL");
  await untilItAnswers(origin, () => readFileSync(pidFile, "utf8") !== pid);
}

async function untilItAnswers(origin: string, isAnother: () => boolean) {
  const until = performance.now() + COMES_BACK_WITHIN_MS;
  while (performance.now() < until) {
    const status = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(10_000) }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200 && isAnother()) return;
    await setTimeout(25);
  }
  throw new Error("The runtime did not restart after it was killed.");
}
