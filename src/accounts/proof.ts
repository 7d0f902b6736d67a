import { attempt } from "../auth/limit";
import type { MemberCtx } from "../lib/ctx";
import { invalid } from "../lib/errors";
import * as store from "./account-store";
import { isPassword } from "./password";

/**
 * The member, if the password is correct. Wrong passwords are rate limited.
 * @throws 400 for a wrong password, 429
 */
export async function proven(ctx: MemberCtx, field: string, password: string) {
  const giveBack = await attempt(ctx, "password", `person ${ctx.actor.memberId}`);
  const [[member]] = await ctx.db.batch([store.secretsOf(ctx.db, ctx.actor.memberId)]);
  if (!member || !(await isPassword(password, member.password_hash))) throw wrongPassword(field);
  giveBack();
  return member;
}

export const wrongPassword = (field: string) => invalid(field, "The password is incorrect.");
