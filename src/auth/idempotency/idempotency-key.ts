import { seal, sha256Hex, unseal } from "../../lib/crypto";
import type { Ctx, JobCtx } from "../../lib/ctx";
import { secret } from "../../lib/env";
import { AppError, invalid } from "../../lib/errors";
import * as store from "./idempotency-store";

const KEPT_MS = 24 * 3600_000;
/**
 * Longer than any request may run (Workers stop a request's work after 30 s), so an expired lease means that the run
 * died.
 */
const LEASE_MS = 60_000;

/** Permission to run the request, or the stored response of its first run. */
type Claim = { kind: "run"; id: string; requestEvent: string } | { kind: "replay"; status: number; body: string };

type Request = { scope: string; method: string; path: string; key: string; body: string };

/** The key in a header, without its quotes. Most clients send it unquoted. */
const bare = (key: string) => key.match(/^"(.*)"$/)?.[1] ?? key;

/**
 * Claims an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header: a quoted string; unquoted keys are accepted,
 * too).
 * @throws 400 for an invalid key, 409 while the first run is in progress or if its response was lost, 422 if the body
 * differs
 */
export async function claim(ctx: Ctx, request: Request): Promise<Claim> {
  const key = bare(request.key);
  if (key.length < 1 || key.length > 255) throw invalid("Idempotency-Key", "must have 1 to 255 characters");

  const sealedWith = sealSecret(ctx, key);
  const id = await sha256Hex(JSON.stringify([request.scope, request.method, request.path, key]));
  const fingerprint = await sha256Hex(request.body);
  const now = ctx.now();
  const lease = new Date(now.getTime() + LEASE_MS);
  const [, , [row]] = await ctx.db.batch([
    store.dropExpiredKey(ctx.db, id, now),
    store.claimKey(ctx.db, {
      id,
      fingerprint,
      request_event: ctx.requestEvent,
      leased_until: lease,
      expires_at: new Date(now.getTime() + KEPT_MS),
    }),
    store.keyById(ctx.db, id),
  ]);
  if (!row) throw new AppError("overloaded");
  if (row.request_event === ctx.requestEvent) return { kind: "run", id, requestEvent: row.request_event };
  if (row.fingerprint !== fingerprint) throw new AppError("idempotency_mismatch");
  if (row.status !== null && row.body !== null)
    return { kind: "replay", status: row.status, body: await unseal(sealedWith, row.body) };
  if (row.leased_until > now) throw new AppError("idempotency_in_progress");
  if (row.is_committed)
    throw new AppError(
      "conflict",
      "The first request with this Idempotency-Key took effect, but its response was lost. Read the resource it created.",
    );

  const [[taken]] = await ctx.db.batch([store.takeOverKey(ctx.db, id, row.leased_until, lease)]);
  if (!taken) throw new AppError("idempotency_in_progress");
  return { kind: "run", id, requestEvent: row.request_event };
}

/** Commit this statement together with the request's own effect. */
export const markCommitted = store.markCommitted;

/**
 * Stores the response for retries. 5xx and 429 are not stored: a retry runs again, with the same event ID. A 400 frees
 * the key: nothing happened, and the caller will send a corrected body.
 */
export async function settle(ctx: Ctx, id: string, key: string, status: number, body: string) {
  const sealed = status < 500 && status !== 429 && status !== 400 && (await seal(sealSecret(ctx, bare(key)), body));
  // Awaiting the query here would run it on its own.
  const statement = sealed
    ? store.keepAnswer(ctx.db, id, status, sealed)
    : status === 400
      ? store.dropUnusedKey(ctx.db, id)
      : store.releaseKey(ctx.db, id, ctx.now());
  await ctx.db.batch([statement]);
}

/** Responses may contain a secret that is shown once, so the caller's own key is part of the encryption secret. */
const sealSecret = (ctx: Ctx, key: string) => `${secret(ctx.env, "SEAL_SECRET")}:${key}`;

const [DROPPED_PER_ROUND, DROP_ROUNDS] = [1000, 40];

export async function dropExpired({ db, now }: JobCtx): Promise<void> {
  for (let round = 0; round < DROP_ROUNDS; round++) {
    const [dropped] = await db.batch([store.dropExpiredKeys(db, now(), DROPPED_PER_ROUND)]);
    if (dropped.length < DROPPED_PER_ROUND) return;
  }
}
