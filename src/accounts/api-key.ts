import { mintKey } from "../auth/key-text";
import type { MemberCtx } from "../lib/ctx";
import { commit } from "../lib/db";
import { AppError, notFound } from "../lib/errors";
import type { Page, PageQuery } from "../lib/page";
import type { ApiKey, MintedKey } from "./account-schema";
import * as store from "./account-store";

/** Creates a key. Older ones stay valid until they are revoked. */
export async function createKey(ctx: MemberCtx): Promise<MintedKey> {
  const { key, hash, prefix } = await mintKey();
  const date_generated = ctx.now();
  const [[row]] = await commit(
    ctx,
    store.insertKey(ctx.db, { member_id: ctx.actor.memberId, hash, prefix, date_generated }),
  );
  if (!row) throw new AppError("internal");
  return { id: row.id, api_key: key, prefix, date_generated };
}

/** @throws 404 if the member has no key */
export async function newestKey(ctx: MemberCtx): Promise<ApiKey> {
  const [[row]] = await ctx.db.batch([store.keysPage(ctx.db, ctx.actor.memberId, { page: 1, limit: 1 })]);
  if (!row) throw notFound("API key");
  return masked(row);
}

export async function keys(ctx: MemberCtx, page: PageQuery): Promise<Page<ApiKey>> {
  const { memberId } = ctx.actor;
  const [rows, [counted]] = await ctx.db.batch([
    store.keysPage(ctx.db, memberId, page),
    store.keyCount(ctx.db, memberId),
  ]);
  return { rows: rows.map(masked), total: counted?.total ?? 0 };
}

/**
 * Revokes a key.
 * @throws 404 if the key is not the member's or is revoked already
 */
export async function revokeKey(ctx: MemberCtx, id: number) {
  const [[row]] = await commit(ctx, store.revokeKey(ctx.db, ctx.actor.memberId, id, ctx.now()));
  if (!row) throw notFound("API key");
  return { id: row.id, deleted: true as const };
}

const masked = <K extends { prefix: string }>(key: K) => ({
  ...key,
  api_key: `${key.prefix}…`,
  masked: true as const,
});
