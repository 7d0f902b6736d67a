import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { notFound } from "../../lib/errors";
import { ownedCampaign } from "../ownership";
import * as store from "./draft-store";

/** As an unrun query, for those who show it beside other things. */
export const storedDraft = (ctx: MemberCtx, campaignId: number, kind: store.DraftKind) =>
  store.draftById(ctx.db, ctx.actor.memberId, campaignId, kind);

/** For the transaction that publishes what was a draft. */
export const droppingDraft = (ctx: MemberCtx, campaignId: number, kind: store.DraftKind) =>
  store.deleteDraft(ctx.db, ctx.actor.memberId, campaignId, kind);

/** For a transaction that keeps what an editor holds. Answers no row for a campaign that is not the member's. */
export const savingDraft = (
  ctx: MemberCtx,
  campaignId: number,
  kind: store.DraftKind,
  settings: Record<string, unknown>,
) => store.upsertDraft(ctx.db, ctx.actor.memberId, campaignId, kind, settings, ctx.now());

/** Keeps what an editor holds, in place of what it held. @throws 404 */
export async function saveDraft(
  ctx: MemberCtx,
  campaignId: number,
  kind: store.DraftKind,
  settings: Record<string, unknown>,
): Promise<void> {
  const [saved] = await commit(ctx, savingDraft(ctx, campaignId, kind, settings));
  if (saved.length === 0) throw notFound("campaign");
}

/** Goes back to what is published. The second time changes nothing. @throws 404 */
export async function dropDraft(ctx: MemberCtx, campaignId: number, kind: store.DraftKind): Promise<void> {
  const [owned] = await commit(ctx, ownedCampaign(ctx, campaignId), droppingDraft(ctx, campaignId, kind));
  if (owned.length === 0) throw notFound("campaign");
}
