import { randomBytes, toBase64Url } from "../../lib/crypto";
import { DAY_MS } from "../../lib/day";
import type { Env } from "../../lib/env";
import { HASH, type Kind, readToken, signToken } from "../../lib/signed";

const LIFETIME_MS = 14 * DAY_MS;
const INVITATION: Kind = { purpose: "registration", secret: "JWT_SECRET", parts: [HASH], lifetimeMs: LIFETIME_MS };
const ID_BYTES = 16;

/** A link that lets one person create an account within two weeks. */
export async function invitationLink(env: Env, origin: string, now: Date) {
  const token = await signToken(env, INVITATION, { parts: [toBase64Url(randomBytes(ID_BYTES))], issued: now });
  return {
    url: `${origin}/sign-up?${new URLSearchParams({ invitation: token })}`,
    token,
    expires_at: new Date(now.getTime() + LIFETIME_MS),
  };
}

/** The ID of an invitation, which is good for one account. Null if the invitation is not ours or has expired. */
export async function invitationIn(env: Env, token: string, now: Date): Promise<string | null> {
  const read = await readToken(env, INVITATION, token, now);
  return read?.parts[0] ?? null;
}
