import { addressIn } from "../../auth/address";
import type { Sight } from "../../fraud/sight.ts";
import type { Arrived } from "../../ledger/arrived";
import { askLedger } from "../../ledger/client";
import { checkoutKey } from "../../ledger/records/checkout-code";
import { toReward } from "../../ledger/records/earned-reward";
import { requestedBy, type SignUpItem } from "../../ledger/records/item";
import { toParticipant } from "../../ledger/records/participant";
import type { Referral } from "../../ledger/records/referral-code";
import type { SignedUp } from "../../ledger/signups/outcome";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { AppError, notFound } from "../../lib/errors";
import { addressHash } from "../address";
import { codeOf } from "../aliases/alias";
import { creditsOf } from "../credit";
import { sourceOf } from "../source";
import { listedKeys } from "./listed";
import { type Shown, sightOf } from "./sight";
import type { NewReferral, NewSignup } from "./signup-schema";

/** A route's data about a new participant. The rest of the ledger's item comes from the request. */
export type Newcomer = Pick<SignUpItem, "email" | "name"> &
  Partial<
    Omit<
      SignUpItem,
      "kind" | "at" | "canonical" | "mailbox" | "origin" | "member_id" | "key_hash" | "token_epoch" | "owner_id"
    >
  >;

/** Signs up a participant, for all routes: one call to the campaign's ledger, which decides in one transaction. */
export async function signUp(ctx: Ctx, campaignId: number, newcomer: Newcomer, shown: Shown = {}): Promise<SignedUp> {
  const item = await itemOf(ctx, campaignId, newcomer);
  const sight = sightOf(item.email, shown, ctx.now());
  return askLedger(ctx, campaignId, (ledger) => ledger.signUp({ ...item, listed: listedFor(item, sight) }, sight));
}

/**
 * `signUp` for up to 500 participants, each with its own `id`. A rejected one does not stop the others. Without
 * `shown`, as in imports, there is no fraud check, because an existing list is history.
 */
export async function signUpAll(
  ctx: Ctx,
  campaignId: number,
  newcomers: (Newcomer & { id: string })[],
  shown: Shown[] = [],
): Promise<Arrived[]> {
  const items = await Promise.all(newcomers.map((newcomer) => itemOf(ctx, campaignId, newcomer)));
  const sights = items.slice(0, shown.length).map(({ email }, n) => sightOf(email, shown[n] ?? {}, ctx.now()));
  const looked = items.map((item, n) => ({ ...item, listed: listedFor(item, sights[n]) }));
  return askLedger(ctx, campaignId, (ledger) => ledger.signUpAll(looked, sights));
}

/** The list entries that would match a friend. */
const listedFor = ({ email, referrer }: SignUpItem, sight: Sight | null | undefined) =>
  referrer === null || !sight ? null : listedKeys(email, sight, referrer);

async function itemOf(ctx: Ctx, campaignId: number, newcomer: Newcomer): Promise<SignUpItem> {
  return {
    kind: "signup",
    id: ctx.requestEvent,
    at: ctx.now().getTime(),
    ...(await creditsOf(ctx.env, campaignId, newcomer.email)),
    referral_url: null,
    external_id: null,
    metadata: null,
    ip_hash: null,
    language: null,
    origin: ctx.origin,
    referrer: null,
    social: null,
    invitation: null,
    lenient: false,
    is_visitor: false,
    ...(ctx.actor.kind === "member" ? requestedBy(ctx.actor) : { member_id: null, key_hash: null }),
    ...newcomer,
  };
}

export const referredBy = ({ participant_id, social_type, invited_id }: Referral) => ({
  referrer: participant_id,
  social: social_type,
  invitation: invited_id,
});

export async function newcomerOf(
  ctx: Ctx,
  campaignId: number,
  sent: Omit<NewSignup, "campaign_id">,
): Promise<Newcomer> {
  const { email, name, referral_url = null, external_id = null, checkout_code, metadata, ip_address } = sent;
  return {
    email,
    name,
    referral_url,
    source: sourceOf({ urls: [referral_url] }),
    external_id,
    ...(checkout_code ? { checkout_code, checkout_key: checkoutKey(checkout_code) } : {}),
    metadata: metadata ? JSON.stringify(metadata) : null,
    ip_hash: ip_address ? await addressHash(ctx.env, campaignId, ip_address) : null,
  };
}

/** What a server reports about the person it signs up. */
export const shownIn = ({ ip_address }: Pick<NewSignup, "ip_address">): Shown => ({
  address: ip_address ? addressIn(new Headers({ "CF-Connecting-IP": ip_address })) : null,
});

/**
 * @throws 409 `already_signed_up` with the participant's ID, or `checkout_code_taken`; 404 for another member's
 * campaign
 */
export async function signUpBasic(ctx: MemberCtx, { campaign_id, ...sent }: NewSignup) {
  const newcomer = await newcomerOf(ctx, campaign_id, sent);
  const { participant, destination, is_new } = await signUp(ctx, campaign_id, newcomer, shownIn(sent));
  if (!is_new) throw new AppError("already_signed_up", undefined, { participantId: participant.id });
  return toParticipant(ctx, participant, destination);
}

/**
 * Signs up a participant with a friend's referral code. A participant who was already referred keeps their referrer.
 * @throws 400 `bad_code`, `unknown_referrer`, `code_incompatible`, `self_referral`; 409 `checkout_code_taken`; 404 for
 * another member's campaign
 */
export async function signUpReferred(ctx: MemberCtx, { referral_code, campaign_id, ...sent }: NewReferral) {
  const referral = await codeOf(ctx, referral_code, campaign_id);
  if (campaign_id && referral.campaign_id !== campaign_id) throw notFound("campaign");
  const newcomer = await newcomerOf(ctx, referral.campaign_id, sent);
  const came = await signUp(ctx, referral.campaign_id, { ...newcomer, ...referredBy(referral) }, shownIn(sent));
  const { id } = came.participant;
  if (!came.is_attributed)
    return { message: "This person was already invited by someone else.", id, attributed: false as const };
  return {
    message: came.is_new ? "Signed up with a referral." : "Already signed up; the referral was recorded.",
    id,
    attributed: true as const,
    participant: await toParticipant(ctx, came.participant, came.destination),
    reward: came.reward && toReward(came.reward),
    invited_reward: came.invited_reward && toReward(came.invited_reward),
  };
}
