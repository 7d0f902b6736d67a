"use client";
export { type Goal, type Joined, type JoinOptions, type Me, ReferralError, type Reward } from "./referral-api.js";
export { type Channel, type Identity, type ReferralOptions, type ReferralState, useReferral } from "./use-referral.js";
export { ReferralsWidget, type ReferralsWidgetProps, type WidgetEvent } from "./widget.js";
