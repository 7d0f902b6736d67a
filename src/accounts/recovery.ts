import { closingAll } from "../auth/sessions/session";
import type { Ctx, MemberCtx } from "../lib/ctx";
import { commit } from "../lib/db";
import { idsOf, mailPasswordReset, verificationMail } from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-hint";
import { readLink } from "./account-link";
import * as store from "./account-store";
import { hashPassword } from "./password";

/** Sends the member's verification once more, up to three times a day; to who is verified already nothing goes out. */
export async function askForVerification(ctx: MemberCtx) {
  const [written] = await commit(ctx, verificationMail(ctx, { id: ctx.actor.memberId }));
  ctx.later(hintMails(ctx.env, idsOf(written)));
  return { sent: true as const };
}

/** Sends a link to whoever has this address. The answer comes before it is known whether anybody has. */
export function askForReset(ctx: Ctx, email: string) {
  ctx.later(mailPasswordReset(ctx, email));
  return { sent: true as const };
}

/** Whether a link of a mail is still good, which looking at it does not change. */
export const isVerification = async (ctx: Ctx, token: string) => (await memberOfToken(ctx, "verify", token)) !== null;
export const isReset = async (ctx: Ctx, token: string) => (await memberOfToken(ctx, "reset-password", token)) !== null;

/** False when the link is not ours or too old. The second time it is true again. */
export async function verify(ctx: Ctx, token: string): Promise<boolean> {
  const member = await memberOfToken(ctx, "verify", token);
  if (member) await commit(ctx, store.markVerified(ctx.db, member.id));
  return member !== null;
}

/**
 * Sets a new password by a link that ends with the old one, so that of two who use it at once one does. Who can read the mailbox
 * has thereby proved that it is his. Whoever is signed in no longer is. False when the link is not good, or not any more.
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
