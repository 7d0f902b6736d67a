import { bearerToken } from "../../auth/credential";
import { type Connection, connectionOf } from "../../auth/sessions/connection";
import type { Ctx } from "../../lib/ctx";

/** Tokens of the OAuth server: a person, a grant, and a secret. */
const TOKEN = /^person-\d{1,16}:[\w-]{8,64}:[\w-]{16,128}$/;

/**
 * The connection of an app's access token.
 * @returns null if the token is invalid, revoked, or expired
 * @throws 403 if the account requires a second factor, and the person has none
 */
export async function connectionIn(ctx: Ctx, authorization: string | undefined): Promise<Connection | null> {
  const token = bearerToken(authorization);
  if (!ctx.env.OAUTH_KV || token === null || !TOKEN.test(token)) return null;
  const { secretIn } = await import("./oauth-server");
  const secret = await secretIn(ctx, token);
  return secret === null ? null : connectionOf(ctx, secret);
}
