import { z } from "zod";
import { Answers } from "../../campaigns/form-field";
import {
  LeaderboardEntry,
  Metadata,
  SocialType,
  SocialTypeIn,
  Waitlist,
} from "../../ledger/records/participant-schema";
import { Reward } from "../../ledger/records/reward-schema";
import { Sum } from "../../lib/currency";
import { Email, Id, OptionalName } from "../../lib/fields";
import { signs } from "../bots/gate-schema";
import { arrival } from "./arrival-schema";

const Goal = z
  .object({ type: z.enum(["signup", "visit"]), target: z.int(), current: z.int(), met: z.boolean() })
  .meta({ id: "Goal", description: "How far a participant is from the campaign's goal." });

const links = z
  .array(z.object({ social_type: SocialType, url: z.string() }))
  .meta({ description: "The share link for each channel, so visits are attributed to it." });

export const WidgetSignup = z
  .object({
    campaign_id: Id,
    email: Email,
    name: OptionalName.optional(),
    ref: z.string().nullish().meta({
      description:
        "The referral code the visitor arrived with: our own signed code, or a participant's code from another product. Other codes are ignored.",
    }),
    host_url: z.string().nullish().meta({
      description:
        "The URL of the page with the widget. The query is dropped if the URL is longer than 250 characters.",
    }),
    ...arrival,
    metadata: Metadata.nullish(),
    answers: Answers.nullish().meta({
      description:
        "Answers to the questions in the widget's `fields`, by key. Required answers must be present. They become part of `metadata`.",
      example: { phone: "+1 555 0100" },
    }),
    ...signs,
  })
  .meta({ id: "WidgetSignup", description: "A visitor who joins in the widget." });
export type WidgetSignup = z.infer<typeof WidgetSignup>;

/** Why a participant does not have a reward. If it is a review, they only learn that there is one. */
const rewardWhys = ["days", "approval", "review", "not_counted", "gone"] as const;

const OwnReward = Reward.extend({
  why: z.enum(rewardWhys).nullable().meta({
    description:
      "Why the participant does not have it yet. `days`, `approval`, `review`: it is held for its days, the owner's approval, or a review. `not_counted`: a review denied it. `gone`: it was lost in another way. Null if they have it.",
  }),
  confirm_email: z.boolean().meta({
    description:
      "Whether confirming their email address may release it; we emailed them a link. True only if `why` is `review`.",
  }),
}).meta({ id: "OwnReward", description: "A reward, as its participant sees it." });
export type OwnReward = z.input<typeof OwnReward>;

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
    reward: OwnReward.nullable().meta({ description: "The reward the new participant earned by being referred." }),
  })
  .meta({ id: "Joined", description: "What a new participant may know." });

/** Existing participants get nothing else, because anybody can enter anybody's email. */
const AlreadyJoined = z
  .object({ already_joined: z.literal(true) })
  .meta({ id: "AlreadyJoined", description: "The email address is in the campaign already." });

export const SignupAnswer = z.union([Joined, AlreadyJoined]).meta({
  id: "WidgetJoin",
  description: "The result of a signup in the widget. `already_joined` tells them apart.",
});

const Credit = z
  .object({
    currency: z.string(),
    amount: Sum.meta({ description: "The balance in the currency's minor unit." }),
    value: z.number().meta({ description: "The balance in the major unit." }),
  })
  .meta({ id: "StoreCredit", description: "A participant's store credit in a currency." });

const Friend = z
  .object({
    name: z.string().nullable().meta({ description: 'Shortened, as in "Ada L.". Null if it may not be shown.' }),
    status: z.enum(["joined", "waiting"]).meta({ description: "`waiting` until they confirm their email address." }),
    date_joined: z.string().meta({ format: "date-time" }),
  })
  .meta({ id: "Friend", description: "One of a participant's friends." });

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
    rewards: z.array(OwnReward),
    rank: z.int(),
    waitlist: Waitlist,
    limit: z.enum(["total", "month", "budget"]).nullable().meta({
      description:
        "Why a rule gives the participant no more rewards: `total` for max_per_participant, `month` for max_per_month, `budget` if its budget is spent for now. Null if nothing limits them.",
    }),
    friends: z.array(Friend).meta({ description: "The participant's last 20 friends, newest first." }),
    credit: z.array(Credit).meta({ description: "Store credit per currency the participant has had." }),
  })
  .meta({ id: "OwnNumbers", description: "What a participant sees about themselves." });

/** Public, so names are shortened, as in "Ada L.". */
export const LeaderEntry = LeaderboardEntry.omit({ participant_id: true }).meta({
  id: "Leader",
  description: "A place in the public leaderboard, with a shortened name.",
});
export const Leaders = z
  .object({ leaderboard: z.array(LeaderEntry) })
  .meta({ id: "Leaders", description: "The first participants of the leaderboard." });

export const NewShare = z
  .object({ social_type: SocialTypeIn })
  .meta({ id: "NewShare", description: "The channel the participant shared on." });

export const Shared = z
  .object({ social_type: SocialType, url: z.string().meta({ description: "The link to share on this channel." }) })
  .meta({ id: "Shared", description: "The link for a channel." });

export const NewWord = z
  .object({ word: z.string().max(100) })
  .meta({ id: "NewWord", description: "A word for the participant's link." });

export const OwnLink = z
  .object({ word: z.string(), share_url: z.string() })
  .meta({ id: "OwnLink", description: "The participant's link with their chosen word." });

export const Invite = z
  .object({ emails: z.array(Email).min(1).max(10) })
  .meta({ id: "Invite", description: "Email addresses of friends." });

export const Invited = z
  .object({
    accepted: z.int().meta({ description: "Number of accepted addresses. Does not reveal who already joined." }),
  })
  .meta({ id: "Invited", description: "The result of the invitations." });

export const NewImpression = z
  .object({ campaign_id: Id })
  .meta({ id: "NewImpression", description: "A view of the widget." });
export const Counted = z
  .object({ counted: z.literal(true) })
  .meta({ id: "Counted", description: "Confirms that the view was counted." });

export const ConfigQuery = z.object({ campaign_id: Id });

/** Old links can have several parameters that may contain the code. */
export const OldLinkQuery = ConfigQuery.extend({
  code: z
    .union([z.string(), z.array(z.string())])
    .transform((sent) => [sent].flat())
    .meta({ type: "string", description: "A possible code from another product. May be repeated." }),
});
