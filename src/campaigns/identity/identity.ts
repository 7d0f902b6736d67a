import { z } from "zod";
import { constantTimeEqual, hmac, randomBytes, seal, toBase64Url, toHex, unseal } from "../../lib/crypto";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { secret } from "../../lib/env";
import { notFound } from "../../lib/errors";
import type { IdentitySecret, NewIdentitySecret } from "./identity-schema";
import * as store from "./identity-store";

/** Stored encrypted with the widget's settings. */
const Stored = z.object({
  identity: z.object({ secret: z.string(), previous: z.string().nullable(), until: z.number() }).optional(),
});

const PREFIX = "ids_";
const HOUR_MS = 3_600_000;
/** A page may stay open, or in its reader's cache, for a day. */
export const SIGNED_FOR_SECONDS = 86_400;
/** The host's clock may be ahead. */
const AHEAD_SECONDS = 300;
/** The signing time in Unix seconds, and the HMAC in hex. */
const HASH = /^(\d{10})\.([0-9a-f]{64})$/;

/** @throws 404 for another member's campaign */
export async function rotateIdentitySecret(
  ctx: MemberCtx,
  campaignId: number,
  { grace_hours }: NewIdentitySecret,
): Promise<IdentitySecret> {
  const plain = PREFIX + toBase64Url(randomBytes(32));
  const sealed = await seal(secret(ctx.env, "SEAL_SECRET"), plain);
  const until = ctx.now().getTime() + grace_hours * HOUR_MS;
  const [[row]] = await commit(ctx, store.rotateIdentity(ctx.db, ctx.actor.memberId, campaignId, sealed, until));
  if (!row) throw notFound("campaign");
  const { identity } = Stored.parse(row.settings);
  return { secret: plain, previous_secret_expires: identity?.previous && grace_hours > 0 ? new Date(until) : null };
}

/** The data that a host's server signs, one value per line, so no value can be mistaken for another. */
export type Signed = { campaign_id: number; external_id: string; email: string; hash: string };

const textOf = ({ campaign_id, external_id, email }: Signed, time: string) =>
  [campaign_id, time, external_id, email].join("\n");

/** The hash that a host's server makes of an identity. */
export const hashOf = async (plain: string, signed: Omit<Signed, "hash">, seconds: number) =>
  `${seconds}.${toHex(await hmac(plain, textOf({ ...signed, hash: "" }, String(seconds))))}`;

/**
 * The time when the hash was made, in Unix seconds. Null if it is too old, or was not made with one of the campaign's
 * secrets.
 */
export async function signedAt(ctx: Ctx, signed: Signed): Promise<number | null> {
  const [, time = "", sent = ""] = HASH.exec(signed.hash) ?? [];
  const now = ctx.now().getTime();
  const age = now / 1000 - Number(time);
  if (!sent || age > SIGNED_FOR_SECONDS || age < -AHEAD_SECONDS) return null;
  const [[row]] = await ctx.db.batch([store.identityOf(ctx.db, signed.campaign_id)]);
  const { identity } = Stored.parse(row?.settings ?? {});
  if (!identity) return null;
  const valid = [identity.secret, ...(identity.previous && now < identity.until ? [identity.previous] : [])];
  const encoder = new TextEncoder();
  for (const sealed of valid) {
    const plain = await unseal(secret(ctx.env, "SEAL_SECRET"), sealed);
    const expected = toHex(await hmac(plain, textOf(signed, time)));
    if (constantTimeEqual(encoder.encode(sent), encoder.encode(expected))) return Number(time);
  }
  return null;
}
