import type { JobCtx } from "../../lib/ctx";
import { type Addresses, addressesOf } from "../../outbox/webhooks/dns";

/** Hosts are resolved before every attempt, but each host at most once in this time. */
const LOOK_UP_AGAIN_MS = 5_000;

/** Resolves hosts for one round. */
export function lookUps(ctx: JobCtx) {
  const known = new Map<string, { at: number; found: Promise<Addresses> }>();
  return (host: string) => {
    const now = ctx.now().getTime();
    const last = known.get(host);
    if (last && now - last.at < LOOK_UP_AGAIN_MS) return last.found;
    const found = addressesOf(ctx.env, host);
    known.set(host, { at: now, found });
    return found;
  };
}
