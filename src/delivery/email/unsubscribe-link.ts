import type { Env } from "../../lib/env";
import { HASH, ID, type Kind, readToken, signToken } from "../../lib/signed";

const UNSUBSCRIBE: Kind = {
  purpose: "unsubscribe",
  secret: "SEAL_SECRET",
  parts: [ID, HASH],
  lifetimeMs: Number.POSITIVE_INFINITY,
};

/** The URL for unsubscribing from a member's emails. It does not reveal the recipient's email. */
export const unsubscribeUrl = async (env: Env, origin: string, memberId: number, hash: string, issued: Date) =>
  `${origin}/unsubscribe/${await signToken(env, UNSUBSCRIBE, { parts: [memberId, hash], issued })}`;

/** The member and recipient of a link. Null if the token is invalid. */
export async function readUnsubscribe(env: Env, token: string, now: Date) {
  const read = await readToken(env, UNSUBSCRIBE, token, now);
  if (!read) return null;
  const [member, hash = ""] = read.parts;
  return { memberId: Number(member), hash };
}
