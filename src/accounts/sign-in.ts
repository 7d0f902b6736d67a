import { networkOf } from "../auth/address";
import { attempt, RateLimited } from "../auth/limit";
import { memberToken, TOKEN_LIFETIME_SECONDS } from "../auth/token";
import type { Ctx } from "../lib/ctx";
import { commit } from "../lib/db";
import { secret } from "../lib/env";
import { AppError } from "../lib/errors";
import { ID, type Kind, openToken, signToken } from "../lib/signed";
import { hintMails } from "../outbox/emails/email-outbox";
import { idsOf } from "../outbox/queue";
import type { Member, SignedIn, SignIn, TokenRequest } from "./account-schema";
import * as store from "./account-store";
import { arriving, isKnownPlace, type Visit } from "./known-place";
import { isPassword } from "./password";
import { demandCode } from "./second-factor";

/** A member who entered the right password. */
type Recognized = Member & {
  token_epoch: number;
  password_hash: string;
  has_second_factor: boolean;
  needs_second_factor: boolean;
};

/**
 * The member with this email and password. Wrong passwords are limited per email: strictly for one IP address, and more
 * loosely for all addresses together. They are also limited per network, across emails, because an attacker can try one
 * common password on many accounts. If strangers use up one of the wider limits, the member can still sign in from
 * their known places.
 * @throws 401, which takes the same time for an unknown email and a wrong password; 403 `suspended`; 429
 */
export async function authenticate(ctx: Ctx, { email, password }: SignIn, visit: Visit): Promise<Recognized> {
  const [[found]] = await ctx.db.batch([store.memberByEmail(ctx.db, email)]);
  const giveBackHere = await attempt(ctx, "password", `${email} ${visit.address}`);
  const wide = await Promise.allSettled([
    attempt(ctx, "email", email),
    attempt(ctx, "network", networkOf(visit.address)),
  ]);
  const giveBack = () => {
    giveBackHere();
    for (const one of wide) if (one.status === "fulfilled") one.value();
  };
  const refusals = wide.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const mayPass = refusals.every((error) => error instanceof RateLimited) && found;
  if (refusals.length > 0 && !(mayPass && (await isKnownPlace(ctx, found.id, visit)))) {
    giveBack();
    throw refusals[0];
  }
  const isRight = await isPassword(password, found?.password_hash);
  if (!found || !isRight) throw new AppError("unauthenticated", "The email or password is incorrect.");
  giveBack();
  if (found.suspended_at) throw new AppError("suspended");
  return found;
}

/** Valid for ten minutes, or until the password changes. */
const PROOF: Kind = { purpose: "second-factor", secret: "JWT_SECRET", parts: [ID], lifetimeMs: 600_000 };

/** Proof that the password was right, for the step that asks for the code. */
export const proofOf = (ctx: Ctx, { id, password_hash }: Recognized) =>
  signToken(ctx.env, PROOF, { parts: [id], issued: ctx.now(), state: password_hash });

/**
 * The member of this proof, if the code is right.
 * @throws 400 `form_expired`, 401 `second_factor_wrong`, 429
 */
export async function secondStep(ctx: Ctx, { proof, code }: { proof: string; code: string }): Promise<number> {
  const opened = openToken(ctx.env, PROOF, proof, ctx.now());
  const memberId = Number(opened?.parts[0] ?? 0);
  const [[member]] = await ctx.db.batch([store.secretsOf(ctx.db, memberId)]);
  if (!opened || !member || !(await opened.isOurs(member.password_hash)))
    throw new AppError("form_expired", "This sign-in has expired. Go back and start again.");
  await demandCode(ctx, memberId, code);
  return memberId;
}

/** Records a complete sign-in, and notifies the member if it came from a new place. */
export async function noteSignIn(ctx: Ctx, memberId: number, visit: Visit): Promise<void> {
  const [notice, ...kept] = await arriving(ctx, memberId, visit);
  const [, told] = await commit(ctx, store.countLogin(ctx.db, memberId), notice, ...kept);
  ctx.later(hintMails(ctx.env, idsOf(told)));
}

/**
 * Exchanges an email and password for a token. Also requires a code if the member has a second factor.
 * @throws 401, 401 `second_factor_required` or `second_factor_wrong`, 403 `second_factor_missing` if the account
 * requires one and the member has none, 429
 */
export async function signIn(ctx: Ctx, { code, ...input }: TokenRequest, visit: Visit): Promise<SignedIn> {
  // Checked first, so a missing secret fails every request, not only those with the right password.
  secret(ctx.env, "JWT_SECRET");
  const found = await authenticate(ctx, input, visit);
  if (found.has_second_factor) await demandCode(ctx, found.id, code);
  else if (found.needs_second_factor) throw new AppError("second_factor_missing");
  await noteSignIn(ctx, found.id, visit);
  const { id, email, name, token_epoch } = found;
  const token = await memberToken(ctx.env, { id, email, name, token_epoch }, ctx.now());
  return { token, expires_in: TOKEN_LIFETIME_SECONDS, member: { id, email, name } };
}
