import { DIRECT, type Referral, readCode, readSignedCode, referralCode } from "../../ledger/records/referral-code";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import { Alias } from "./alias-schema";
import * as store from "./alias-store";

/** The maximum number of codes per lookup. */
const LOOKED_MAX = 10;

/** The texts that may be codes from other products, in stored form. */
export const aliasesAmong = (texts: string[]) => [
  ...new Set(texts.slice(0, LOOKED_MAX).flatMap((text) => Alias.safeParse(text).data ?? [])),
];

/** Characters that chats and sentences append to a link. */
const ADDED = /[^\p{L}\p{N}]{1,20}$/u;

/** The same for links that people passed on: unchanged, and without appended characters. */
export const passedOnAliases = (texts: string[]) => [
  ...new Set(texts.slice(0, LOOKED_MAX).flatMap((text) => aliasesAmong([text, text.replace(ADDED, "")]))),
];

/** The referral of a code's holder, as if through our own direct link. */
export const viaAlias = (campaign_id: number, { id }: store.Holder): Referral => ({
  campaign_id,
  participant_id: id,
  social_type: DIRECT,
  invited_id: null,
});

/** The holder of the first of these codes that belongs to someone. */
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

/** The referral of the first of these texts that is a participant's code in another product. Null if none is. */
export async function oldReferral(ctx: Ctx, campaignId: number, sent: string[]): Promise<Found | null> {
  const codes = passedOnAliases(sent);
  if (codes.length === 0) return null;
  const [holders] = await ctx.db.batch([store.publicHolders(ctx.db, campaignId, codes)]);
  const holder = firstHolder(codes, holders);
  return holder ? withCode(ctx, viaAlias(campaignId, holder)) : null;
}

/** Either of them, the signed one first. It takes precedence over any other use of `?ref=`. */
export const referralOf = async (ctx: Ctx, campaignId: number, sent: string[]) =>
  (await signedReferral(ctx, campaignId, sent)) ?? (await oldReferral(ctx, campaignId, sent));

/** A referral, with our own code for it. */
export type Found = Referral & { code: string };
export const withCode = async ({ env }: Pick<Ctx, "env">, referral: Referral): Promise<Found> => ({
  ...referral,
  code: await referralCode(env, referral),
});

/**
 * Reads a referral code sent by a member: one of ours, or one of another product in the given campaign.
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
 * Sets a participant's codes from other products.
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

/** The codes of these participants, one text per participant. Participants without codes are omitted. */
export async function aliasesOfMany(ctx: MemberCtx, ids: number[]) {
  const [rows] = await ctx.db.batch([store.aliasesOfAll(ctx.db, ctx.actor.memberId, ids)]);
  return new Map(rows.map(({ id, codes }) => [id, codes]));
}
