import { sign, verify } from "hono/jwt";
import { momentOfEvent } from "../lib/crypto";
import { type Env, secret, secrets } from "../lib/env";

/** 30 days, in seconds. */
export const TOKEN_LIFETIME_SECONDS = 2_592_000;
const YEAR_SECONDS = 31_536_000;
const DAY_SECONDS = 86_400;

type Holder = { id: number; email: string; name: string; token_epoch: number };

/** A member's token: HS256, with the member's id as a string in `sub`. */
export function memberToken(env: Env, member: Holder, now: Date) {
  const iat = Math.floor(now.getTime() / 1000);
  const claims = {
    sub: String(member.id),
    email: member.email,
    name: member.name,
    epoch: member.token_epoch,
    iat,
    exp: iat + TOKEN_LIFETIME_SECONDS,
  };
  return sign(claims, secret(env, "JWT_SECRET"), "HS256");
}

/** The claims of a valid, unexpired token, otherwise null. Callers must compare its epoch with the member's own. */
export async function memberOfToken(env: Env, token: string): Promise<{ memberId: number; tokenEpoch: number } | null> {
  const claims = await verifyOrNull(token, secrets(env, "JWT_SECRET"));
  if (!claims || typeof claims.exp !== "number" || !isId(claims.sub)) return null;
  return { memberId: Number(claims.sub), tokenEpoch: Number(claims.epoch ?? 0) };
}

const EMAIL = "email";

/**
 * A participant's token opens only their own data. It is signed with a different secret than members' tokens.
 * `isProven` means that the holder used a link that we sent to the participant's email. Anyone can type an email into a
 * form, so participants who must confirm their email accept proven tokens only. `expires` is in Unix seconds; the
 * default is one year from now.
 */
export function participantToken(
  env: Env,
  participant: { id: number; campaign_id: number },
  now: Date,
  { isProven, expires }: { isProven: boolean; expires?: number },
) {
  const iat = Math.floor(now.getTime() / 1000);
  const claims = {
    sub: String(participant.id),
    campaign: String(participant.campaign_id),
    ...(isProven && { proof: EMAIL }),
    iat,
    exp: expires ?? iat + YEAR_SECONDS,
  };
  return sign(claims, secret(env, "CODE_SECRET"), "HS256");
}

export async function participantOfToken(env: Env, token: string) {
  const claims = await verifyOrNull(token, secrets(env, "CODE_SECRET"));
  const participant = claims?.purpose === undefined ? participantIn(claims) : null;
  return participant && { ...participant, isProven: claims?.proof === EMAIL };
}

const STATUS = "status";

/**
 * A reusable token for links in emails. It opens the participant's own page for `days` days. It works more than once
 * because email scanners follow links, and people return to old emails. It is not accepted as a participant's token.
 */
export function participantLinkToken(env: Env, participant: { id: number; campaign_id: number }, now: Date, days = 7) {
  const iat = Math.floor(now.getTime() / 1000);
  const { id, campaign_id } = participant;
  const claims = {
    sub: String(id),
    campaign: String(campaign_id),
    purpose: STATUS,
    iat,
    exp: iat + days * DAY_SECONDS,
  };
  return sign(claims, secret(env, "CODE_SECRET"), "HS256");
}

export async function participantOfLinkToken(env: Env, token: string) {
  const participant = linkedBy(await verifyOrNull(token, secrets(env, "CODE_SECRET")));
  return participant && { ...participant, isProven: true };
}

/**
 * The participant of a link, even if it has expired. An expired link opens nothing, but its owner can request a new one
 * by email.
 */
export async function participantOfOldLinkToken(env: Env, token: string) {
  return linkedBy(await verifyOrNull(token, secrets(env, "CODE_SECRET"), { exp: false }));
}

const linkedBy = (claims: Record<string, unknown> | null) =>
  claims?.purpose === STATUS ? participantIn(claims) : null;

function participantIn(claims: Record<string, unknown> | null) {
  if (!claims || !isId(claims.sub) || !isId(claims.campaign)) return null;
  const issued = new Date(Number(claims.iat ?? 0) * 1000);
  return { participantId: Number(claims.sub), campaignId: Number(claims.campaign), issued };
}

/** `iat` is in whole seconds, and the clocks of two machines differ. */
const CLOCKS_MS = 10_000;

const isAfter = (issued: Date, moment: Date | null) => issued.getTime() + CLOCKS_MS >= (moment?.getTime() ?? 0);

/**
 * Whether a token or link was issued for this participant, and not for an earlier one with the same ID. IDs are reused
 * after a database restore, which loses the newest participants, and after an import is undone.
 */
export const isOf = (issued: Date, { signup_event }: { signup_event: string }) =>
  isAfter(issued, momentOfEvent(signup_event));

/**
 * Whether a token or link was issued for the participant's current email. An earlier email may belong to a stranger.
 */
export const isOfEmail = (issued: Date, { email_since }: { email_since: Date | null }) => isAfter(issued, email_since);

const isId = (value: unknown) => typeof value === "string" && /^[1-9][0-9]{0,15}$/.test(value);

/** The issue time is not checked, because the issuer's clock may be ahead of ours. */
async function verifyOrNull(token: string, keys: string[], { exp } = { exp: true }) {
  for (const key of keys) {
    const claims = await verify(token, key, { alg: "HS256", iat: false, exp }).catch(() => null);
    if (claims) return claims;
  }
  return null;
}
