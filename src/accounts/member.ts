import { operatorsEntry } from "../auth/audit/audit-entry";
import { firstBrand } from "../campaigns/brands/brand";
import type { Ctx, MemberCtx } from "../lib/ctx";
import { breaksUnique, commit, type Statement } from "../lib/db";
import { AppError, invalid, notFound } from "../lib/errors";
import { verificationMail } from "../outbox/emails/email";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import { activateParked } from "../participants/parked";
import type { NewMember, NewMemberOut, PlanChange, Profile, SignUp } from "./account-schema";
import * as store from "./account-store";
import { keepPlace, type Visit } from "./known-place";
import { hashPassword } from "./password";
import { demandGoodPassword } from "./password-rule";

/** `registration` is the ID of the administrator's invitation that this account uses up. Null without one. */
type Newcomer<T> = T & { registration: string | null; time_zone?: string | null };

/**
 * Creates an account, and emails its owner a verification link.
 * @throws 400 if the password is easy to guess, 409 `email_taken`, 403 `registration_closed` if the invitation was
 * already used
 */
export async function register(ctx: Ctx, { password, ...member }: Newcomer<NewMember>): Promise<NewMemberOut> {
  await demandGoodPassword(ctx, password, member);
  return insert(ctx, member, await hashPassword(password), []);
}

/**
 * Creates an account and, if a website is given, its first brand, in one transaction. The caller is then signed in, so
 * their place counts as known.
 * @throws 400 for an invalid website or a password that is easy to guess, 409 `email_taken`
 */
export async function signUp(ctx: Ctx, { website, ...member }: Newcomer<SignUp>, visit: Visit): Promise<NewMemberOut> {
  const created = website ? await withBrand(ctx, website, member) : await register(ctx, member);
  await commit(ctx, ...(await keepPlace(ctx, created.id, visit)));
  return created;
}

async function withBrand(
  ctx: Ctx,
  website: string,
  { password, ...member }: Newcomer<NewMember>,
): Promise<NewMemberOut> {
  const brand = () => firstBrand(ctx, website, member.email);
  let first = await brand().catch(asWebsite);
  await demandGoodPassword(ctx, password, member);
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
  { email, name, registration, time_zone = null }: Omit<Newcomer<NewMember>, "password">,
  password_hash: string,
  further: Statement[],
): Promise<NewMemberOut> {
  try {
    const [[member], mails] = await commit(
      ctx,
      store.insertMember(ctx.db, {
        email,
        name,
        password_hash,
        registration,
        time_zone,
        date_signedup: ctx.now(),
        token_epoch: firstEpoch(),
      }),
      verificationMail(ctx, { email }),
      ...further,
    );
    if (!member) throw new AppError("internal");
    ctx.later(hintMails(ctx.env, idsOf(mails)));
    return member;
  } catch (error) {
    if (breaksUnique(error, "members.email")) throw new AppError("email_taken");
    if (breaksUnique(error, "members.registration"))
      throw new AppError("registration_closed", "This invitation was already used. Ask for a new one.");
    throw error;
  }
}

/**
 * Random, so the token of a lost account never fits a new account with the same ID. A database restore loses the
 * newest accounts, and their IDs are reused.
 */
const firstEpoch = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

export async function profileOf(ctx: MemberCtx): Promise<Profile> {
  const [[profile]] = await ctx.db.batch([store.profile(ctx.db, ctx.actor.ownerId ?? ctx.actor.memberId)]);
  if (!profile) throw notFound("member");
  return profile;
}

/**
 * Moves a member to a plan, and activates participants who were pending because of the old plan's limit. For the
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
