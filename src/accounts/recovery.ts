import { limit } from "../auth/limit";
import { closingAll } from "../auth/sessions/session";
import type { Ctx, MemberCtx } from "../lib/ctx";
import { commit, primaryOf } from "../lib/db";
import { mailPasswordReset, memberNotice, releaseHeld, verificationMail } from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import { memberLink, readLink, stateOf } from "./account-link";
import type { NewPassword, Verification } from "./account-schema";
import * as store from "./account-store";
import { keepPlace, type Visit } from "./known-place";
import { hashPassword, noPassword } from "./password";
import { demandGoodPassword } from "./password-rule";
import { proven } from "./proof";

/** Sends the verification email again, up to three times a day. Does nothing for verified members. */
export async function askForVerification(ctx: MemberCtx) {
  const [written] = await commit(ctx, verificationMail(ctx, { id: ctx.actor.memberId }));
  ctx.later(hintMails(ctx.env, idsOf(written)));
  return { sent: true as const };
}

/**
 * Sends a reset link if a member has this email. We reply before the lookup, so the response does not reveal whether an
 * account exists.
 * @throws 429
 */
export async function askForReset(ctx: Ctx, email: string) {
  await limit(ctx, "password_reset", email);
  ctx.later(mailPasswordReset(ctx, email));
  return { sent: true as const };
}

/** Whether a reset link is still valid. Opening a reset or verification link does not use it up. */
export const isReset = async (ctx: Ctx, token: string) => (await memberOfToken(ctx, "reset-password", token)) !== null;

/** The person who opens the link: the member of the request's session, key, or token. Null if none was sent. */
type Reader = number | null;

/** A link proves access to a mailbox. The reader also created the account if they are signed in to it. */
const isCreator = (member: { id: number; is_verified: boolean }, reader: Reader) =>
  member.is_verified || member.id === reader;

/**
 * What a verification link's page must ask.
 * @returns null if the link is not ours or has expired
 */
export async function verificationOf(ctx: Ctx, token: string, reader: Reader) {
  const member = await memberOfToken(ctx, "verify", token);
  return member && { needsPassword: !isCreator(member, reader) };
}

/**
 * Verifies a member's email. A stranger may have registered it. So a reader who is not signed in to the account and
 * does not know its password can end all earlier access, including the password. Using the link again changes nothing.
 * @returns the path of the page that sets a password, if the account no longer has one; null if the link is not ours or
 * has expired
 * @throws 400 for a wrong password, 429
 */
export async function verify(
  ctx: Ctx,
  token: string,
  { password, end_access }: Verification,
  reader: Reader,
): Promise<{ setPassword: string | null } | null> {
  const member = await memberOfToken(ctx, "verify", token);
  if (!member) return null;
  const { id, email } = member;
  const isCreators = isCreator(member, reader);
  if (!isCreators && password !== undefined)
    await proven({ ...ctx, actor: { kind: "member", memberId: id, keyHash: null } }, "password", password);
  const isKept = isCreators || password !== undefined || !end_access;
  const now = ctx.now();
  const [marked, released] = await commit(
    ctx,
    isKept ? store.markVerified(ctx.db, id, email) : store.changePassword(ctx.db, member, noPassword()),
    releaseHeld(ctx.db, id, now),
    ...(isKept ? [] : [closingAll(ctx.db, id), ...store.endAccess(ctx.db, id, noPassword(), now)]),
  );
  if (marked.length === 0) return null;
  ctx.later(hintMails(ctx.env, idsOf(released)));
  if (isKept) return { setPassword: null };
  const link = { origin: "", member: { id, email, password_hash: noPassword() }, issued: now };
  return { setPassword: await memberLink(ctx.env, "reset-password", link) };
}

/**
 * Sets a new password. The link depends on the old one, so only one of two concurrent uses succeeds. It also verifies
 * the email, because the person can read its mailbox, and ends all sessions. If the email was never verified, all other
 * access to the account ends too, because a stranger may have created it.
 * @returns false if the link is invalid, used, or expired
 * @throws 400 if the password is easy to guess
 */
export async function resetPassword(
  ctx: Ctx,
  token: string,
  { password, end_keys }: NewPassword,
  visit: Visit,
): Promise<boolean> {
  const member = await memberOfToken(ctx, "reset-password", token);
  if (!member) return false;
  await demandGoodPassword(ctx, password, member);
  const hash = await hashPassword(password);
  const [changed, told] = await commit(
    ctx,
    store.changePassword(ctx.db, member, hash),
    memberNotice(ctx, "password_changed", member.id, "Set with the link in an email"),
    closingAll(ctx.db, member.id),
    ...(end_keys === undefined ? [] : [store.revokeKeys(ctx.db, member.id, hash, ctx.now())]),
    ...(member.is_verified ? [] : store.endAccess(ctx.db, member.id, hash, ctx.now())),
    ...(await keepPlace(ctx, member.id, visit)),
    releaseHeld(ctx.db, member.id, ctx.now()),
  );
  if (changed.length === 0) return false;
  ctx.later(hintMails(ctx.env, idsOf(told)));
  return true;
}

async function memberOfToken(ctx: Ctx, use: "verify" | "reset-password", token: string) {
  const read = readLink(ctx.env, use, token, ctx.now());
  if (!read) return null;
  const db = primaryOf(ctx);
  const [[member]] = await db.batch([store.secretsOf(db, read.id)]);
  if (!member) return null;
  return (await read.isRight(stateOf(use, member))) ? member : null;
}
