import { type Env, secret } from "../env";
import { constantTimeEqual, fromBase64Url, hmac, toBase64Url } from "../lib/crypto";

type Use = "verify" | "reset-password";

const LIFE_MS: Record<Use, number> = { verify: 7 * 86_400_000, "reset-password": 3_600_000 };
const TOKEN = /^([1-9]\d{0,15})\.([0-9a-z]{1,10})\.([\w-]{43})$/;

/**
 * A link to a page of ours that only the owner of the member's mailbox knows. `state` is part of what is signed, and not of the
 * link: the link ends with it.
 */
export async function memberLink(
  env: Env,
  use: Use,
  link: { origin: string; memberId: number; state: string; issued: Date },
) {
  const issued = link.issued.getTime().toString(36);
  const tag = await tagOf(env, use, link.memberId, issued, link.state);
  return `${link.origin}/${use}/${link.memberId}.${issued}.${toBase64Url(tag)}`;
}

/** The member that a token names, and whether it is ours, for that use, in its time and in the member's `state`. */
export function readMemberToken(env: Env, use: Use, token: string, now: Date) {
  const [, member = "", issued = "", sent = ""] = TOKEN.exec(token) ?? [];
  const age = now.getTime() - Number.parseInt(issued, 36);
  if (!member || age > LIFE_MS[use]) return null;
  const memberId = Number(member);
  const isRight = async (state: string) =>
    constantTimeEqual(fromBase64Url(sent), await tagOf(env, use, memberId, issued, state));
  return { memberId, isRight };
}

const tagOf = (env: Env, use: Use, memberId: number, issued: string, state: string) =>
  hmac(secret(env, "JWT_SECRET"), `${use}:${memberId}:${issued}:${state}`);
