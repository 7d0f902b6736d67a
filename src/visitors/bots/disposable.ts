import type { Ctx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";

/** Written by the build, from the package that maintains the list. It is too large for the Worker's bundle. */
const LIST = "/disposable-domains.txt";

let domains: Promise<Set<string>> | undefined;

async function load(ctx: Ctx) {
  // The host does not matter: assets are found by their path.
  const response = await ctx.env.ASSETS.fetch(`https://assets.local${LIST}`);
  if (!response.ok) throw new Error(`The list of disposable domains replied with ${response.status}.`);
  return new Set((await response.text()).split("\n"));
}

/**
 * Whether an email's domain, or a parent of it, offers disposable mailboxes. If the list cannot be read, no email is
 * blocked; the error is logged, and the next call tries again.
 */
export async function isDisposable(ctx: Ctx, email: string) {
  try {
    domains ??= load(ctx);
    const known = await domains;
    const labels = email.slice(email.lastIndexOf("@") + 1).split(".");
    return labels.some((_, i) => known.has(labels.slice(i).join(".")));
  } catch (error) {
    domains = undefined;
    log("error", "disposable domains not loaded", describeError(error));
    return false;
  }
}
