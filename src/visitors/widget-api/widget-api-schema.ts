import { z } from "zod";
import { LeaderboardEntry, Metadata, SocialType, Waitlist } from "../../ledger/participant-schema";
import { Reward } from "../../ledger/reward-schema";
import { Email, Id, OptionalName } from "../../lib/fields";
import { signs } from "../bots/gate-schema";

const Goal = z
  .object({ type: z.enum(["signup", "visit"]), target: z.int(), current: z.int(), met: z.boolean() })
  .meta({ id: "Goal" });

const links = z
  .array(z.object({ social_type: z.int(), url: z.string() }))
  .meta({ description: "The share link for each channel, so that visits are attributed to it." });

export const WidgetSignup = z
  .object({
    campaign_id: Id,
    email: Email,
    name: OptionalName.optional(),
    ref: z
      .string()
      .nullish()
      .meta({ description: "The signed referral code the visitor arrived with. Other codes are ignored." }),
    host_url: z.string().nullish().meta({
      description:
        "The URL of the page with the widget. The query is dropped if the URL is longer than 250 characters.",
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
      .meta({ description: "True if the visitor must first confirm their email address; until then nothing counts." }),
    participant_token: z.string().nullable().meta({
      description:
        "Gives access to this participant's own data for one year. Null if `needs_confirmation` is true: the link in the email leads to the participant's own page.",
    }),
    share_url: z.string(),
    referral_code: z.string(),
    referral_count: z.int(),
    click_count: z.int(),
    links,
    goal: Goal,
    reward: Reward.nullable().meta({ description: "The reward the new participant earned by being referred." }),
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
    checkout_code: z.string().nullable(),
    referral_count: z.int(),
    click_count: z.int(),
    share_count: z.int(),
    links,
    goal: Goal,
    rewards: z.array(Reward),
    rank: z.int(),
    waitlist: Waitlist,
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
  .object({
    accepted: z.int().meta({ description: "Number of accepted addresses. Does not reveal who already joined." }),
  })
  .meta({ id: "Invited" });

export const NewImpression = z.object({ campaign_id: Id }).meta({ id: "NewImpression" });
export const Counted = z.object({ counted: z.literal(true) }).meta({ id: "Counted" });

export const ConfigQuery = z.object({ campaign_id: Id });
