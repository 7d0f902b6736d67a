import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { History } from "./history.ts";
import { PATIENCE_MS } from "./http.ts";
import type { Provider } from "./provider.ts";
import type { Random } from "./random.ts";
import type { Weather } from "./weather.ts";

/** The time between kills, in milliseconds. */
const [WORKS_MIN_MS, WORKS_MAX_MS] = [1_500, 4_500];
/** How long the database stays full, and how often as long again until a request noticed. */
const [FULL_MS, FULL_MORE] = [700, 20];
/** How long work goes on after that: a kill shall hit commits, and there are none in a full database. */
const [RECOVERS_MIN_MS, RECOVERS_MAX_MS] = [300, 1_200];
const COMES_BACK_WITHIN_MS = 180_000;

type Kill = { atMs: number };

type Victim = { pidFile: string; origin: string; weather: Weather; provider: Provider; history: History };

/**
 * Kills the runtime with SIGKILL again and again until the signal, and at least `atLeast` times. Miniflare restarts it
 * on the same state and port. In between, the database fails now and then, and is full for a while. In the end, the
 * email provider's quota is used up.
 */
export async function runNemesis(victim: Victim, random: Random, atLeast: number, signal: AbortSignal) {
  const { pidFile, origin, weather, provider } = victim;
  const started = performance.now();
  const kills: Kill[] = [];
  weather.isStormy = true;
  for (;;) {
    await setTimeout(random.between(WORKS_MIN_MS, WORKS_MAX_MS));
    if (signal.aborted && kills.length >= atLeast) break;
    await fill(victim);
    await setTimeout(random.between(RECOVERS_MIN_MS, RECOVERS_MAX_MS));
    kills.push({ atMs: Math.round(performance.now() - started) });
    await killRuntime(pidFile, origin);
  }
  weather.isStormy = false;
  provider.quota.isUsedUp = true;
  return kills;
}

async function fill({ weather, history }: Victim) {
  weather.isFull = true;
  history.isFullUntil = Number.POSITIVE_INFINITY;
  const before = history.full;
  await setTimeout(FULL_MS);
  for (let n = 0; history.full === before && n < FULL_MORE; n++) await setTimeout(FULL_MS);
  weather.isFull = false;
  history.isFullUntil = performance.now() + PATIENCE_MS;
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
