import type { ParticipantRow } from "../../../drizzle/schema/index";
import type { Env } from "../../lib/env";
import { type Destination, landing, linkOrigin } from "./landing";
import type { Participant } from "./participant-schema";
import { DIRECT, referralCode, shareUrl } from "./referral-code";

/** The participant as the API returns it. `origin` is the share links' scheme and host. */
export async function toParticipant(
  ctx: { env: Env; origin: string },
  row: ParticipantRow,
  destination: Destination,
): Promise<Participant> {
  const referral_code = await referralCode(ctx.env, {
    campaign_id: row.campaign_id,
    social_type: DIRECT,
    participant_id: row.id,
  });
  return {
    ...row,
    // A ledger of the previous release does not return the code.
    checkout_code: row.checkout_code ?? null,
    wallet_address: row.wallet_address ?? null,
    referral_code,
    share_url: shareUrl(linkOrigin(ctx.origin, destination), referral_code),
    signup_url: landing(ctx.origin, destination, { code: referral_code }),
  };
}
