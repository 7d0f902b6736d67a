import { DAY_MS } from "../lib/day";
import type { Env } from "../lib/env";
import { ID, type Kind, openToken, signToken } from "../lib/signed";

const HOUR_MS = 3_600_000;
const LIFETIME_MS = { verify: 7 * DAY_MS, "reset-password": HOUR_MS, "team/join": 7 * DAY_MS };
type Use = keyof typeof LIFETIME_MS;

const kindOf = (use: Use): Kind => ({
  purpose: use,
  secret: "JWT_SECRET",
  parts: [ID],
  lifetimeMs: LIFETIME_MS[use],
});

/**
 * A link that only the owner of a mailbox receives. It contains the subject's ID, and becomes invalid when `state`
 * changes.
 */
export const signedLink = async (
  env: Env,
  use: Use,
  { origin, id, ...content }: { origin: string; id: number; state: string; issued: Date },
) => `${origin}/${use}/${await signToken(env, kindOf(use), { parts: [id], ...content })}`;

/** The ID in an unexpired token, and a function that checks our signature for this use and `state`. */
export function readLink(env: Env, use: Use, token: string, now: Date) {
  const opened = openToken(env, kindOf(use), token, now);
  return opened && { id: Number(opened.parts[0]), isRight: (state: string) => opened.isOurs(state) };
}

type MemberUse = "verify" | "reset-password";

/** Changing the email invalidates the links sent to it. Changing the password invalidates reset links. */
export const stateOf = (use: MemberUse, { email, password_hash }: { email: string; password_hash: string }) =>
  use === "verify" ? email : `${email}:${password_hash}`;

/** A link that only the owner of the member's mailbox receives. */
export const memberLink = (
  env: Env,
  use: MemberUse,
  {
    member,
    origin,
    issued,
  }: { origin: string; member: { id: number; email: string; password_hash: string }; issued: Date },
) => signedLink(env, use, { origin, issued, id: member.id, state: stateOf(use, member) });
