import { env } from "cloudflare:workers";

/** Where everything random in this run comes from. `SEED=<seed> vitest run <file>` repeats it. */
export const seed = Number(env.TEST_SEED);

/** Whether nobody asked for more than `npm test` does. */
export const isShort = Number(env.TEST_RUNS) === 1;

/** So many runs, or as many times more as `RUNS` says. */
export const runs = (n: number) => n * Number(env.TEST_RUNS);
