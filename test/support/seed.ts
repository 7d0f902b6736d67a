import { env } from "cloudflare:workers";

/** Where everything random in this run comes from. `SEED=<seed> vitest run <file>` repeats it. */
export const seed = Number(env.TEST_SEED);

/** So many runs, or as many times more as `RUNS` says. */
export const runs = (n: number) => n * Number(env.TEST_RUNS);
