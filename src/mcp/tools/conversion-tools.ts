import { z } from "zod";
import { campaignId, id, minor, Reason, Reward } from "../shapes";
import { confirmedTool } from "../tool";

const Conversion = z.object({
  id: z.number().int(),
  campaign_id: z.number().int(),
  participant_id: z.number().int().nullable().describe("The buyer, if they are a participant."),
  referrer_id: z.number().int().nullable(),
  event_name: z.string(),
  conversion_id: z.string(),
  amount: z.number().int(),
  currency: z.string(),
  refunded_amount: z.number().int(),
  occurred_at: z.string(),
});

const event = z.string().min(1).max(64).default("purchase").describe("The kind of conversion.");
const orderId = z.string().min(1).max(200).describe("Your own ID for the conversion, such as the order number.");

export const recordConversion = confirmedTool({
  name: "record_conversion",
  title: "Record a purchase",
  description:
    "Records a buyer's purchase or another event by hand. Shops report theirs through the API or a connected payment provider. Rules of the campaign may give rewards for it. The first call shows which rules apply. The same conversion_id counts once.",
  input: z.object({
    campaign_id: campaignId,
    conversion_id: orderId,
    event_name: event,
    amount: minor("The purchase."),
    currency: z.string().length(3).optional(),
    participant_id: id("The buyer, from find_participant.").optional(),
    email: z.string().max(320).optional().describe("The buyer's email, instead of participant_id."),
    referral_code: z.string().max(500).optional().describe("The referrer's code, if the buyer is not a participant."),
  }),
  preview: z.object({
    campaign: z.object({ id: z.number().int(), name: z.string(), status: z.string() }),
    amount: z.number().int(),
    currency: z.string(),
    rules: z
      .array(
        z.object({
          rule_id: z.number().int(),
          role: z.string(),
          gives: z.number().int().nullable(),
          currency: z.string(),
        }),
      )
      .describe(
        "The rules for this event, before caps, budgets, and checks. `gives` is in minor units, null for other kinds.",
      ),
  }),
  result: z.object({
    conversion: Conversion,
    outcome: z.string().describe("credited, not_credited, held, or capped."),
    reasons: z.array(Reason),
    rewards: z.array(Reward),
    duplicate: z.boolean().describe("Whether it was already recorded. If so, nothing changed."),
  }),
  needs: "write",
  destroys: true,
  repeats: true,
  reachesOut: true,
  look: async ({ campaign_id, event_name, amount, ...args }, { api }) => {
    const [campaign, { rules }] = await Promise.all([
      api.get(`/campaigns/${campaign_id}`),
      api.get(`/campaigns/${campaign_id}/rules`),
    ]);
    const currency = args.currency ?? campaign.currency;
    const applied = rules.filter(
      (rule: RuleRow) =>
        rule.trigger === "conversion" && (rule.event_name ?? "purchase") === event_name && amount >= rule.min_amount,
    );
    return {
      campaign,
      amount,
      currency,
      rules: applied.map(({ id: rule_id, role, reward }: RuleRow) => ({
        rule_id,
        role,
        gives: givenFor(amount, reward),
        currency: campaign.currency,
      })),
    };
  },
  act: async (args, { api, key }) => {
    const { conversion, decision, rewards, duplicate } = await api.post("/conversions", args, key);
    return { conversion, outcome: decision.outcome, reasons: decision.reasons, rewards, duplicate };
  },
});

type RuleRow = {
  id: number;
  role: string;
  trigger: string;
  event_name: string | null;
  min_amount: number;
  reward: { amount: number | null; percent: number | null; max_amount: number | null };
};

function givenFor(sale: number, { amount, percent, max_amount }: RuleRow["reward"]) {
  if (percent === null) return amount;
  return Math.min(Math.floor((sale * percent) / 100), max_amount ?? Number.MAX_SAFE_INTEGER);
}

export const recordRefund = confirmedTool({
  name: "record_refund",
  title: "Record a refund",
  description:
    "Records that a purchase was refunded in full or in part, and reduces its rewards by the same share. The first call shows the purchase if it is among the campaign's newest 100. The same refund_id counts once.",
  input: z.object({
    campaign_id: campaignId,
    conversion_id: orderId,
    event_name: event,
    refund_id: z.string().min(1).max(200).describe("Your own ID for the refund."),
    amount: minor("The refunded amount. Default: the full remaining amount.").min(1).optional(),
    reason: z.string().max(500).optional(),
  }),
  preview: z.object({
    conversion: Conversion.nullable().describe("Null if it was not found. In that case, the refund waits for it."),
    would_refund: z.number().int().nullable(),
  }),
  result: z.object({
    conversion: Conversion.nullable(),
    rewards: z.array(Reward).describe("The purchase's rewards in their current state."),
    duplicate: z.boolean(),
  }),
  needs: "write",
  destroys: true,
  repeats: true,
  reachesOut: true,
  look: async ({ campaign_id, conversion_id, event_name, amount }, { api }) => {
    const { conversions } = await api.get("/conversions", { campaign_id, event_name, limit: 100 });
    const conversion =
      conversions.find((row: { conversion_id: string }) => row.conversion_id === conversion_id) ?? null;
    const left = conversion && conversion.amount - conversion.refunded_amount;
    return { conversion, would_refund: left === null ? null : Math.min(amount ?? left, left) };
  },
  act: (args, { api, key }) => api.post("/refunds", args, key),
});
