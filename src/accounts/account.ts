import { limit } from "../auth/limit";
import { closingOthers, type Session, sessionsOf } from "../auth/sessions/session";
import { brands, deleteBrand } from "../campaigns/brands/brand";
import type { MemberCtx } from "../lib/ctx";
import { breaksUnique, commit } from "../lib/db";
import { AppError, invalid, notFound } from "../lib/errors";
import { addressChangedMail, forgetMailsOf, sealedAddress, verificationMail } from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import { purgeFirst } from "../upkeep/purge";
import type { Deletion, EmailChange, PasswordChange, ProfileChange } from "./account-schema";
import * as store from "./account-store";
import { hashPassword, isPassword } from "./password";

export async function accountOf(ctx: MemberCtx) {
  const [[profile], sessions] = await ctx.db.batch([store.profile(ctx.db, ctx.actor.memberId), sessionsOf(ctx)]);
  if (!profile) throw notFound("member");
  return { profile, sessions };
}

export const changeProfile = (ctx: MemberCtx, change: ProfileChange) =>
  commit(ctx, store.updateProfile(ctx.db, ctx.actor.memberId, change));

/**
 * Changes the email. The new address gets a verification email, and the old one a notice.
 * @throws 400 for a wrong password, 409 `email_taken`
 */
export async function changeEmail(ctx: MemberCtx, { email, password }: EmailChange): Promise<void> {
  const { memberId } = ctx.actor;
  const member = await proven(ctx, "password", password);
  if (member.email === email) throw invalid("email", "This is already your email address.");
  const was = await sealedAddress(ctx.env, member.email);
  try {
    const [changed, asked, told] = await commit(
      ctx,
      store.changeEmail(ctx.db, memberId, member.password_hash, email),
      verificationMail(ctx, { id: memberId }),
      addressChangedMail(ctx, was),
    );
    if (changed.length === 0) throw wrong("password");
    ctx.later(hintMails(ctx.env, idsOf([...asked, ...told])));
  } catch (error) {
    if (breaksUnique(error, "members.email")) throw new AppError("email_taken");
    throw error;
  }
}

/**
 * Changes the password and ends all other sessions. Tokens and keys stay valid unless the change says otherwise.
 * @throws 400 for a wrong password
 */
export async function changePassword(ctx: MemberCtx, session: Session, change: PasswordChange): Promise<void> {
  const { memberId } = ctx.actor;
  const member = await proven(ctx, "old_password", change.old_password);
  const hash = await hashPassword(change.password);
  const [changed] = await commit(
    ctx,
    store.replacePassword(ctx.db, memberId, member.password_hash, hash, change.end_tokens),
    closingOthers(ctx.db, memberId, session.id),
    ...(change.end_keys ? [store.revokeKeys(ctx.db, memberId, hash, ctx.now())] : []),
  );
  if (changed.length === 0) throw wrong("old_password");
}

/**
 * Deletes the account with all its data, brand by brand. If it is interrupted, a second request continues.
 * @throws 400 for a wrong password
 */
export async function deleteAccount(ctx: MemberCtx, { password }: Deletion): Promise<void> {
  const member = await proven(ctx, "password", password);
  for (;;) {
    const { rows } = await brands(ctx, { page: 1, limit: 100 });
    if (rows.length === 0) break;
    for (const { id } of rows) await deleteBrand(ctx, id);
  }
  const [deleted] = await commit(
    ctx,
    store.deleteMember(ctx.db, ctx.actor.memberId, member.password_hash),
    ...forgetMailsOf(ctx),
    ...purgeFirst(ctx),
  );
  if (deleted.length === 0) throw wrong("password");
}

/**
 * The member, if the password is theirs. Attempts are rate-limited.
 * @throws 400 for a wrong password, 429
 */
async function proven(ctx: MemberCtx, field: string, password: string) {
  await limit(ctx, "sign_in", `person ${ctx.actor.memberId}`);
  const [[member]] = await ctx.db.batch([store.secretsOf(ctx.db, ctx.actor.memberId)]);
  if (!member || !(await isPassword(password, member.password_hash))) throw wrong(field);
  return member;
}

const wrong = (field: string) => invalid(field, "The password is incorrect.");
