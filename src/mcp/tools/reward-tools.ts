import { z } from "zod";
import { invalid } from "../../lib/errors";
import { campaignId, FromParticipant, fromParticipant, id, limit, Reward } from "../shapes";
import { confirmedTool, tool, type Use } from "../tool";

export const listRewards = tool({
  name: "list_rewards",
  title: "List rewards",
  description:
    "Lists earned rewards, newest first: `pending` ones wait for a payment or a coupon code, `held` ones for the end of their hold or an approval. With `participant_id`, shows what a participant earned.",
  input: z.object({
    campaign_id: campaignId.optional(),
    participant_id: id("From find_participant.").optional(),
    status: z.enum(["held", "pending", "fulfilled", "revoked"]).optional(),
    limit,
  }),
  output: z.object({ rewards: z.array(Reward), total: z.number().int() }),
  needs: "read",
  repeats: true,
  run: async (args, { api }) => {
    const { rewards, pagination } = await api.get("/rewards", args);
    return { rewards, total: pagination.total };
  },
});

const IDS_MAX = 25;
const ids = z.array(id("A reward's ID, from list_rewards.")).min(1).max(IDS_MAX);
const Outcome = z.object({
  id: z.number().int(),
  done: z.boolean(),
  status: z.string().nullable(),
  error: z.string().nullable(),
});

const rewardsOf = (rewardIds: number[], { api }: Use) =>
  Promise.all(rewardIds.map((one) => api.get(`/rewards/${one}`)));

const Total = z.object({
  currency: z.string(),
  participants: z.number().int(),
  rewards: z.number().int(),
  amount: z.number().int().describe("In minor units, minus refunds."),
});

const Settling = z.object({
  action: z
    .enum(["approve", "fulfill", "revoke", "pay"])
    .describe(
      "`approve` releases held rewards. `fulfill` marks cash or token rewards as given by hand. `revoke` permanently takes rewards back. `pay` records that cash was paid outside of this product: it moves no money.",
    ),
  reward_ids: ids.optional().describe("Required, unless you `pay` everything that is owed."),
  campaign_id: campaignId.optional().describe("Without reward_ids: pay everything owed in this campaign."),
  participant_id: id("From find_participant. Without reward_ids: pay everything owed to them.").optional(),
  currency: z.string().length(3).optional(),
  reference: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("For `pay`: your own reference, such as a bank transfer's."),
  note: z.string().max(500).optional().describe("The reason, for the team's records. Not for `pay`."),
});
type Settling = z.output<typeof Settling>;

const filterOf = ({ campaign_id, participant_id, currency }: Settling) =>
  Object.fromEntries(
    Object.entries({ campaign_id, participant_id, currency }).filter(([, value]) => value !== undefined),
  );

/** @throws 400 for arguments that do not fit together */
function demandWhole({ action, reward_ids, reference }: Settling) {
  if (action === "pay" ? !reference : !reward_ids)
    throw invalid(action === "pay" ? "reference" : "reward_ids", `is required to ${action}`);
}

export const settleRewards = confirmedTool({
  name: "settle_rewards",
  title: "Approve, pay, or revoke rewards",
  description:
    "Approves held rewards, marks cash rewards as paid with your transfer's reference, marks rewards as given by hand, or revokes them. Select rewards by ID; `pay` can also pay everything owed to a participant or in a campaign. The first call shows the rewards.",
  input: Settling,
  preview: z.object({
    action: z.string(),
    rewards: z.array(Reward).describe("The rewards that you selected by ID."),
    totals: z.array(Total).describe("The amounts owed, if you selected none by ID."),
    owed: z.array(
      z.object({
        participant_id: z.number().int(),
        campaign_id: z.number().int(),
        currency: z.string(),
        rewards: z.number().int(),
        amount: z.number().int(),
        from_participant: FromParticipant,
      }),
    ),
  }),
  result: z.object({
    results: z.array(Outcome).describe("One result per reward, except for `pay`."),
    payout: z
      .object({
        payout_id: z.number().int(),
        paid: z.array(z.number().int()).describe("The IDs of the rewards that were paid."),
        skipped: z.array(z.object({ reward_id: z.number().int(), reason: z.string() })),
        totals: z.array(Total),
        more: z.boolean().describe("Whether more is owed than one payout can pay. If so, call again."),
        may_undo_until: z.string().describe("Until then, people can undo it in the dashboard."),
      })
      .nullable(),
  }),
  needs: "write",
  destroys: true,
  repeats: true,
  reachesOut: true,
  look: async (args, use) => {
    demandWhole(args);
    const { action } = args;
    if (args.reward_ids) return { action, totals: [], owed: [], rewards: await rewardsOf(args.reward_ids, use) };
    const { totals, owed } = await use.api.get("/payouts", { ...filterOf(args), limit: 20 });
    const rows = owed.map((row: { name: string | null; email: string | null }) => ({
      ...row,
      from_participant: fromParticipant(row),
    }));
    return { action, totals, owed: rows, rewards: [] };
  },
  act: async (args, { api, key }) => {
    demandWhole(args);
    const { action, reward_ids, reference, note } = args;
    if (action !== "pay") {
      const body = { ids: reward_ids, action, ...(note !== undefined && { note }) };
      return { ...(await api.post("/rewards/actions", body, key)), payout: null };
    }
    const which = reward_ids ? { reward_ids } : { filter: filterOf(args) };
    const { payout, ...paid } = await api.post("/payouts", { ...which, reference }, key);
    return { results: [], payout: { ...payout, ...paid, payout_id: payout.id } };
  },
});
