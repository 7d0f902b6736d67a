import type { InferColumnsDataTypes } from "drizzle-orm";
import { brands, campaigns, type ParticipantRow } from "../../drizzle/schema";
import type { Env } from "../lib/env";
import type { Participant } from "./participant-schema";
import { DIRECT, referralCode, shareUrl } from "./referral-code";

/** The columns that decide where a campaign's share links lead. */
export const destinationColumns = {
  landing_url: campaigns.landing_url,
  publish: campaigns.publish,
  slug: brands.slug,
  url: brands.url,
};
export type Destination = { campaign_id: number } & InferColumnsDataTypes<typeof destinationColumns>;

/** The participant as the API returns it. `origin` is the scheme and host of the share links. */
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
    referral_code,
    share_url: shareUrl(ctx.origin, referral_code),
    signup_url: landing(ctx.origin, destination, referral_code),
  };
}

/** The campaign's landing URL, otherwise its hosted page if public, otherwise the brand's website, with `?ref=<code>`. */
export function landing(origin: string, destination: Destination, code: string) {
  const hosted =
    destination.publish === "public" ? `${origin}/p/${destination.slug}/campaign/${destination.campaign_id}` : null;
  const url = new URL(destination.landing_url ?? hosted ?? destination.url);
  url.searchParams.set("ref", code);
  return url.href;
}
