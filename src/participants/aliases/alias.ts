import { DIRECT, type Referral, readCode, readSignedCode, referralCode } from "../../ledger/referral-code";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import { Alias } from "./alias-schema";
import * as store from "./alias-store";

/** Codes that are looked up at once. */
const LOOKED_MAX = 10;

/** The texts that may be codes of another product, as they are stored. */
export const aliasesAmong = (texts: string[]) => [
  ...new Set(texts.slice(0, LOOKED_MAX).flatMap((text) => Alias.safeParse(text).data ?? [])),
];

/** What chats and sentences add. */
const ADDED = /[^\p{L}\p{N}]{1,20}$/u;

/** The same for texts of links that people passed on: as they are, or without what was added behind them. */
export const passedOnAliases = (texts: string[]) => [
  ...new Set(texts.slice(0, LOOKED_MAX).flatMap((text) => aliasesAmong([text, text.replace(ADDED, "")]))),
];

/** The referral of a code's holder, as if by our own direct link. */
export const viaAlias = (campaign_id: number, { id }: store.Holder): Referral => ({
  campaign_id,
  participant_id: id,
  social_type: DIRECT,
  invited_id: null,
});

/** The holder of the first of these codes that somebody has. */
export const firstHolder = (codes: string[], holders: store.Holder[]) =>
  codes.flatMap((code) => holders.find((holder) => holder.code === code) ?? [])[0];

/** The referral of the first of these texts that is a signed code of the campaign. Null if none is. */
export async function signedReferral({ env }: Pick<Ctx, "env">, campaignId: number, sent: string[]) {
  for (const text of sent.slice(0, LOOKED_MAX)) {
    const referral = await readSignedCode(env, text);
    if (referral?.campaign_id === campaignId) return referral;
  }
  return null;
}

/** The referral of the first of these texts that a participant had as a code in another product. Null if none did. */
export async function oldReferral(ctx: Ctx, campaignId: number, sent: string[]): Promise<Found | null> {
  const codes = passedOnAliases(sent);
  if (codes.length === 0) return null;
  const [holders] = await ctx.db.batch([store.publicHolders(ctx.db, campaignId, codes)]);
  const holder = firstHolder(codes, holders);
  return holder ? withCode(ctx, viaAlias(campaignId, holder)) : null;
}

/** Either of them, the signed one first. No other use of `?ref=` takes its place. */
export const referralOf = async (ctx: Ctx, campaignId: number, sent: string[]) =>
  (await signedReferral(ctx, campaignId, sent)) ?? (await oldReferral(ctx, campaignId, sent));

/** A referral with our own code for it. */
export type Found = Referral & { code: string };
export const withCode = async ({ env }: Pick<Ctx, "env">, referral: Referral): Promise<Found> => ({
  ...referral,
  code: await referralCode(env, referral),
});

/**
 * Reads a referral code that a member sent: one of ours, or, in the given campaign, one of another product.
 * @throws 400 `bad_code`
 */
export async function codeOf(ctx: MemberCtx, text: string, campaignId: number | null | undefined): Promise<Referral> {
  try {
    return await readCode(ctx.env, text);
  } catch (error) {
    const [code] = error instanceof AppError && error.code === "bad_code" ? aliasesAmong([text]) : [];
    if (!campaignId || code === undefined) throw error;
    const [[holder]] = await ctx.db.batch([store.holdersOf(ctx.db, ctx.actor.memberId, campaignId, [code])]);
    if (!holder) throw error;
    return viaAlias(campaignId, holder);
  }
}

/**
 * Sets the codes that a participant had in other products.
 * @throws 404; 409 if another participant of the campaign has one of them
 */
export async function setAliases(ctx: MemberCtx, id: number, aliases: string[]) {
  const { memberId } = ctx.actor;
  const [[found], taken] = await ctx.db.batch([
    store.campaignOf(ctx.db, memberId, id),
    store.holdersBeside(ctx.db, memberId, id, aliases),
  ]);
  if (!found) throw notFound("participant");
  const other = taken.find((holder) => holder.id !== id);
  if (other) throw new AppError("conflict", `Another participant of the campaign has the code ${other.code}.`);
  const [, , codes] = await commit(
    ctx,
    ...store.setAliases(ctx.db, memberId, id, aliases),
    store.aliasesOf(ctx.db, memberId, id),
  );
  return { aliases: codes.map(({ code }) => code) };
}

export const storedAliases = (ctx: MemberCtx, id: number) => store.aliasesOf(ctx.db, ctx.actor.memberId, id);

/** The codes of those participants who have any, each as one text. */
export async function aliasesOfMany(ctx: MemberCtx, ids: number[]) {
  const [rows] = await ctx.db.batch([store.aliasesOfAll(ctx.db, ctx.actor.memberId, ids)]);
  return new Map(rows.map(({ id, codes }) => [id, codes]));
}
