import type { Ctx, MemberCtx } from "../lib/ctx";
import { openDb } from "../lib/db";
import { memberOfEpoch, ownerOfKey, touchKey } from "./credential-store";
import { isApiKey, keyHash } from "./key-text";
import { memberOfToken } from "./token";

export type Credential = { apiKey: string | undefined; authorization: string | undefined };
export type Member = MemberCtx["actor"];

/** `last_used_at` is exact to this, and a key that a Worker knows is looked up again after it. */
const TOUCH_EVERY_MS = 60_000;
const KNOWN_KEYS_MAX = 10_000;

/** Keys this isolate has seen to be valid, with their hashes. Only for commits that check the key again themselves. */
const knownKeys = new Map<string, { member: Member; until: number }>();

/** Both sent: the key decides. @returns null when the credential is missing, unknown, revoked or expired. */
export async function memberOf(ctx: Ctx, credential: Credential): Promise<Member | null> {
  if (credential.apiKey !== undefined) return memberOfKey(ctx, credential.apiKey);
  const bearer = await memberOfBearer(ctx, credential.authorization);
  if (!bearer) return null;
  const [[member]] = await ctx.db.batch([memberOfEpoch(ctx.db, bearer.memberId, bearer.tokenEpoch)]);
  return member ? bearer : null;
}

/**
 * The member of a request whose commit checks the credential once more (a signup in the ledger's transaction): a key that
 * this isolate knows, or a token, costs no look-up here.
 */
export async function memberOfCheckedLater(ctx: Ctx, credential: Credential): Promise<Member | null> {
  if (credential.apiKey === undefined) return memberOfBearer(ctx, credential.authorization);
  const known = knownKeys.get(credential.apiKey);
  if (known && known.until > ctx.now().getTime()) return known.member;
  // The commit's own check lets the nearest replica do here. A key that it lacks may have been made a moment ago.
  const nearest = openDb(ctx.env.DB, "first-unconstrained", ctx.db.meter);
  return (await memberOfKey({ ...ctx, db: nearest }, credential.apiKey)) ?? memberOfKey(ctx, credential.apiKey);
}

async function memberOfKey(ctx: Ctx, key: string): Promise<Member | null> {
  if (!isApiKey(key)) return null;
  const hash = await keyHash(key);
  const [[owner]] = await ctx.db.batch([ownerOfKey(ctx.db, hash)]);
  if (!owner) return null;
  const now = ctx.now();
  const since = new Date(now.getTime() - TOUCH_EVERY_MS);
  if (!owner.last_used_at || owner.last_used_at < since)
    ctx.later(ctx.db.batch([touchKey(ctx.db, owner.id, now, since)]));
  if (knownKeys.size >= KNOWN_KEYS_MAX) knownKeys.clear();
  const member: Member = { kind: "member", memberId: owner.member_id, keyHash: hash, keyPrefix: owner.prefix };
  knownKeys.set(key, { member, until: now.getTime() + TOUCH_EVERY_MS });
  return member;
}

export const bearerToken = (authorization: string | undefined) => authorization?.match(/^Bearer +(\S+)$/i)?.[1] ?? null;

async function memberOfBearer(ctx: Ctx, authorization: string | undefined) {
  const token = bearerToken(authorization);
  const read = token === null ? null : await memberOfToken(ctx.env, token);
  return read && { kind: "member" as const, ...read, keyHash: null };
}
