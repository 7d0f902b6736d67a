import { seal } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { secret } from "../../lib/env";
import { AppError, notFound } from "../../lib/errors";
import { idsOf } from "../../outbox/queue";
import { hintVetoCalls } from "../../outbox/vetoes/veto-outbox";
import { newSecret } from "../../outbox/webhooks/signature";
import { readableLink, TWO_SECRETS_MS } from "../../outbox/webhooks/webhook";
import type { NewSecret } from "../../outbox/webhooks/webhook-schema";
import type { SavedVeto, Veto, VetoChange } from "./veto-schema";
import * as store from "./veto-store";

/** The query behind a campaign's veto, for a caller's own batch. */
export const vetoQuery = (ctx: MemberCtx, campaignId: number) => store.vetoOf(ctx.db, ctx.actor.memberId, campaignId);

export const toVeto = ({ is_on, previous_secret_expires, date_added, ...row }: store.Found): Veto => ({
  ...row,
  is_on: is_on === 1,
  previous_secret_expires: previous_secret_expires === null ? null : new Date(previous_secret_expires),
  date_added: new Date(date_added),
});

/** @throws 404 */
export async function vetoOf(ctx: MemberCtx, campaignId: number): Promise<Veto> {
  const [[veto]] = await ctx.db.batch([vetoQuery(ctx, campaignId)]);
  if (!veto) throw notFound("veto");
  return toVeto(veto);
}

/**
 * Sets the endpoint that we ask before giving the campaign's rewards. Waiting rewards are sent to it again immediately.
 * `askedAt` is the request's URL: its host is ours, even if it is not the public one.
 * @throws 400 `bad_link`, 404 for another member's campaign
 */
export async function putVeto(
  ctx: MemberCtx,
  askedAt: string,
  campaignId: number,
  { link: text, is_on, ending }: VetoChange,
): Promise<SavedVeto> {
  const link = await readableLink(ctx, askedAt, text);
  const plain = newSecret();
  const sealed = await seal(secret(ctx.env, "SEAL_SECRET"), plain);
  const { memberId } = ctx.actor;
  const settings = {
    link: text,
    is_on: is_on ?? null,
    ending: ending ?? null,
    is_unproven: !link.isLocal,
    secret: sealed,
  };
  const [[saved], woken, [veto]] = await commit(
    ctx,
    store.putVeto(ctx.db, memberId, campaignId, settings, ctx.now()),
    store.wakeCalls(ctx.db, memberId, campaignId, ctx.now()),
    store.vetoOf(ctx.db, memberId, campaignId),
  );
  if (!saved || !veto) throw notFound("campaign");
  ctx.later(hintVetoCalls(ctx.env, idsOf(woken)));
  return { ...toVeto(veto), secret: saved.secret === sealed ? plain : null };
}

/** The old secret also signs for one day. @throws 404, 409 while an earlier one still signs */
export async function rotateVetoSecret(ctx: MemberCtx, campaignId: number): Promise<NewSecret> {
  const plain = newSecret();
  const previous_secret_expires = new Date(ctx.now().getTime() + TWO_SECRETS_MS);
  const sealed = await seal(secret(ctx.env, "SEAL_SECRET"), plain);
  const { memberId } = ctx.actor;
  const [[rotated], [veto]] = await commit(
    ctx,
    store.rotateSecret(ctx.db, memberId, campaignId, sealed, ctx.now(), previous_secret_expires),
    store.vetoOf(ctx.db, memberId, campaignId),
  );
  if (!veto) throw notFound("veto");
  if (!rotated)
    throw new AppError(
      "conflict",
      "The secret was rotated less than 24 hours ago, and both secrets still sign. Try again later.",
    );
  return { secret: plain, previous_secret_expires };
}
