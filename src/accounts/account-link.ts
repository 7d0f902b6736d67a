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
 * A link that only the owner of a mailbox gets. It contains the subject's id, and becomes invalid when `state` changes.
 */
export const signedLink = async (
  env: Env,
  use: Use,
  { origin, id, ...content }: { origin: string; id: number; state: string; issued: Date },
) => `${origin}/${use}/${await signToken(env, kindOf(use), { parts: [id], ...content })}`;

/** The id in an unexpired token, and a check whether we signed it for this use and `state`. */
export function readLink(env: Env, use: Use, token: string, now: Date) {
  const opened = openToken(env, kindOf(use), token, now);
  return opened && { id: Number(opened.parts[0]), isRight: (state: string) => opened.isOurs(state) };
}

/** A link that only the owner of the member's mailbox gets. */
export const memberLink = (
  env: Env,
  use: "verify" | "reset-password",
  { memberId, ...link }: { origin: string; memberId: number; state: string; issued: Date },
) => signedLink(env, use, { ...link, id: memberId });
