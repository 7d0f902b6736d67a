import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Random } from "./random.ts";

/** Kills between 1.5 and 4.5 s of work. */
const [WORKS_MIN_MS, WORKS_MAX_MS] = [1_500, 4_500];
const COMES_BACK_WITHIN_MS = 60_000;

export type Kill = { atMs: number; pid: number; downMs: number };

/** Kills the runtime with SIGKILL again and again until the signal; Miniflare starts it anew on the same state and port. */
export async function runNemesis(pidFile: string, origin: string, random: Random, signal: AbortSignal) {
  const started = performance.now();
  const kills: Kill[] = [];
  for (;;) {
    await setTimeout(random.between(WORKS_MIN_MS, WORKS_MAX_MS));
    if (signal.aborted) return kills;
    const pid = Number(readFileSync(pidFile, "utf8"));
    const at = performance.now();
    process.kill(pid, "SIGKILL");
    await untilItAnswers(origin, () => Number(readFileSync(pidFile, "utf8")) !== pid);
    kills.push({ atMs: Math.round(at - started), pid, downMs: Math.round(performance.now() - at) });
  }
}

async function untilItAnswers(origin: string, isAnother: () => boolean) {
  const until = performance.now() + COMES_BACK_WITHIN_MS;
  while (performance.now() < until) {
    const status = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200 && isAnother()) return;
    await setTimeout(25);
  }
  throw new Error("The runtime did not come back after it was killed.");
}
