import { mintNamedKey } from "../../auth/key-text";
import type { MemberCtx } from "../../lib/ctx";
import { commit, type Statement } from "../../lib/db";
import { AppError, invalid, notFound } from "../../lib/errors";
import type { PageQuery } from "../../lib/page";
import { memberNotice } from "../../outbox/emails/email";
import { hintMails } from "../../outbox/emails/email-outbox";
import { idsOf } from "../../outbox/queue";
import { hasKey } from "../account-store";
import { KEYS_MAX, keyQueries, readKeys } from "../api-key";
import { createTwin } from "../test-mode/test-account-store";
import type { CreatedKey, Key, KeyChange, KeyRoll, NewKey, RolledKey } from "./key-schema";
import * as store from "./key-store";

/** Includes the keys that expired in the last days. */
const SHOWN_MAX = 500;

/** The account that owns the keys. In test mode, this is still the live account. */
const ownerOf = ({ actor }: MemberCtx) => actor.ownerId ?? actor.memberId;

/** Named keys, newest first. */
export async function namedKeys(ctx: MemberCtx, mode?: "live" | "test"): Promise<Key[]> {
  const [rows] = await ctx.db.batch([store.namedKeys(ctx.db, ownerOf(ctx), mode, ctx.now(), SHOWN_MAX)]);
  return rows.map(keyOf);
}

/** Named keys of a mode, and a page of classic keys, which are always live. */
export async function allKeys(ctx: MemberCtx, mode: "live" | "test", page: PageQuery) {
  const named = store.namedKeys(ctx.db, ownerOf(ctx), mode, ctx.now(), SHOWN_MAX);
  const [rows, ...classic] = await ctx.db.batch([named, ...keyQueries(ctx, page)]);
  return { named: rows.map(keyOf), classic: mode === "live" ? readKeys(classic) : null };
}

/** @throws 404 if the account has no such key, or it was revoked */
export async function namedKey(ctx: MemberCtx, id: number): Promise<Key> {
  const [[row]] = await ctx.db.batch([store.namedKey(ctx.db, ownerOf(ctx), id, ctx.now())]);
  if (!row) throw notFound("API key");
  return keyOf(row);
}

/**
 * Creates a key and notifies the account's owner.
 * @throws 403 `key_limit`; 400 if its expiry is in the past
 */
export async function createNamedKey(ctx: MemberCtx, sent: NewKey): Promise<CreatedKey> {
  const { name, kind, mode, expires_at } = sent;
  const terms = {
    name,
    kind,
    mode,
    scopes: kind === "secret" ? (sent.scopes ?? []) : ["signup" as const],
    allowed_origins: kind === "secret" ? null : (sent.allowed_origins ?? []),
    expires_at,
  };
  const { key, row } = await newRow(ctx, terms);
  const [, [created], told, [stored]] = await commit(
    ctx,
    twinFor(ctx, mode),
    store.insertNamedKey(ctx.db, row, KEYS_MAX),
    notice(ctx, row),
    store.keyByHash(ctx.db, row.member_id, row.hash),
  );
  if (!created || !stored) throw new AppError("key_limit");
  ctx.later(hintMails(ctx.env, idsOf(told)));
  return { ...keyOf(stored), key };
}

/**
 * Changes a key. New scopes apply immediately, and to signups within a minute.
 * @throws 404; 400 if the change does not fit the key's kind, or the key was rolled
 */
export async function changeNamedKey(ctx: MemberCtx, id: number, change: KeyChange): Promise<Key> {
  const ownerId = ownerOf(ctx);
  demandFuture(ctx, change.expires_at);
  const [[changed], [row]] = await commit(
    ctx,
    store.updateNamedKey(ctx.db, ownerId, id, change, ctx.now()),
    store.namedKey(ctx.db, ownerId, id, ctx.now()),
  );
  if (!row) throw notFound("API key");
  if (changed) return keyOf(row);
  if (change.scopes && row.kind !== "secret") throw invalid("scopes", "A publishable key can only sign up visitors.");
  if (change.allowed_origins && row.kind === "secret") throw invalid("allowed_origins", "is for publishable keys only");
  throw invalid("expires_at", "This key was rolled. It stops working after its grace period.");
}

/**
 * Replaces a key with a new one of the same kind, mode, and scopes. The old one keeps working for the grace period.
 * @throws 404; 409 if it was rolled or has expired; 403 `key_limit`
 */
export async function rollKey(ctx: MemberCtx, id: number, roll: KeyRoll): Promise<RolledKey> {
  const now = ctx.now();
  const old = await namedKey(ctx, id);
  const hasEnded = old.rolled_at !== null || (old.expires_at !== null && old.expires_at <= now);
  if (hasEnded) throw new AppError("conflict", "This key was already rolled, or it has expired. Create a new one.");
  const { name, kind, mode, scopes, allowed_origins } = old;
  const expires_at = roll.expires_at === undefined ? old.expires_at : roll.expires_at;
  const { key, row } = await newRow(ctx, { name, kind, mode, scopes, allowed_origins, expires_at });
  const until = new Date(now.getTime() + roll.grace_hours * 3_600_000);
  const isAlive = store.isAlive(row.member_id, id, now);
  const [[created], rolled, told, [stored], [ending]] = await commit(
    ctx,
    store.insertNamedKey(ctx.db, row, KEYS_MAX + 1, isAlive),
    store.rollOut(ctx.db, row.member_id, id, row.hash, until, now),
    notice(ctx, row),
    store.keyByHash(ctx.db, row.member_id, row.hash),
    store.namedKey(ctx.db, row.member_id, id, now),
  );
  if (!created || !rolled[0] || !stored || !ending) throw new AppError("key_limit");
  ctx.later(hintMails(ctx.env, idsOf(told)));
  return { key: { ...keyOf(stored), key }, old_key: keyOf(ending) };
}

/** Revokes a key. @throws 404 */
export async function revokeNamedKey(ctx: MemberCtx, id: number) {
  const [[row]] = await commit(ctx, store.revokeNamedKey(ctx.db, ownerOf(ctx), id, ctx.now()));
  if (!row) throw notFound("API key");
  return { id: row.id, deleted: true as const };
}

type Terms = Pick<Key, "name" | "kind" | "mode" | "scopes" | "allowed_origins" | "expires_at">;

async function newRow(ctx: MemberCtx, terms: Terms) {
  demandFuture(ctx, terms.expires_at);
  const { key, hash, prefix } = await mintNamedKey(ctx.env, terms.kind, terms.mode);
  const { personId = null } = ctx.actor;
  return {
    key,
    row: { ...terms, member_id: ownerOf(ctx), maker_id: personId, hash, prefix, date_generated: ctx.now() },
  };
}

function demandFuture(ctx: MemberCtx, expires: Date | null | undefined) {
  if (expires && expires <= ctx.now()) throw invalid("expires_at", "must be in the future");
}

const notice = (ctx: MemberCtx, { member_id, prefix, hash }: store.NewRow) =>
  memberNotice(ctx, "key_created", member_id, `${prefix}…`, hasKey(member_id, hash));

/** A test key opens the account's twin, so the twin must exist. */
const twinFor = (ctx: MemberCtx, mode: "live" | "test"): Statement =>
  createTwin(ctx.db, mode === "test" ? ownerOf(ctx) : 0, ctx.now());

const keyOf = ({ maker_id, maker_name, maker_email, ...row }: store.KeyRow): Key => ({
  ...(row as Omit<Key, "created_by">),
  created_by: maker_id === null ? null : { id: maker_id, name: maker_name ?? "", email: maker_email ?? "" },
});
