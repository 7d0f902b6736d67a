import type { Ctx } from "../../lib/ctx";
import type { Env } from "../../lib/env";
import { AppError } from "../../lib/errors";
import { turnstileVerdict } from "../../visitors/bots/turnstile";
import type { NewMemberOut } from "../account-schema";
import type { Visit } from "../known-place";
import * as members from "../member";
import { invitationOf } from "../team/team";
import { invitationIn } from "./registration-link";
import type { Pass, Registration, SignUpForm } from "./registration-schema";

export type Mode = "open" | "invitation" | "off";

/** Only the two words that close registration close it. Any other value leaves it open, the default. */
export const modeOf = ({ REGISTRATION }: Pick<Env, "REGISTRATION">): Mode =>
  REGISTRATION === "invitation" || REGISTRATION === "off" ? REGISTRATION : "open";

/** Turnstile's site key, if this installation requires newcomers to pass Turnstile. */
export const siteKeyOf = ({ TURNSTILE_SITE_KEY, TURNSTILE_SECRET }: Env) =>
  TURNSTILE_SITE_KEY && TURNSTILE_SECRET ? TURNSTILE_SITE_KEY : null;

/**
 * Creates an account, if the newcomer is admitted.
 * @throws 403 `registration_closed`, 400 `captcha_failed`, 409 `email_taken`
 */
export async function register(ctx: Ctx, input: Registration, address: string): Promise<NewMemberOut> {
  const registration = await admit(ctx, input, address);
  const { invitation: _, turnstile_token: __, ...member } = input;
  return members.register(ctx, { ...member, registration });
}

/**
 * Creates an account and its first brand, if the newcomer is admitted.
 * @throws as `register`, and 400 for an invalid website
 */
export async function signUp(ctx: Ctx, input: SignUpForm, visit: Visit): Promise<NewMemberOut> {
  const registration = await admit(ctx, input, visit.address);
  const { invitation: _, turnstile_token: __, ...member } = input;
  return members.signUp(ctx, { ...member, registration }, visit);
}

/**
 * Decides whether to admit a newcomer. If registration is open, anyone who passes Turnstile; otherwise only with an
 * invitation. A team invitation admits the email address that it was sent to.
 * @returns the ID of the administrator's invitation, which the new account uses up; null without one
 */
async function admit(ctx: Ctx, { email, invitation, turnstile_token }: Pass, address: string): Promise<string | null> {
  const mode = modeOf(ctx.env);
  if (invitation) {
    if ((await invitationOf(ctx, invitation))?.email === email) return null;
    const id = mode === "off" ? null : await invitationIn(ctx.env, invitation, ctx.now());
    if (id) return id;
  }
  if (mode === "off") throw new AppError("registration_closed", "New accounts are not accepted on this installation.");
  if (mode === "invitation")
    throw new AppError(
      "registration_closed",
      "New accounts need an invitation. Yours is missing, expired, or already used.",
    );
  await refusePrograms(ctx, turnstile_token, address);
  return null;
}

/** If Cloudflare cannot be reached, we rely on the rate limit per IP address. */
async function refusePrograms({ env, ...ctx }: Ctx, token: Pass["turnstile_token"], address: string) {
  if (!siteKeyOf(env) || !env.TURNSTILE_SECRET) return;
  if (!token || (await turnstileVerdict({ env, ...ctx }, env.TURNSTILE_SECRET, token, address)) === "failed")
    throw new AppError("captcha_failed");
}
