import { z } from "zod";
import { invalid } from "../../lib/errors";
import {
  campaignId,
  FromParticipant,
  fromParticipant,
  id,
  limit,
  Participant,
  participantOf,
  Reason,
  Reward,
} from "../shapes";
import { confirmedTool, tool } from "../tool";

export const findParticipant = tool({
  name: "find_participant",
  title: "Find a participant",
  description:
    "Finds participants by email, by part of their name or email, by your own external ID, by checkout code, or by their referrer. Without a filter, lists the newest. To find out why someone got a reward or did not, use explain_referral.",
  input: z.object({
    campaign_id: campaignId.optional(),
    email: z.string().max(320).optional().describe("The full email address."),
    search: z.string().max(200).optional().describe("Words of the name, or part of the email address."),
    external_id: z.string().max(200).optional(),
    checkout_code: z.string().max(100).optional(),
    referred_by: id("The referrer's participant ID.").optional(),
    status: z.enum(["active", "pending", "blocked"]).optional(),
    limit,
  }),
  output: z.object({ participants: z.array(Participant), total: z.number().int() }),
  needs: "read",
  repeats: true,
  run: async ({ search, referred_by, ...filter }, { api }) => {
    const found = await api.get("/participants", { ...filter, q: search, invited_by: referred_by });
    return { participants: found.participants.map(participantOf), total: found.pagination.total };
  },
});

export const signUpParticipant = tool({
  name: "sign_up_participant",
  title: "Sign a participant up",
  description:
    "Adds a participant to a live campaign, optionally as a participant's friend: send the referrer's ID or referral code, and the referral counts. Existing participants do not change and keep their first referrer. Real people get real rewards and emails, so use test data only in test campaigns.",
  input: z.object({
    campaign_id: campaignId,
    email: z.string().min(3).max(320),
    name: z.string().min(1).max(200),
    referred_by: id("The referrer's participant ID.").optional(),
    referral_code: z.string().max(500).optional().describe("Instead of referred_by."),
    external_id: z.string().max(200).optional().describe("Their ID in your own system."),
  }),
  output: z.object({
    is_new: z.boolean(),
    attributed: z.boolean().describe("Whether this signup counts for a referrer."),
    participant: Participant,
    rewards: z.array(Reward).describe("The rewards that this signup earned the referrer and the friend."),
  }),
  needs: "write",
  repeats: true,
  reachesOut: true,
  run: async ({ referred_by, referral_code, ...person }, { api }) => {
    const code =
      referral_code ?? (referred_by && (await api.get(`/participants/${referred_by}`)).referral_code) ?? undefined;
    if (code === undefined) {
      const known = await api.get("/participants", { campaign_id: person.campaign_id, email: person.email });
      const [there] = known.participants;
      const participant = there ?? (await api.post("/signups", person));
      return { is_new: !there, attributed: false, participant: participantOf(participant), rewards: [] };
    }
    const signed = await api.post("/signups/referral", { ...person, referral_code: code });
    if (!signed.attributed) {
      const participant = await api.get(`/participants/${signed.id}`);
      return { is_new: false, attributed: false, participant: participantOf(participant), rewards: [] };
    }
    const { participant } = signed;
    const earned = await api.get("/rewards", { participant_id: participant.id, limit: 20 });
    const rewards = [signed.reward, ...earned.rewards].filter(Boolean);
    return { is_new: true, attributed: true, participant: participantOf(participant), rewards };
  },
});

const Decision = z.object({
  id: z.string(),
  at: z.string(),
  subject: z.object({ type: z.string(), id: z.number().int().nullable() }),
  outcome: z.string().describe("credited, not_credited, held, capped, or reversed."),
  reasons: z.array(Reason),
});

export const explainReferral = tool({
  name: "explain_referral",
  title: "Explain a participant's rewards",
  description:
    "Explains why a participant got a reward or did not: each decision about their signup, their friends, visits, purchases, refunds, and holds, with its reasons, newest first; their rewards; and who referred them. Use find_participant to get the participant's ID.",
  input: z.object({ participant_id: id("From find_participant."), limit }),
  output: z.object({
    participant: Participant,
    referrer: z.object({ id: z.number().int(), status: z.string(), from_participant: FromParticipant }).nullable(),
    decisions: z.array(Decision),
    rewards: z.array(Reward),
    waitlist_position: z.number().int().nullable(),
  }),
  needs: "read",
  repeats: true,
  run: async ({ participant_id, limit }, { api }) => {
    const [participant, { decisions }] = await Promise.all([
      api.get(`/participants/${participant_id}`),
      api.get("/decisions", { participant_id, limit }),
    ]);
    const referrer = participant.invited_by === null ? null : await api.get(`/participants/${participant.invited_by}`);
    return {
      participant: participantOf(participant),
      referrer: referrer && { ...referrer, from_participant: fromParticipant(referrer) },
      decisions,
      rewards: participant.rewards.slice(0, limit),
      waitlist_position: participant.waitlist?.position ?? null,
    };
  },
});

export const releaseWaitlist = confirmedTool({
  name: "release_waitlist",
  title: "Admit participants from a waitlist",
  description:
    "Admits the first `count` participants of a campaign's waitlist, or those with enough referrals. They get an email and their rewards. This cannot be undone. The first call only shows who would be admitted.",
  input: z.object({
    campaign_id: campaignId,
    count: z.number().int().min(1).max(100_000).optional(),
    min_referrals: z.number().int().min(1).max(1_000_000).optional(),
  }),
  preview: z.object({
    would_admit: z.number().int(),
    waiting: z.number().int(),
    first: z.array(
      z.object({ id: z.number().int(), referral_count: z.number().int(), from_participant: FromParticipant }),
    ),
  }),
  result: z.object({ release_id: z.number().int(), status: z.string(), admitted: z.number().int() }),
  needs: "write",
  destroys: true,
  repeats: true,
  reachesOut: true,
  look: async (args, { api }) => {
    const dry = await api.post(`/campaigns/${args.campaign_id}/releases`, { ...releaseOf(args), dry_run: true });
    const first = dry.first.map((row: { email: string; name: string | null }) => ({
      ...row,
      from_participant: fromParticipant(row),
    }));
    return { ...dry, first };
  },
  act: async (args, { api, key }) => {
    const release = await api.post(`/campaigns/${args.campaign_id}/releases`, releaseOf(args), key);
    return { release_id: release.id, status: release.status, admitted: release.admitted };
  },
});

function releaseOf({ count, min_referrals }: { count?: number | undefined; min_referrals?: number | undefined }) {
  if (count === undefined && min_referrals === undefined) throw invalid("count", "or min_referrals is required");
  return { ...(count !== undefined && { count }), ...(min_referrals !== undefined && { filter: { min_referrals } }) };
}
