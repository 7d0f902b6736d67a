import { connectionsOf } from "../auth/sessions/connection";
import { closingOthers, type Session, sessionsOf } from "../auth/sessions/session";
import type { MemberCtx } from "../lib/ctx";
import { breaksUnique, commit } from "../lib/db";
import { AppError, invalid, notFound } from "../lib/errors";
import {
  addressChangedMail,
  forgetMailsOf,
  memberNotice,
  sealedAddress,
  verificationMail,
} from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import { purgeFirst } from "../upkeep/purge";
import type { Deletion, EmailChange, PasswordChange, Profile, ProfileForm } from "./account-schema";
import * as store from "./account-store";
import { hashPassword } from "./password";
import { demandGoodPassword } from "./password-rule";
import { endBilling } from "./plans/billing";
import { proven, wrongPassword } from "./proof";
import { authenticator } from "./second-factor-store";
import { emptyAccount, endTestMode } from "./test-mode/test-account";

export async function accountOf(ctx: MemberCtx) {
  const { memberId } = ctx.actor;
  const [[profile], sessions, connections, [factor]] = await ctx.db.batch([
    store.profile(ctx.db, memberId),
    sessionsOf(ctx),
    connectionsOf(ctx),
    authenticator(ctx.db, memberId),
  ]);
  if (!profile) throw notFound("member");
  return { profile, sessions, connections, hasSecondFactor: Boolean(factor?.date_confirmed) };
}

export async function changeProfile(ctx: MemberCtx, change: Partial<ProfileForm>): Promise<Profile> {
  const { memberId } = ctx.actor;
  const [, [profile]] = await commit(
    ctx,
    store.updateProfile(ctx.db, memberId, change),
    store.profile(ctx.db, memberId),
  );
  if (!profile) throw notFound("member");
  return profile;
}

/**
 * Changes the email. The new address gets a verification email. The old one gets a notice if it was verified.
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
      // We never verified this address, so it may belong to a stranger. Send it nothing.
      ...(member.is_verified ? [addressChangedMail(ctx, was)] : []),
    );
    if (changed.length === 0) throw wrongPassword("password");
    ctx.later(hintMails(ctx.env, idsOf([...asked, ...(told ?? [])])));
  } catch (error) {
    if (breaksUnique(error, "members.email")) throw new AppError("email_taken");
    throw error;
  }
}

/**
 * Changes the password and ends all other sessions. Tokens and keys stay valid unless the change ends them too.
 * @throws 400 for a wrong password, or a new one that is easy to guess
 */
export async function changePassword(ctx: MemberCtx, session: Session, change: PasswordChange): Promise<void> {
  const { memberId } = ctx.actor;
  const member = await proven(ctx, "old_password", change.old_password);
  await demandGoodPassword(ctx, change.password, { email: session.person_email, name: session.person_name });
  const hash = await hashPassword(change.password);
  const [changed, told] = await commit(
    ctx,
    store.replacePassword(ctx.db, memberId, member.password_hash, hash, change.end_tokens),
    memberNotice(ctx, "password_changed", memberId, "Changed in the dashboard"),
    closingOthers(ctx.db, memberId, session.id),
    ...(change.end_keys ? [store.revokeKeys(ctx.db, memberId, hash, ctx.now())] : []),
  );
  if (changed.length === 0) throw wrongPassword("old_password");
  ctx.later(hintMails(ctx.env, idsOf(told)));
}

/**
 * Deletes the account with all its data, brand by brand, after ending its paid subscription. If interrupted, a second
 * request continues.
 * @throws 400 for a wrong password, 503 if Stripe did not confirm that the subscription ended
 */
export async function deleteAccount(ctx: MemberCtx, { password }: Deletion): Promise<void> {
  const member = await proven(ctx, "password", password);
  await endBilling(ctx);
  await emptyAccount(ctx);
  const testMode = await endTestMode(ctx);
  const [, deleted] = await commit(
    ctx,
    store.revokeKeysMadeInTeams(ctx.db, ctx.actor.memberId, member.password_hash, ctx.now()),
    store.deleteMember(ctx.db, ctx.actor.memberId, member.password_hash),
    ...forgetMailsOf(ctx),
    ...testMode,
    ...purgeFirst(ctx),
  );
  if (deleted.length === 0) throw wrongPassword("password");
}
