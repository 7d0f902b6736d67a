import { constantTimeEqual, fromBase64Url, hmac, toBase64Url } from "../../lib/crypto";
import { type Env, secret } from "../../lib/env";

const [HASH_BYTES, TAG_BYTES] = [16, 10];
const TOKEN = /^([1-9]\d{0,15})\.([\w-]{22})\.([\w-]{14})$/;

/** What is kept of an address that a member's mail went to: a keyed hash, useless to other members and without the key. */
export const recipientHash = async (env: Env, memberId: number, email: string) =>
  toBase64Url((await hmac(secret(env, "SEAL_SECRET"), `recipient:${memberId}:${email}`)).subarray(0, HASH_BYTES));

const tag = async (env: Env, memberId: number, hash: string) =>
  (await hmac(secret(env, "SEAL_SECRET"), `unsubscribe:${memberId}:${hash}`)).subarray(0, TAG_BYTES);

/** Where the holder of an address says that he wants no more of a member's mail. It tells nobody whose address it is. */
export async function unsubscribeUrl(env: Env, origin: string, memberId: number, hash: string) {
  return `${origin}/unsubscribe/${memberId}.${hash}.${toBase64Url(await tag(env, memberId, hash))}`;
}

/** What such a link names, or null for one that is not ours. */
export async function readUnsubscribe(env: Env, token: string) {
  const [, member, hash, sent] = TOKEN.exec(token) ?? [];
  if (!member || !hash || !sent) return null;
  const memberId = Number(member);
  return constantTimeEqual(fromBase64Url(sent), await tag(env, memberId, hash)) ? { memberId, hash } : null;
}
