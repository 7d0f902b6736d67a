import { operatorsEntry } from "../auth/audit/audit-entry";
import { memberToken, TOKEN_LIFETIME_SECONDS } from "../auth/token";
import { firstBrand } from "../campaigns/brands/brand";
import type { Ctx, MemberCtx } from "../lib/ctx";
import { breaksUnique, commit, type Statement } from "../lib/db";
import { secret } from "../lib/env";
import { AppError, invalid, notFound } from "../lib/errors";
import { verificationMail } from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import { activateParked } from "../participants/parked";
import type { Member, NewMember, NewMemberOut, PlanChange, Profile, SignedIn, SignIn, SignUp } from "./account-schema";
import * as store from "./account-store";
import { hashPassword, isPassword } from "./password";

/**
 * Creates an account, and emails its owner a verification link.
 * @throws 409 `email_taken`
 */
export async function register(ctx: Ctx, { password, ...member }: NewMember): Promise<NewMemberOut> {
  return insert(ctx, member, await hashPassword(password), []);
}

/**
 * Creates an account and its first brand, both or neither.
 * @throws 400 for an invalid website, 409 `email_taken`
 */
export async function signUp(ctx: Ctx, { website, password, ...member }: SignUp): Promise<NewMemberOut> {
  if (!website) return register(ctx, { ...member, password });
  const brand = () => firstBrand(ctx, website, member.email);
  let first = await brand().catch(asWebsite);
  const password_hash = await hashPassword(password);
  for (;;) {
    try {
      return await insert(ctx, member, password_hash, [first.insert]);
    } catch (error) {
      if (!breaksUnique(error, "brands.slug")) throw error;
      first = await brand();
    }
  }
}

function asWebsite(error: unknown): never {
  const said = error instanceof AppError ? error.details?.[0] : undefined;
  throw said ? invalid("website", said.message) : error;
}

async function insert(
  ctx: Ctx,
  { email, name }: Omit<NewMember, "password">,
  password_hash: string,
  further: Statement[],
): Promise<NewMemberOut> {
  try {
    const [[member], mails] = await commit(
      ctx,
      store.insertMember(ctx.db, { email, name, password_hash, date_signedup: ctx.now() }),
      verificationMail(ctx, { email }),
      ...further,
    );
    if (!member) throw new AppError("internal");
    ctx.later(hintMails(ctx.env, idsOf(mails)));
    return member;
  } catch (error) {
    if (breaksUnique(error, "members.email")) throw new AppError("email_taken");
    throw error;
  }
}

/**
 * The member with this email and password. Counts the sign-in.
 * @throws 401, which takes equally long for an unknown email and a wrong password
 */
export async function authenticate(ctx: Ctx, { email, password }: SignIn): Promise<Member & { token_epoch: number }> {
  const [[found]] = await ctx.db.batch([store.memberByEmail(ctx.db, email)]);
  const isRight = await isPassword(password, found?.password_hash);
  if (!found || !isRight) throw new AppError("unauthenticated", "The email or password is incorrect.");
  const { password_hash: _, ...member } = found;
  await commit(ctx, store.countLogin(ctx.db, member.id));
  return member;
}

/**
 * Exchanges an email and password for a token.
 * @throws 401
 */
export async function signIn(ctx: Ctx, input: SignIn): Promise<SignedIn> {
  // Checked first, so that a missing secret fails every request, not only those with the right password.
  secret(ctx.env, "JWT_SECRET");
  const { token_epoch, ...member } = await authenticate(ctx, input);
  const token = await memberToken(ctx.env, { ...member, token_epoch }, ctx.now());
  return { token, expires_in: TOKEN_LIFETIME_SECONDS, member };
}

export async function profileOf(ctx: MemberCtx): Promise<Profile> {
  const [[profile]] = await ctx.db.batch([store.profile(ctx.db, ctx.actor.memberId)]);
  if (!profile) throw notFound("member");
  return profile;
}

/**
 * Moves a member to a plan and activates participants who were pending because of the old one's limit. For the
 * operator.
 * @throws 400 for an unknown plan, 404 for an unknown member
 */
export async function changePlan(ctx: Ctx, memberId: number, change: PlanChange): Promise<Profile> {
  const [[plan], [member]] = await ctx.db.batch([
    store.planById(ctx.db, change.plan_id),
    store.profile(ctx.db, memberId),
  ]);
  if (!plan) throw invalid("plan_id", "is not a known plan");
  if (!member) throw notFound("member");
  const [, , [profile]] = await commit(
    ctx,
    store.updatePlan(ctx.db, memberId, change),
    operatorsEntry(ctx, memberId, "Changed the account's plan", "/plan"),
    store.profile(ctx.db, memberId),
  );
  if (!profile) throw notFound("member");
  await activateParked(ctx, memberId);
  return profile;
}
