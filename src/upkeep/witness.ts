import { DurableObject } from "cloudflare:workers";
import { within } from "../lib/deadline";
import type { Env } from "../lib/env";
import { inJurisdiction } from "../lib/jurisdiction";
import { describeError, log } from "../lib/log";

/** Remembers, outside the database, the latest mark that the database held. One object per installation. */
export class DatabaseWitness extends DurableObject<Env> {
  latest(): number {
    return this.ctx.storage.kv.get<number>("mark") ?? 0;
  }

  /** Remembers a mark that the database holds. */
  remember(mark: number): void {
    if (mark > this.latest()) this.ctx.storage.kv.put("mark", mark);
  }
}

const PATIENCE_MS = 1_000;

/** The latest mark that the database held, or 0 if nobody knows. Ask before the database, which then has it, unless it was restored. */
export const knownMark = async (env: Env): Promise<number> => {
  try {
    return await within(PATIENCE_MS, witnessOf(env).latest(), () => new Error("The witness did not answer in time."));
  } catch (error) {
    log("error", "witness not reached", describeError(error));
    return 0;
  }
};

/** The installation's witness, placed near the database. */
export const witnessOf = (env: Env) =>
  inJurisdiction(env, env.WITNESS as DurableObjectNamespace<DatabaseWitness>).getByName("database", {
    locationHint: env.D1_REGION as DurableObjectLocationHint,
  });
