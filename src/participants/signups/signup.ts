import { askLedger } from "../../ledger/client";
import { toReward } from "../../ledger/earned-reward";
import type { SignedUp } from "../../ledger/outcome";
import { toParticipant } from "../../ledger/participant";
import { type Referral, readCode } from "../../ledger/referral-code";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import { addressHash } from "../address";
import { canonicalEmail } from "../mailbox";
import type { NewReferral, NewSignup } from "./signup-schema";

/** A person who comes in, whichever way. */
export type Arrival = {
  campaign_id: number;
  email: string;
  name: string | null;
  referral_url?: string | null;
  external_id?: string | null;
  metadata?: Record<string, unknown> | null;
  ip_address?: string | null;
  /** The language that his browser asks for. */
  language?: string;
  /** The referral that brought the person. */
  referral: Referral | null;
  /** Whether a referral that does not count is left aside instead of refusing the signup. */
  lenient: boolean;
  /** Whether he came by a way in where visitors type what they like. */
  is_visitor?: boolean;
};

/** The one use case behind every way in: one call of the campaign's ledger, which decides in one transaction. */
export async function signUp(ctx: Ctx, arrival: Arrival): Promise<SignedUp> {
  const { campaign_id, referral } = arrival;
  const asMember = ctx.actor.kind === "member" ? ctx.actor : null;
  return askLedger(ctx, campaign_id, async (ledger) =>
    ledger.signUp({
      kind: "signup",
      id: ctx.requestEvent,
      at: ctx.now().getTime(),
      email: arrival.email,
      canonical: canonicalEmail(arrival.email),
      name: arrival.name,
      referral_url: arrival.referral_url ?? null,
      external_id: arrival.external_id ?? null,
      metadata: arrival.metadata ? JSON.stringify(arrival.metadata) : null,
      ip_hash: arrival.ip_address ? await addressHash(ctx.env, campaign_id, arrival.ip_address) : null,
      language: arrival.language ?? null,
      origin: ctx.origin,
      referrer: referral?.participant_id ?? null,
      social: referral?.social_type ?? null,
      invitation: referral?.invited_id ?? null,
      lenient: arrival.lenient,
      is_visitor: arrival.is_visitor ?? false,
      member_id: asMember?.memberId ?? null,
      key_hash: asMember?.keyHash ?? null,
      token_epoch: asMember?.tokenEpoch,
    }),
  );
}

/** @throws 409 `already_signed_up`, 404 for a campaign that is not the member's. */
export async function signUpBasic(ctx: MemberCtx, input: NewSignup) {
  const { participant, destination, is_new } = await signUp(ctx, { ...input, referral: null, lenient: false });
  if (!is_new) throw new AppError("already_signed_up");
  return toParticipant(ctx, participant, destination);
}

/**
 * A signup by a friend's code. Who was invited before stays invited by whom he was.
 * @throws 400 `bad_code`, `unknown_referrer`, `code_incompatible`, `self_referral`; 404 for a campaign that is not the member's.
 */
export async function signUpReferred(ctx: MemberCtx, { referral_code, ...input }: NewReferral) {
  const referral = await readCode(ctx.env, referral_code);
  const came = await signUp(ctx, { ...input, campaign_id: referral.campaign_id, referral, lenient: false });
  const { id } = came.participant;
  if (!came.is_attributed)
    return { message: "This person was already invited by someone else.", id, attributed: false as const };
  return {
    message: came.is_new ? "Signed up by referral." : "Already signed up; the referral is recorded.",
    id,
    attributed: true as const,
    participant: await toParticipant(ctx, came.participant, came.destination),
    reward: came.reward && toReward(came.reward),
    invited_reward: came.invited_reward && toReward(came.invited_reward),
  };
}
