import { operatorsEntry } from "../auth/audit/audit-entry";
import { attempt } from "../auth/limit";
import { closingOthers, type Session } from "../auth/sessions/session";
import { seal, unseal } from "../lib/crypto";
import type { Ctx, MemberCtx } from "../lib/ctx";
import { commit } from "../lib/db";
import { secret } from "../lib/env";
import { AppError, invalid, notFound } from "../lib/errors";
import { memberNotice } from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import { newAuthenticatorSecret, qrOfSecret, stepOfCode } from "./authenticator";
import { proven } from "./proof";
import { newRecoveryCodes, recoveryCodeIn, recoveryHash } from "./recovery-code";
import * as store from "./second-factor-store";

/** Whether the member has a second factor, and how many recovery codes are left. */
export async function secondFactorOf(ctx: MemberCtx) {
  const { memberId } = ctx.actor;
  const [[known], [codes]] = await ctx.db.batch([
    store.authenticator(ctx.db, memberId),
    store.recoveryCodesLeft(ctx.db, memberId),
  ]);
  return { isOn: Boolean(known?.date_confirmed), codesLeft: codes?.left ?? 0 };
}

/** A prepared authenticator must be confirmed within this time. */
const PREPARED_MS = 15 * 60_000;

/**
 * Prepares an authenticator. It becomes active when a code confirms it. Until then, another preparation replaces it.
 * @throws 400 for a wrong password, 429
 */
export async function prepareSecondFactor(ctx: MemberCtx, password: string): Promise<void> {
  await proven(ctx, "password", password);
  const sealed = await seal(secret(ctx.env, "SEAL_SECRET"), newAuthenticatorSecret());
  await commit(ctx, store.keepSecret(ctx.db, ctx.actor.memberId, sealed, ctx.now()));
}

/** The prepared secret and its QR code, or null if nothing is prepared. */
export async function preparedSecondFactor(ctx: MemberCtx, email: string) {
  const prepared = await preparedOf(ctx);
  return prepared && { secret: prepared.text, qr: qrOfSecret(prepared.text, email) };
}

async function preparedOf(ctx: MemberCtx) {
  const [[known]] = await ctx.db.batch([store.authenticator(ctx.db, ctx.actor.memberId)]);
  if (!known || known.date_confirmed || ctx.now().getTime() - known.date_added.getTime() > PREPARED_MS) return null;
  return { sealed: known.secret, text: await unseal(secret(ctx.env, "SEAL_SECRET"), known.secret) };
}

/**
 * Turns on the second factor, if the code proves that the app has the secret. Ends all other sessions and all tokens,
 * because they were opened without it.
 * @returns the recovery codes, which are shown once
 * @throws 400 for a wrong code, 404 if nothing is prepared, 429
 */
export async function turnOnSecondFactor(ctx: MemberCtx, session: Session, code: string): Promise<string[]> {
  const { memberId } = ctx.actor;
  const giveBack = await attempt(ctx, "second_factor", String(memberId));
  const prepared = await preparedOf(ctx);
  if (!prepared) throw notFound("authenticator");
  const now = ctx.now();
  const step = stepOfCode(prepared.text, digitsIn(code), now);
  if (step === null) throw invalid("code", "The code is incorrect. Check that your phone's clock is correct.");
  const { codes, hashes } = await freshCodes(ctx, memberId);
  const [confirmed, told] = await commit(
    ctx,
    store.confirmSecret(ctx.db, memberId, prepared.sealed, step, now),
    memberNotice(ctx, "second_factor_changed", memberId, "Turned on"),
    ...store.replaceRecoveryCodes(ctx.db, memberId, hashes, now),
    store.endTokens(ctx.db, memberId),
    closingOthers(ctx.db, memberId, session.id),
  );
  if (confirmed.length === 0) throw notFound("authenticator");
  giveBack();
  ctx.later(hintMails(ctx.env, idsOf(told)));
  return codes;
}

/**
 * Replaces the recovery codes.
 * @throws 401 `second_factor_wrong`, 429
 */
