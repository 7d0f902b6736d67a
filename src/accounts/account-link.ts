import { constantTimeEqual, fromBase64Url, hmac, toBase64Url } from "../lib/crypto";
import { type Env, secret } from "../lib/env";

const [HOUR, DAY] = [3_600_000, 86_400_000];
const LIFE_MS = { verify: 7 * DAY, "reset-password": HOUR, "team/join": 7 * DAY };
type Use = keyof typeof LIFE_MS;

const TOKEN = /^([1-9]\d{0,15})\.([0-9a-z]{1,10})\.([\w-]{43})$/;

/**
 * A link to a page of ours that only the reader of a mailbox knows: it names what it is about by id. `state` is part of what is
 * signed, and not of the link: the link ends with it.
 */
export async function signedLink(
  env: Env,
  use: Use,
  link: { origin: string; id: number; state: string; issued: Date },
): Promise<string> {
  const issued = link.issued.getTime().toString(36);
  const tag = await tagOf(env, use, link.id, issued, link.state);
  return `${link.origin}/${use}/${link.id}.${issued}.${toBase64Url(tag)}`;
}

/** The id that a token names, and whether it is ours, for that use, in its time and in this `state`. */
export function readToken(env: Env, use: Use, token: string, now: Date) {
  const [, named = "", issued = "", sent = ""] = TOKEN.exec(token) ?? [];
  const age = now.getTime() - Number.parseInt(issued, 36);
  if (!named || age > LIFE_MS[use]) return null;
  const id = Number(named);
  const isRight = async (state: string) =>
    constantTimeEqual(fromBase64Url(sent), await tagOf(env, use, id, issued, state));
  return { id, isRight };
}

/** A link that only the owner of the member's mailbox knows. */
export const memberLink = (
  env: Env,
  use: "verify" | "reset-password",
  { memberId, ...link }: { origin: string; memberId: number; state: string; issued: Date },
) => signedLink(env, use, { ...link, id: memberId });

const tagOf = (env: Env, use: Use, id: number, issued: string, state: string) =>
  hmac(secret(env, "JWT_SECRET"), `${use}:${id}:${issued}:${state}`);
