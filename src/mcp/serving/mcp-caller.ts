import type { Context } from "hono";
import { connectionIn } from "../../accounts/connections/connected";
import { addressOf, credentialOf } from "../../auth/caller";
import { type Member, memberOf } from "../../auth/credential";
import { limited } from "../../auth/door";
import { demandRight } from "../../auth/scope";
import type { Connection } from "../../auth/sessions/connection";
import type { Ctx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import type { HonoEnv } from "../../lib/http";
import type { Caller } from "../caller";

export const METADATA = "/.well-known/oauth-protected-resource/mcp";

const UNAUTHENTICATED = "Connect with OAuth, or send a valid API key in Authorization: Bearer or X-API-Key.";

/**
 * The sender of the request in its current state: keys, people, roles, and connections may change at any time.
 * @throws 401 with the challenge that starts OAuth, 403, 429
 */
export async function callerOf(c: Context<HonoEnv>): Promise<Caller> {
  const { ctx } = c.var;
  const credential = credentialOf(c);
  const connection = credential.apiKey === undefined ? await connectionIn(ctx, credential.authorization) : null;
  const member = connection ? null : await memberOf(ctx, credential);
  if (!connection && !member) {
    await limited(c, "public", addressOf(c));
    const parts = ['realm="Referrals"', ...(credential.authorization ? ['error="invalid_token"'] : [])];
    if (c.env.OAUTH_KV) parts.push(`resource_metadata="${ctx.origin}${METADATA}"`, 'scope="read write"');
    c.header("WWW-Authenticate", `Bearer ${parts.join(", ")}`);
    throw new AppError("unauthenticated", UNAUTHENTICATED);
  }
  const caller = connection ? appOf(ctx, connection) : keyOf(ctx, member as Member);
  await limited(c, "key", String(caller.member.memberId));
  return caller;
}

function appOf(ctx: Ctx, { id, account_id, home_id, person_id, role, scopes }: Connection): Caller {
  const allowed: Caller["scopes"] = scopes.includes("write") && role !== "viewer" ? ["read", "write"] : ["read"];
  const member: Member = {
    kind: "member",
    memberId: account_id,
    personId: person_id,
    keyHash: null,
    named: { scopes: [...allowed], origins: null },
    ...(account_id !== home_id && { ownerId: home_id }),
  };
  return {
    member,
    ctx: { ...ctx, actor: member },
    scopes: allowed,
    name: `connection ${id}`,
    remedy:
      role === "viewer"
        ? "The person who connected you is a viewer in this account, so you can only read."
        : "The person who connected you allowed reading only. They can connect you again and allow changes.",
  };
}

/** @throws 403 if the key is not even allowed to read */
function keyOf(ctx: Ctx, member: Member): Caller {
  demandRight(member, "read");
  const { memberId, keyHash, personId, named } = member;
  return {
    member,
    ctx: { ...ctx, actor: member },
    scopes: !named || named.scopes.includes("write") ? ["read", "write"] : ["read"],
    name: keyHash === null ? `person ${personId} in ${memberId}` : `key ${keyHash}`,
    remedy: "This API key can only read. Use a key with the write scope.",
  };
}
