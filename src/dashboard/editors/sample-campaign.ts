import { NO_KIT } from "../../campaigns/brand-kit";
import { NO_REWARD } from "../../campaigns/reward/shown-reward-store";
import { rewardKinds } from "../../ledger/records/reward-kinds";

/** A campaign that does not exist, for previews that do not belong to a campaign. */
export const sampleCampaign = {
  campaign_id: 0,
  campaign_name: "",
  goal_type: "signup" as "signup" | "visit",
  num_signups: 1,
  num_visits: null as number | null,
  reward_type: rewardKinds.coupon.id as number,
  reward_invited: false,
  allow_email: false,
  publish: "private" as const,
  waitlist_enabled: false,
  waitlist_places_per_friend: 1,
  stage: "live" as const,
  starts_at: null,
  ends_at: null,
  allow_countdown: false,
  countdown_end: null,
  brand_domain: "",
  brand_name: "",
  kit: NO_KIT,
  brand_logo_url: null,
  total_participants: 0,
  total_shares: 0,
  total_clicks: 0,
  total_impressions: 0,
  shown_reward: NO_REWARD,
  promised_rules: [],
};
