import type { Env } from "../../lib/env";
import { AppError } from "../../lib/errors";
import type { DocsSite } from "./page";

/** The placeholder for this installation's origin in the texts. */
const HOST = "https://your-host";

let loaded: Promise<string> | undefined;
const filled = new Map<string, DocsSite>();

/**
 * The pages, with this origin in their examples. They are a static asset, so isolates that show no docs never load
 * them.
 */
export async function docsSite(env: Env, origin: string): Promise<DocsSite> {
  const known = filled.get(origin);
  if (known) return known;
  loaded ??= read(env).catch((error) => {
    loaded = undefined;
    throw error;
  });
  const site: DocsSite = JSON.parse((await loaded).replaceAll(HOST, origin));
  // Requests can name any host, so only the latest copy is kept.
  filled.clear();
  filled.set(origin, site);
  return site;
}

async function read(env: Env) {
  // Any host works: assets are found by path.
  const answer = await env.ASSETS.fetch("https://assets.local/docs-site.json");
  if (!answer.ok) throw new AppError("overloaded", "The documentation cannot be read.");
  return answer.text();
}
