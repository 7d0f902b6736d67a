import type { Ctx, MemberCtx } from "../lib/ctx";
import { openDb } from "../lib/db";
import { AppError } from "../lib/errors";
import { memberOfEpoch, ownerOfKey, touchKey } from "./credential-store";
import { isApiKey, keyHash } from "./key-text";
import { memberOfToken } from "./token";

export type Credential = { apiKey: string | undefined; authorization: string | undefined };
export type Member = MemberCtx["actor"];

/** The precision of a classic key's and a named key's `last_used_at`. */
const [TOUCH_EVERY_MS, TOUCH_NAMED_EVERY_MS] = [60_000, 3_600_000];
/** How long an isolate trusts a key without looking it up again. */
const TRUST_MS = 60_000;
const KNOWN_KEYS_MAX = 10_000;

/** Keys that this isolate has found valid. For requests whose commit checks the key itself. */
const knownKeys = new Map<string, { member: Member; until: number }>();

/**
 * The member of a credential. If both are sent, the API key takes precedence.
 * @returns null if the credential is missing, unknown, revoked, or an expired token
 * @throws 401 for an expired key, 403 `suspended`
 */
export async function memberOf(ctx: Ctx, credential: Credential): Promise<Member | null> {
  if (credential.apiKey !== undefined) return memberOfKey(ctx, credential.apiKey);
  const bearer = await memberOfBearer(ctx, credential.authorization);
  if (!bearer) return null;
  const [[member]] = await ctx.db.batch([memberOfEpoch(ctx.db, bearer.memberId, bearer.tokenEpoch)]);
  if (member?.suspended_at) throw new AppError("suspended");
  return member ? bearer : null;
}

/**
 * The member of a request whose commit checks the credential again, like a signup in the ledger's transaction. Tokens
 * and keys that this isolate has seen need no lookup here.
 */
export async function memberOfCheckedLater(ctx: Ctx, credential: Credential): Promise<Member | null> {
  if (credential.apiKey === undefined) return memberOfBearer(ctx, credential.authorization);
  const known = knownKeys.get(credential.apiKey);
  if (known && known.until > ctx.now().getTime()) return known.member;
  // The commit checks again, so a slightly stale replica is fine.
  const nearest = openDb(ctx.env.DB, "first-unconstrained", ctx.db.meter);
  return memberOfKey({ ...ctx, db: nearest }, credential.apiKey);
}

async function memberOfKey(ctx: Ctx, key: string): Promise<Member | null> {
  if (!isApiKey(key)) return null;
  const hash = await keyHash(ctx.env, key);
  const [[owner]] = await ctx.db.batch([ownerOfKey(ctx.db, hash)]);
  if (!owner || owner.member_id === null) return null;
  if (owner.suspended_at) throw new AppError("suspended");
  const now = ctx.now();
  const expires = owner.expires_at?.getTime() ?? Number.POSITIVE_INFINITY;
  if (expires <= now.getTime()) throw new AppError("unauthenticated", "This API key has expired.");
  const since = new Date(now.getTime() - (owner.scopes ? TOUCH_NAMED_EVERY_MS : TOUCH_EVERY_MS));
  if (!owner.last_used_at || owner.last_used_at < since)
    ctx.later(ctx.db.batch([touchKey(ctx.db, owner.id, now, since)]));
  if (knownKeys.size >= KNOWN_KEYS_MAX) knownKeys.clear();
  const { member_id: memberId, maker_id: personId, prefix: keyPrefix } = owner;
  const member: Member = { kind: "member", memberId, personId, keyHash: hash, keyPrefix, ...namedIn(owner) };
  knownKeys.set(key, { member, until: Math.min(now.getTime() + TRUST_MS, expires) });
  return member;
}

type Owner = Awaited<ReturnType<typeof ownerOfKey>>[number];

const namedIn = ({ owner_id, member_id, scopes, allowed_origins }: Owner) => ({
  ...(scopes && { named: { scopes, origins: allowed_origins } }),
  ...(owner_id !== member_id && { ownerId: owner_id }),
});

export const bearerToken = (authorization: string | undefined) => authorization?.match(/^Bearer +(\S+)$/i)?.[1] ?? null;

async function memberOfBearer(ctx: Ctx, authorization: string | undefined) {
  const token = bearerToken(authorization);
  const read = token === null ? null : await memberOfToken(ctx.env, token);
  return read && { kind: "member" as const, ...read, personId: read.memberId, keyHash: null };
}
