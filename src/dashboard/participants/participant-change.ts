import type { MemberCtx } from "../../lib/ctx";
import { AppError, invalid } from "../../lib/errors";
import { codeOf } from "../../participants/aliases/alias";
import { signUpBasic, signUpReferred } from "../../participants/signups/signup";
import type { NewPersonForm } from "./participant-forms";

/**
 * Adds a participant manually, with or without a friend's referral code.
 * @returns the participant's ID
 * @throws the errors of signups, and 400 if the code belongs to another campaign
 */
export async function addPerson(ctx: MemberCtx, campaign_id: number, input: NewPersonForm): Promise<number> {
  const { referral_code, ...person } = input;
  if (!referral_code) return (await signUpBasic(ctx, { ...person, campaign_id })).id;
  const referral = await codeOf(ctx, referral_code, campaign_id);
  if (referral.campaign_id !== campaign_id) throw invalid("referral_code", "This code belongs to another campaign.");
  const answer = await signUpReferred(ctx, { ...person, referral_code, campaign_id, ip_address: null });
  if (!answer.attributed) throw new AppError("already_signed_up");
  return answer.id;
}
