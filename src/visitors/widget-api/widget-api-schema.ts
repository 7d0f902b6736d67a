import { z } from "zod";
import { LeaderboardEntry, Metadata, SocialType } from "../../ledger/participant-schema";
import { Reward } from "../../ledger/reward-schema";
import { Email, Id, line } from "../../lib/fields";
import { signs } from "../bots/gate-schema";

const Goal = z
  .object({ type: z.enum(["signup", "visit"]), target: z.int(), current: z.int(), met: z.boolean() })
  .meta({ id: "Goal" });

const links = z
  .array(z.object({ social_type: z.int(), url: z.string() }))
  .meta({ description: "The link to share on each channel: who comes by it is counted there." });

export const WidgetSignup = z
  .object({
    campaign_id: Id,
    email: Email,
    name: line(200).nullish(),
    ref: z
      .string()
      .nullish()
      .meta({ description: "The signed code that the visitor came with; others are left aside." }),
    host_url: z.string().nullish().meta({
      description: "The page that the widget stands on. Without its query where it has more than 250 characters.",
    }),
    metadata: Metadata.nullish(),
    ...signs,
  })
  .meta({ id: "WidgetSignup" });
export type WidgetSignup = z.infer<typeof WidgetSignup>;

export const Joined = z
  .object({
    already_joined: z.literal(false),
    needs_confirmation: z
      .boolean()
      .meta({ description: "Nothing counts before the visitor has followed the link in the mail that he got." }),
    participant_token: z.string().meta({ description: "Opens this participant's own numbers, for a year." }),
    share_url: z.string(),
    referral_code: z.string(),
    referral_count: z.int(),
    click_count: z.int(),
    links,
    goal: Goal,
    reward: Reward.nullable().meta({ description: "What the friend's invitation earned the newcomer." }),
  })
  .meta({ id: "Joined" });

/** Existing participants get nothing else: anybody can enter anybody's email. */
export const AlreadyJoined = z.object({ already_joined: z.literal(true) }).meta({ id: "AlreadyJoined" });

export const OwnNumbers = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    name: z.string().nullable(),
    status: z.enum(["active", "pending", "blocked"]),
    referral_code: z.string(),
    share_url: z.string(),
    referral_count: z.int(),
    click_count: z.int(),
    share_count: z.int(),
    links,
    goal: Goal,
    rewards: z.array(Reward),
    rank: z.int(),
  })
  .meta({ id: "OwnNumbers" });

/** Public, so names are shortened, as in "Ada L.". */
export const LeaderEntry = LeaderboardEntry.omit({ participant_id: true }).meta({ id: "Leader" });
export const Leaders = z.object({ leaderboard: z.array(LeaderEntry) }).meta({ id: "Leaders" });

export const NewShare = z.object({ social_type: SocialType }).meta({ id: "NewShare" });

export const Shared = z
  .object({ social_type: z.int(), url: z.string().meta({ description: "The link to share on this channel." }) })
  .meta({ id: "Shared" });

export const Invite = z.object({ emails: z.array(Email).min(1).max(10) }).meta({ id: "Invite" });

export const Invited = z
  .object({ accepted: z.int().meta({ description: "Addresses taken; who is in already is not told." }) })
  .meta({ id: "Invited" });

export const NewImpression = z.object({ campaign_id: Id }).meta({ id: "NewImpression" });
export const Counted = z.object({ counted: z.literal(true) }).meta({ id: "Counted" });

export const ConfigQuery = z.object({ campaign_id: Id });
