import type { Ctx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";

/** Written by the build from the package that keeps the list; too large to be started with. */
const LIST = "/disposable-domains.txt";

let domains: Promise<Set<string>> | undefined;

async function load(ctx: Ctx) {
  // The host is nobody's: an asset is found by its path.
  const response = await ctx.env.ASSETS.fetch(`https://assets.local${LIST}`);
  if (!response.ok) throw new Error(`The list of disposable domains is a ${response.status}.`);
  return new Set((await response.text()).split("\n"));
}

/**
 * Whether an address is of a domain, or below one, that gives mailboxes away for a few minutes. Without the list nobody is: that
 * is logged, and asked again by the next.
 */
export async function isDisposable(ctx: Ctx, email: string) {
  try {
    domains ??= load(ctx);
    const known = await domains;
    const labels = email.slice(email.lastIndexOf("@") + 1).split(".");
    return labels.some((_, i) => known.has(labels.slice(i).join(".")));
  } catch (error) {
    domains = undefined;
    log("error", "disposable domains cannot be read", describeError(error));
    return false;
  }
}
