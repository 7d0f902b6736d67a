import { networkOf } from "../auth/address";
import { agentInWords } from "../auth/sessions/agent";
import type { Ctx } from "../lib/ctx";
import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";
import { memberNotice } from "../outbox/emails/email";
import * as store from "./known-place-store";

/** The source of a request: its IP address from `addressIn`, and its User-Agent. */
export type Visit = { address: string; agent: string | null };

/** A network and a kind of browser. They stay the same when a phone moves to another cell or a browser is updated. */
const placeOf = (env: Env, memberId: number, { address, agent }: Visit) =>
  keyedHash(secret(env, "CODE_SECRET"), "sign-in-place", `${memberId}:${networkOf(address)}:${agentInWords(agent)}`);

export async function isKnownPlace(ctx: Ctx, memberId: number, visit: Visit): Promise<boolean> {
  const [[known]] = await ctx.db.batch([store.knownPlace(ctx.db, memberId, await placeOf(ctx.env, memberId, visit))]);
  return known !== undefined;
}

/** Belongs in the transaction of an account's first sign-in, or of a new password that its mailbox confirmed. */
export const keepPlace = async (ctx: Ctx, memberId: number, visit: Visit) =>
  store.keepPlace(ctx.db, memberId, await placeOf(ctx.env, memberId, visit), ctx.now());

/**
 * Belongs in the transaction of a sign-in. The statements email the member if they never signed in from this place, and
 * remember the place. The email's statement returns its ID. The first sign-in does not count as new.
 */
export async function arriving(ctx: Ctx, memberId: number, visit: Visit) {
  const hash = await placeOf(ctx.env, memberId, visit);
  const isNew = store.isNewPlace(memberId, hash);
  return [
    memberNotice(ctx, "new_sign_in", memberId, agentInWords(visit.agent), isNew),
    ...store.keepPlace(ctx.db, memberId, hash, ctx.now()),
  ] as const;
}
