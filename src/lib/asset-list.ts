import type { Env } from "./env";
import { describeError, log } from "./log";

const lists = new Map<string, Promise<Set<string>>>();

/**
 * The lines of an asset that is too large for the Worker's bundle. Each isolate reads it once. If it cannot be read, it
 * counts as empty: the error is logged and the next call tries again.
 */
export async function assetList(env: Env, path: string): Promise<Set<string>> {
  const list = lists.get(path) ?? load(env, path);
  lists.set(path, list);
  try {
    return await list;
  } catch (error) {
    lists.delete(path);
    log("error", "list not loaded", { path, ...describeError(error) });
    return new Set();
  }
}

async function load(env: Env, path: string) {
  // Any host works: assets are found by path.
  const response = await env.ASSETS.fetch(`https://assets.local${path}`);
  if (!response.ok) throw new Error(`The list replied with ${response.status}.`);
  return new Set((await response.text()).split("\n"));
}
