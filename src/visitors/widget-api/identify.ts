import type { Caller } from "../../auth/caller";
import { limit } from "../../auth/limit";
import { participantToken } from "../../auth/token";
import { SIGNED_FOR_SECONDS, signedAt } from "../../campaigns/identity/identity";
import type { Ctx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import { addressHash } from "../../participants/address";
import { referralOf } from "../../participants/aliases/alias";
import { referredBy, signUp } from "../../participants/signups/signup";
import { isDisposable } from "../bots/disposable";
import { Address, type WidgetIdentity } from "./identify-schema";
import * as store from "./identify-store";
import { arrivedFrom, pageIn } from "./join";

/**
 * Opens the participant that the host's server vouches for. Signs them up if they are new, unless `join` is false. The
 * token expires with the hash, so a leaked hash is useless after that.
 * @throws 403 `bad_identity`, or 429 after many of them; 404 if there is no such campaign
 */
export async function identify(ctx: Ctx, identity: WidgetIdentity, caller: Caller) {
  const { campaign_id, external_id, name, metadata, ref, host_url } = identity;
  const { address, language, browser } = caller;
  const at = await signedAt(ctx, identity);
  const email = Address.safeParse(identity.email).data;
  if (at === null || !email) {
    // Only failures are limited: an office's customers share one IP address and open a page many times.
    await limit(ctx, "join", `${campaign_id} ${address}`);
    throw new AppError("bad_identity");
  }
  const [[known]] = await ctx.db.batch([store.identified(ctx.db, campaign_id, email, external_id)]);
  if (known) return opened(ctx, known, at, false);
  if (identity.join === false) return { is_new: false, needs_confirmation: false, participant_token: null };
  const referral = ref ? await referralOf(ctx, campaign_id, [ref]) : null;
  const newcomer = {
    email,
    name: name || null,
    external_id,
    referral_url: host_url ? pageIn(host_url) : null,
    metadata: metadata ? JSON.stringify(metadata) : null,
    ip_hash: address ? await addressHash(ctx.env, campaign_id, address) : null,
    source: arrivedFrom(identity, caller),
    language,
    ...(referral && referredBy(referral)),
    lenient: true,
  };
  // The host knows the customer, but not if this is their second account. The request comes from their own browser.
  const is_disposable = referral !== null && (await isDisposable(ctx, email));
  const came = await signUp(ctx, campaign_id, newcomer, { address, browser, is_disposable });
  return opened(
    ctx,
    { ...came.participant, confirmation: came.needs_confirmation ? "waiting" : null },
    at,
    came.is_new,
  );
}

type Known = { id: number; campaign_id: number; confirmation: "waiting" | "confirmed" | null };

/**
 * An email address typed into a form must still be confirmed, even if its owner is now signed in on the host's site.
 */
async function opened(ctx: Ctx, participant: Known, at: number, is_new: boolean) {
  const needs_confirmation = participant.confirmation === "waiting";
  const expires = at + SIGNED_FOR_SECONDS;
  const participant_token = needs_confirmation
    ? null
    : await participantToken(ctx.env, participant, ctx.now(), { isProven: true, expires });
  return { is_new, needs_confirmation, participant_token };
}
