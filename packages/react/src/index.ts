"use client";
export {
  type Channel,
  type Friend,
  type Goal,
  type Joined,
  type JoinOptions,
  type Me,
  ReferralError,
  type Reward,
} from "./referral-api.js";
export { type Campaign, type CampaignState, type FormField, useCampaign } from "./use-campaign.js";
export { type Identity, type ReferralOptions, type ReferralState, useReferral } from "./use-referral.js";
export { ReferralsWidget, type ReferralsWidgetProps, type WidgetEvent } from "./widget.js";
