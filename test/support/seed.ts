import { env } from "cloudflare:workers";

/** The seed of all random values in this run. `SEED=<seed> vitest run <file>` repeats it. */
export const seed = Number(env.TEST_SEED);

/** Whether this is the short form of `npm test`. */
export const isShort = Number(env.TEST_RUNS) === 1;

/** The number of runs, multiplied by `RUNS`. */
export const runs = (n: number) => n * Number(env.TEST_RUNS);
