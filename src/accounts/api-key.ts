import { mintKey } from "../auth/key-text";
import type { MemberCtx } from "../lib/ctx";
import { commit } from "../lib/db";
import { AppError, notFound } from "../lib/errors";
import type { Page, PageQuery } from "../lib/page";
import { memberNotice } from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import type { ApiKey, MintedKey } from "./account-schema";
import * as store from "./account-store";

/** Classic and named keys together. An account that needs more can share one key among several programs. */
export const KEYS_MAX = 100;

/**
 * Creates a key and notifies the account's owner. Older keys stay valid until they are revoked.
 * @throws 403 `key_limit`
 */
export async function createKey(ctx: MemberCtx): Promise<MintedKey> {
  const { key, hash, prefix } = await mintKey();
  const date_generated = ctx.now();
  const { memberId, personId = null } = ctx.actor;
  const [[row], told] = await commit(
    ctx,
    store.insertKey(ctx.db, { member_id: memberId, maker_id: personId, hash, prefix, date_generated }, KEYS_MAX),
    memberNotice(ctx, "key_created", memberId, `${prefix}…`, store.hasKey(memberId, hash)),
  );
  if (!row) throw new AppError("key_limit");
  ctx.later(hintMails(ctx.env, idsOf(told)));
  return { id: row.id, api_key: key, prefix, date_generated };
}

/** @throws 404 if the member has no key */
export async function newestKey(ctx: MemberCtx): Promise<ApiKey> {
  const [[row]] = await ctx.db.batch([store.keysPage(ctx.db, ctx.actor.memberId, { page: 1, limit: 1 })]);
  if (!row) throw notFound("API key");
  return masked(row);
}

export async function keys(ctx: MemberCtx, page: PageQuery): Promise<Page<ApiKey>> {
  return readKeys(await ctx.db.batch(keyQueries(ctx, page)));
}

/** The queries whose rows `readKeys` reads. */
export const keyQueries = ({ db, actor }: MemberCtx, page: PageQuery) =>
  [store.keysPage(db, actor.memberId, page), store.keyCount(db, actor.memberId)] as const;

export const readKeys = ([rows, [counted]]: readonly [store.KeyRow[], { total: number }[]]): Page<ApiKey> => ({
  rows: rows.map(masked),
  total: counted?.total ?? 0,
});

/**
 * Revokes a key.
 * @throws 404 if the member has no such key, or it is already revoked
 */
export async function revokeKey(ctx: MemberCtx, id: number) {
  const [[row]] = await commit(ctx, store.revokeKey(ctx.db, ctx.actor.memberId, id, ctx.now()));
  if (!row) throw notFound("API key");
  return { id: row.id, deleted: true as const };
}

const masked = ({ maker_id, maker_name, maker_email, ...key }: store.KeyRow) => ({
  ...key,
  api_key: `${key.prefix}…`,
  masked: true as const,
  created_by: maker_id === null ? null : { id: maker_id, name: maker_name ?? "", email: maker_email ?? "" },
});
