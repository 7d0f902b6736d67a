import { DurableObject } from "cloudflare:workers";
import { within } from "../lib/deadline";
import type { Env } from "../lib/env";
import { inJurisdiction } from "../lib/jurisdiction";
import { describeError, log } from "../lib/log";

/** An ended key, identified by its stored hash, and its end in milliseconds. */
type EndedKey = { hash: string; until: number };

const OF_KEYS = "key:";
/** Longer than we keep any backup. */
const KEYS_KEPT_MS = 400 * 86_400_000;

/**
 * Remembers, outside the database, the latest mark that the database had, and the API keys that ended, because a
 * restored database would accept them. One object per installation.
 */
export class DatabaseWitness extends DurableObject<Env> {
  latest(): number {
    return this.ctx.storage.kv.get<number>("mark") ?? 0;
  }

  /** Remembers a mark of the database. */
  remember(mark: number, ended: EndedKey[] = []): void {
    const { kv } = this.ctx.storage;
    if (mark > this.latest()) kv.put("mark", mark);
    const news = ended.filter(({ hash, until }) => kv.get(OF_KEYS + hash) !== until);
    if (news.length === 0) return;
    for (const { hash, until } of this.endedKeys()) if (until < mark - KEYS_KEPT_MS) kv.delete(OF_KEYS + hash);
    for (const { hash, until } of news) kv.put(OF_KEYS + hash, until);
  }

  endedKeys(): EndedKey[] {
    return [...this.ctx.storage.kv.list<number>({ prefix: OF_KEYS })].map(([name, until]) => ({
      hash: name.slice(OF_KEYS.length),
      until,
    }));
  }
}

const PATIENCE_MS = 1_000;

/**
 * The latest known mark of the database, or 0 if it is unknown. Read it before the database: unless the database was
 * restored, it then has this mark.
 */
export const knownMark = async (env: Env): Promise<number> => {
  try {
    return await within(PATIENCE_MS, witnessOf(env).latest(), () => new Error("The witness did not respond in time."));
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
