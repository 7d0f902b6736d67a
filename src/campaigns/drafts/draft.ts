import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { notFound } from "../../lib/errors";
import { ownedCampaign } from "../ownership";
import * as store from "./draft-store";

/** The stored draft, as an unrun query. */
export const storedDraft = (ctx: MemberCtx, campaignId: number, kind: store.DraftKind) =>
  store.draftById(ctx.db, ctx.actor.memberId, campaignId, kind);

/** Belongs in the transaction that publishes the draft. */
export const droppingDraft = (ctx: MemberCtx, campaignId: number, kind: store.DraftKind) =>
  store.deleteDraft(ctx.db, ctx.actor.memberId, campaignId, kind);

/** The statement that saves an editor's content. Returns no row for another member's campaign. */
export const savingDraft = (
  ctx: MemberCtx,
  campaignId: number,
  kind: store.DraftKind,
  settings: Record<string, unknown>,
) => store.upsertDraft(ctx.db, ctx.actor.memberId, campaignId, kind, settings, ctx.now());

/**
 * Replaces the draft with an editor's content.
 * @throws 404
 */
export async function saveDraft(
  ctx: MemberCtx,
  campaignId: number,
  kind: store.DraftKind,
  settings: Record<string, unknown>,
): Promise<void> {
  const [saved] = await commit(ctx, savingDraft(ctx, campaignId, kind, settings));
  if (saved.length === 0) throw notFound("campaign");
}

/**
 * Discards the draft, if there is one.
 * @throws 404
 */
export async function dropDraft(ctx: MemberCtx, campaignId: number, kind: store.DraftKind): Promise<void> {
  const [owned] = await commit(ctx, ownedCampaign(ctx, campaignId), droppingDraft(ctx, campaignId, kind));
  if (owned.length === 0) throw notFound("campaign");
}
