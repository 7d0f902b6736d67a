import { randomBytes, toBase64Url } from "../../lib/crypto";
import type { Ctx, JobCtx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { dropCached } from "../../lib/edge";
import { AppError, notFound } from "../../lib/errors";
import { IMAGE_MAX_BYTES, IMAGE_MAX_SIDE, IMAGES_MAX, IMAGES_MAX_BYTES, imageTypes } from "./image-schema";
import * as store from "./image-store";
import { sniff } from "./sniff";

const KEY_BYTES = 16;

const imageUrl = (origin: string, key: string) => `${origin}/images/${key}`;
export const imageCopy = (key: string) => `image/1/${key}`;

/**
 * Stores an uploaded image. Its row is inserted first, because the cron deletes files without a row.
 * @throws 400 if it is not an accepted image or is too large, 403 `image_limit`
 */
export async function keepImage(ctx: MemberCtx, file: Blob): Promise<{ key: string; url: string }> {
  if (file.size > IMAGE_MAX_BYTES) throw refused("The image is larger than 2 MB. Choose a smaller one.");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sniffed = sniff(bytes);
  if (!sniffed) throw refused("The file is not a PNG, JPEG, WebP, or GIF image.");
  const { kind, width, height } = sniffed;
  if (Math.max(width, height) > IMAGE_MAX_SIDE)
    throw refused(`The image is more than ${IMAGE_MAX_SIDE} pixels wide or high.`);

  const { memberId } = ctx.actor;
  const key = `${toBase64Url(randomBytes(KEY_BYTES))}.${width}x${height}.${kind}`;
  const type = imageTypes[kind];
  const row = { key, member_id: memberId, type, bytes: bytes.length, date_added: ctx.now() };
  const [kept] = await commit(ctx, store.insertImage(ctx.db, row, { images: IMAGES_MAX, bytes: IMAGES_MAX_BYTES }));
  if (kept.length === 0) throw new AppError("image_limit");
  try {
    await ctx.env.IMAGES.put(key, bytes, { httpMetadata: { contentType: type } });
  } catch (error) {
    await ctx.db.batch([store.deleteImage(ctx.db, memberId, key)]);
    throw new AppError("overloaded", "We could not store the image. Try again.", { cause: error });
  }
  return { key, url: imageUrl(ctx.origin, key) };
}

const refused = (message: string) => new AppError("invalid_request", message, { details: [{ path: "file", message }] });

export async function imagesOf(ctx: MemberCtx) {
  const [rows] = await ctx.db.batch([store.imagesOf(ctx.db, ctx.actor.memberId, IMAGES_MAX)]);
  return rows.map((row) => ({ ...row, url: imageUrl(ctx.origin, row.key) }));
}

/**
 * Deletes an image. Caches may keep serving it for a while.
 * @throws 404
 */
export async function deleteImage(ctx: MemberCtx, key: string): Promise<void> {
  const [deleted] = await commit(ctx, store.deleteImage(ctx.db, ctx.actor.memberId, key));
  if (deleted.length === 0) throw notFound("image");
  ctx.later(Promise.all([ctx.env.IMAGES.delete(key), dropCached(ctx, [imageCopy(key)])]));
}

/**
 * An image's file, if it has an owner.
 * @throws 404
 */
export async function imageBytes(ctx: Ctx, key: string): Promise<Uint8Array<ArrayBuffer>> {
  const [[row], file] = await Promise.all([
    ctx.db.batch([store.imageByKey(ctx.db, key)]).then(([rows]) => rows),
    ctx.env.IMAGES.get(key),
  ]);
  if (!row || !file) throw notFound("image");
  return new Uint8Array(await file.arrayBuffer());
}

/** The possible first characters of keys. Each run checks the keys with one of them. */
const SHARDS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LOOKED_AT = 1000;
const ROUNDS = 10;
const MINUTE_MS = 60_000;
/** Younger files are not deleted, because their upload may still be in progress. */
const SETTLED_MS = 60 * MINUTE_MS;

/**
 * Deletes files without a row, left by deleted accounts and interrupted uploads. Each minute it checks 1/64 of all
 * files, so orphans are gone within about two hours.
 */
export async function sweepImages({ db, env, now }: JobCtx): Promise<void> {
  const moment = now().getTime();
  const prefix = SHARDS[Math.floor(moment / MINUTE_MS) % SHARDS.length] ?? "A";
  let cursor: string | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const page = await env.IMAGES.list({ prefix, limit: LOOKED_AT, ...(cursor && { cursor }) });
    const settled = page.objects.filter(({ uploaded }) => moment - uploaded.getTime() > SETTLED_MS);
    const keys = settled.map(({ key }) => key);
    if (keys.length > 0) {
      const [rows] = await db.batch([store.known(db, keys)]);
      const known = new Set(rows.map(({ key }) => key));
      const left = keys.filter((key) => !known.has(key));
      if (left.length > 0) await env.IMAGES.delete(left);
    }
    if (!page.truncated) return;
    cursor = page.cursor;
  }
}
