import { networkOf } from "../auth/address";
import { agentInWords } from "../auth/sessions/agent";
import type { Ctx } from "../lib/ctx";
import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";
import { memberNotice } from "../outbox/emails/email";
import * as store from "./known-place-store";

/** Where a request comes from: its address as `addressIn` reads it, and its User-Agent. */
export type Visit = { address: string; agent: string | null };

/** A network and a kind of browser, which stay the same when a phone moves to another cell or a browser is updated. */
const placeOf = (env: Env, memberId: number, { address, agent }: Visit) =>
  keyedHash(secret(env, "CODE_SECRET"), "sign-in-place", `${memberId}:${networkOf(address)}:${agentInWords(agent)}`);

export async function isKnownPlace(ctx: Ctx, memberId: number, visit: Visit): Promise<boolean> {
  const [[known]] = await ctx.db.batch([store.knownPlace(ctx.db, memberId, await placeOf(ctx.env, memberId, visit))]);
  return known !== undefined;
}

/** For the transaction of an account's first sign-in, or of a new password, which its mailbox confirmed. */
export const keepPlace = async (ctx: Ctx, memberId: number, visit: Visit) =>
  store.keepPlace(ctx.db, memberId, await placeOf(ctx.env, memberId, visit), ctx.now());

/**
 * For the transaction of a sign-in: an email to the member if they never signed in from this place, which returns the
 * email's id, and the statements that remember the place. The first sign-in is not new.
 */
export async function arriving(ctx: Ctx, memberId: number, visit: Visit) {
  const hash = await placeOf(ctx.env, memberId, visit);
  const isNew = store.isNewPlace(memberId, hash);
  return [
    memberNotice(ctx, "new_sign_in", memberId, agentInWords(visit.agent), isNew),
    ...store.keepPlace(ctx.db, memberId, hash, ctx.now()),
  ] as const;
}
