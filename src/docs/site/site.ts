import type { Env } from "../../lib/env";
import { AppError } from "../../lib/errors";
import type { DocsSite } from "./page";

/** What the texts have in place of this installation's origin. */
const HOST = "https://your-host";

let loaded: Promise<string> | undefined;
const filled = new Map<string, DocsSite>();

/** The pages, with this origin in their examples. They are a static asset, so isolates that show none never load them. */
export async function docsSite(env: Env, origin: string): Promise<DocsSite> {
  const known = filled.get(origin);
  if (known) return known;
  loaded ??= read(env).catch((error) => {
    loaded = undefined;
    throw error;
  });
  const site: DocsSite = JSON.parse((await loaded).replaceAll(HOST, origin));
  // A request can name any host.
  filled.clear();
  filled.set(origin, site);
  return site;
}

async function read(env: Env) {
  // The host does not matter: assets are found by their path.
  const answer = await env.ASSETS.fetch("https://assets.local/docs-site.json");
  if (!answer.ok) throw new AppError("overloaded", "The documentation cannot be read.");
  return answer.text();
}
