import { z } from "zod";
import { campaignId } from "../shapes";
import { tool } from "../tool";

const CODES_MAX = 1_000;

export const uploadCodes = tool({
  name: "upload_codes",
  title: "Upload coupon codes",
  description: `Adds coupon codes to a campaign's pool, at most ${CODES_MAX} a call. Each code is given once. Codes that are there already are skipped, and rewards that waited for a code get theirs, oldest first.`,
  input: z.object({
    campaign_id: campaignId,
    codes: z.array(z.string().min(1).max(100)).min(1).max(CODES_MAX),
  }),
  output: z.object({
    added: z.number().int(),
    duplicates: z.number().int(),
    invalid: z.number().int(),
    filled: z.number().int().describe("Rewards that waited for a code and have one now."),
  }),
  needs: "write",
  repeats: true,
  reachesOut: true,
  run: ({ campaign_id, codes }, { api }) => api.post(`/campaigns/${campaign_id}/coupons`, { codes }),
});

export const couponStock = tool({
  name: "coupon_stock",
  title: "Coupon codes left",
  description:
    "How many coupon codes of a campaign are left and given, how many rewards wait for one, and its last uploads. Use it when coupon rewards stay pending.",
  input: z.object({ campaign_id: campaignId }),
  output: z.object({
    total: z.number().int(),
    available: z.number().int(),
    assigned: z.number().int(),
    rewards_waiting: z.number().int(),
    uploads: z.array(z.object({ id: z.number().int(), added: z.number().int(), date_added: z.string() })),
  }),
  needs: "read",
  repeats: true,
  run: async ({ campaign_id }, { api }) => {
    const [stock, { uploads }, waiting] = await Promise.all([
      api.get(`/campaigns/${campaign_id}/coupons`, { limit: 1 }),
      api.get(`/campaigns/${campaign_id}/coupon-uploads`),
      api.get("/rewards", { campaign_id, status: "pending", reward_type: 1, limit: 1 }),
    ]);
    return { ...stock, uploads, rewards_waiting: waiting.pagination.total };
  },
});