export async function renewRecoveryCodes(ctx: MemberCtx, code: string): Promise<string[]> {
  const { memberId } = ctx.actor;
  await demandCode(ctx, memberId, code);
  const { codes, hashes } = await freshCodes(ctx, memberId);
  const [told] = await commit(
    ctx,
    memberNotice(ctx, "second_factor_changed", memberId, "New recovery codes"),
    ...store.replaceRecoveryCodes(ctx.db, memberId, hashes),
  );
  ctx.later(hintMails(ctx.env, idsOf(told)));
  return codes;
}

/**
 * Turns off the second factor.
 * @throws 400 for a wrong password, or if the member's own account requires it of its team; 401 `second_factor_wrong`;
 * 429
 */
export async function turnOffSecondFactor(ctx: MemberCtx, { password, code }: { password: string; code: string }) {
  const { memberId } = ctx.actor;
  const [[team]] = await ctx.db.batch([store.needsSecondFactor(ctx.db, memberId)]);
  if (team) throw invalid("code", "Your account requires two-step verification for its team. Change that under Team.");
  await proven(ctx, "password", password);
  await demandCode(ctx, memberId, code);
  const [told] = await commit(ctx, ...turningOff(ctx, memberId, "Turned off"));
  ctx.later(hintMails(ctx.env, idsOf(told)));
}

/** The statements that turn off the second factor: the email about it, the deletions, and the end of tokens. */
const turningOff = (ctx: Ctx, memberId: number, detail: string) =>
  [
    memberNotice(ctx, "second_factor_changed", memberId, detail, store.hasAuthenticator(memberId)),
    store.removeAuthenticator(ctx.db, memberId),
    store.removeRecoveryCodes(ctx.db, memberId),
    store.endTokensOfRequired(ctx.db, memberId),
  ] as const;

/**
 * Turns off a member's second factor, if they lost their phone and their recovery codes. For the operator.
 * @throws 404 if the member has none
 */
export async function resetSecondFactor(ctx: Ctx, memberId: number): Promise<void> {
  const entry = operatorsEntry(ctx, memberId, "Turned off two-step verification", "/account/two-step");
  const [told, removed] = await commit(ctx, ...turningOff(ctx, memberId, "Turned off by the administrator"), entry);
  if (removed.length === 0) throw notFound("second factor");
  ctx.later(hintMails(ctx.env, idsOf(told)));
}

/**
 * Checks an authenticator code or a recovery code. Each works once.
 * @throws 401 `second_factor_required` without a code, 401 `second_factor_wrong`, 429
 */
export async function demandCode(ctx: Ctx, memberId: number, code: string | null | undefined): Promise<void> {
  if (!code) throw new AppError("second_factor_required");
  const giveBack = await attempt(ctx, "second_factor", String(memberId));
  const isRight = /^\d{6}$/.test(digitsIn(code))
    ? await isAuthenticatorCode(ctx, memberId, digitsIn(code))
    : await isRecoveryCode(ctx, memberId, code);
  if (!isRight) throw new AppError("second_factor_wrong");
  giveBack();
}

async function isAuthenticatorCode(ctx: Ctx, memberId: number, code: string) {
  const [[known]] = await ctx.db.batch([store.authenticator(ctx.db, memberId)]);
  if (!known?.date_confirmed) return false;
  const step = stepOfCode(await unseal(secret(ctx.env, "SEAL_SECRET"), known.secret), code, ctx.now());
  if (step === null) return false;
  const [used] = await ctx.db.batch([store.useStep(ctx.db, memberId, step)]);
  return used.length > 0;
}

async function isRecoveryCode(ctx: Ctx, memberId: number, text: string) {
  const code = recoveryCodeIn(text);
  if (code === null) return false;
  const hash = await recoveryHash(ctx.env, memberId, code);
  const isOurs = store.hasRecoveryCode(memberId, hash);
  const [told, used] = await ctx.db.batch([
    memberNotice(ctx, "second_factor_changed", memberId, "A recovery code was used", isOurs),
    store.useRecoveryCode(ctx.db, memberId, hash),
  ]);
  if (used.length > 0) ctx.later(hintMails(ctx.env, idsOf(told)));
  return used.length > 0;
}

async function freshCodes(ctx: Ctx, memberId: number) {
  const codes = newRecoveryCodes();
  return { codes, hashes: await Promise.all(codes.map((code) => recoveryHash(ctx.env, memberId, code))) };
}

/** Apps show six digits in two groups. */
const digitsIn = (code: string) => code.replace(/\s/g, "");
