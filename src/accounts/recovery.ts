import { closingAll } from "../auth/sessions/session";
import type { Ctx, MemberCtx } from "../lib/ctx";
import { commit } from "../lib/db";
import { mailPasswordReset, verificationMail } from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import { readLink } from "./account-link";
import * as store from "./account-store";
import { hashPassword } from "./password";

/** Sends the verification email again, up to three times a day. Verified members get none. */
export async function askForVerification(ctx: MemberCtx) {
  const [written] = await commit(ctx, verificationMail(ctx, { id: ctx.actor.memberId }));
  ctx.later(hintMails(ctx.env, idsOf(written)));
  return { sent: true as const };
}

/**
 * Sends a reset link if a member has this email. The response comes before the lookup, so it does not reveal whether
 * one does.
 */
export function askForReset(ctx: Ctx, email: string) {
  ctx.later(mailPasswordReset(ctx, email));
  return { sent: true as const };
}

/** Whether a link in an email is still valid. Opening it does not use it up. */
export const isVerification = async (ctx: Ctx, token: string) => (await memberOfToken(ctx, "verify", token)) !== null;
export const isReset = async (ctx: Ctx, token: string) => (await memberOfToken(ctx, "reset-password", token)) !== null;

/**
 * Verifies a member's email. Using the link again returns true again.
 * @returns false if the link is not ours or has expired
 */
export async function verify(ctx: Ctx, token: string): Promise<boolean> {
  const member = await memberOfToken(ctx, "verify", token);
  if (member) await commit(ctx, store.markVerified(ctx.db, member.id));
  return member !== null;
}

/**
 * Sets a new password. The link depends on the old one, so of two concurrent uses only one succeeds. It also verifies
 * the email, because the person can read its mailbox, and ends all sessions.
 * @returns false if the link is invalid, used or expired
 */
export async function resetPassword(ctx: Ctx, token: string, password: string): Promise<boolean> {
  const member = await memberOfToken(ctx, "reset-password", token);
  if (!member) return false;
  const [changed] = await commit(
    ctx,
    store.changePassword(ctx.db, member.id, member.password_hash, await hashPassword(password)),
    closingAll(ctx.db, member.id),
  );
  return changed.length > 0;
}

async function memberOfToken(ctx: Ctx, use: "verify" | "reset-password", token: string) {
  const read = readLink(ctx.env, use, token, ctx.now());
  if (!read) return null;
  const [[member]] = await ctx.db.batch([store.secretsOf(ctx.db, read.id)]);
  if (!member) return null;
  return (await read.isRight(use === "verify" ? member.email : member.password_hash)) ? member : null;
}
