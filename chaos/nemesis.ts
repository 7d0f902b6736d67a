import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { History } from "./history.ts";
import { PATIENCE_MS } from "./http.ts";
import type { Provider } from "./provider.ts";
import type { Random } from "./random.ts";
import type { Weather } from "./weather.ts";

/** The time between kills, in milliseconds, and the minimum amount of work in it, even on a busy machine. */
const [WORKS_MIN_MS, WORKS_MAX_MS] = [1_500, 4_500];
const WORKS_MIN_REQUESTS = 200;
/** How long the database stays full, and how often as long again until a request noticed. */
const [FULL_MS, FULL_MORE] = [700, 20];
/** How long work continues after that, so a kill can hit commits: a full database has none. */
const [RECOVERS_MIN_MS, RECOVERS_MAX_MS] = [300, 1_200];
const MORE_SIGNUPS = 50;
const COMES_BACK_WITHIN_MS = 180_000;

type Kill = { atMs: number };

type Victim = { pidFile: string; origin: string; weather: Weather; provider: Provider; history: History };

/** The run ends after this duration, this number of kills, and every situation that can occur by then. */
type Enough = { ms: number; kills: number; missing: () => Promise<string[]> };
/** The run waits this many times as long for a missing situation, then reports it. */
const MOST_TIMES = 20;

/**
 * Kills the runtime with SIGKILL until the run is complete. Miniflare restarts it with the same state and port. In between, the database fails now and then, and is full for a while. At the end, the
 * email provider's quota is used up.
 */
export async function runNemesis(victim: Victim, random: Random, enough: Enough, say: (text: string) => void) {
  const { pidFile, origin, weather, provider, history } = victim;
  const started = performance.now();
  const kills: Kill[] = [];
  weather.isStormy = true;
  let told = 0;
  for (;;) {
    const { ok } = history.requests;
    await setTimeout(random.between(WORKS_MIN_MS, WORKS_MAX_MS));
    await until(() => history.requests.ok >= ok + WORKS_MIN_REQUESTS);
    const missing = performance.now() - started < enough.ms ? null : await enough.missing();
    if (missing && kills.length >= enough.kills) {
      if (missing.length === 0 || performance.now() - started > enough.ms * MOST_TIMES) break;
      if (missing.length !== told) say(`  goes on for ${missing.join(", ")}`);
      told = missing.length;
    }
    await fill(victim);
    await setTimeout(random.between(RECOVERS_MIN_MS, RECOVERS_MAX_MS));
    kills.push({ atMs: Math.round(performance.now() - started) });
    await killRuntime(pidFile, origin);
  }
  weather.isStormy = false;
  provider.quota.isUsedUp = true;
  provider.calm();
  // Some emails meet the used-up quota; later ones wait.
  await until(() => provider.mishaps.has("daily_quota_exceeded"));
  const { length } = history.signups;
  await until(() => history.signups.length > length + MORE_SIGNUPS);
  return kills;
}

async function until(isSo: () => boolean) {
  const last = performance.now() + COMES_BACK_WITHIN_MS;
  while (!isSo() && performance.now() < last) await setTimeout(100);
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
