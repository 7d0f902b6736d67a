import { participantToken } from "../auth/token";
import type { Ctx } from "../ctx";
import { readSignedCode } from "../participants/code";
import { toParticipant } from "../participants/participant";
import { toReward } from "../rewards/earned";
import { signUp } from "../signups/signup";
import type { WidgetSignup } from "./schema";

const PAGE_MAX_CHARACTERS = 250;

/** A visitor signs himself up. @throws 404 for a campaign that is not there. */
export async function join(ctx: Ctx, { campaign_id, email, name, ref, host_url }: WidgetSignup, address: string) {
  const referral = ref ? await readSignedCode(ctx.env, ref) : null;
  const came = await signUp(ctx, {
    campaign_id,
    email,
    name: name || null,
    referral_url: host_url?.slice(0, PAGE_MAX_CHARACTERS),
    ip_address: address,
    referral: referral?.campaign_id === campaign_id ? referral : null,
    lenient: true,
  });
  if (!came.is_new) return { already_joined: true as const };
  const { referral_code, share_url, referral_count, click_count } = await toParticipant(
    ctx,
    came.participant,
    came.destination,
  );
  return {
    already_joined: false as const,
    participant_token: await participantToken(ctx.env, came.participant, ctx.now()),
    share_url,
    referral_code,
    referral_count,
    click_count,
    goal: came.goal,
    reward: came.invited_reward && toReward(came.invited_reward),
  };
}
