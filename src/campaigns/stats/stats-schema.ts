import { z } from "zod";

export const CampaignStats = z
  .object({
    campaign_id: z.int(),
    total_participants: z.int(),
    total_referrals: z.int(),
    total_shares: z.int(),
    total_clicks: z.int(),
    total_impressions: z.int(),
    total_rewards_given: z.int().meta({ description: "Fulfilled rewards of referrers and friends." }),
    rewards_pending: z.int(),
    coupons_available: z.int(),
    daily_signups: z.record(z.string(), z.int()).meta({
      description: "Signups by UTC day for the last 30 days. Days without signups are omitted.",
      example: { "2026-01-30": 4, "2026-01-31": 12 },
    }),
  })
  .meta({ id: "CampaignStats", description: "Totals of a campaign, and its signups of the last 30 days." });
export type CampaignStats = z.infer<typeof CampaignStats>;
