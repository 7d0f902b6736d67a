import { z } from "zod";
import { Email, Id, integer, line, OptionalName, QueriedEmail, TimeOut } from "../../lib/fields";
import { filter, moment, WalkQuery } from "../../lib/page";
import { CheckoutCode, TypedCheckoutCode } from "./checkout-code";
import { socialTypes } from "./referral-code";
import { Reward } from "./reward-schema";

const METADATA_MAX_CHARACTERS = 4000;

const METADATA_MAX_LEVELS = 50;

/** Limits the nesting before recursive code runs: JSON text can be nested deeper than the stack. */
const isWithin = (value: unknown, levels: number): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1)));

/** The integrator's own data: an object of at most 4,000 characters as JSON. */
export const Metadata = z
  .unknown()
  .refine((value) => isWithin(value, METADATA_MAX_LEVELS), `must be at most ${METADATA_MAX_LEVELS} levels deep`)
  .pipe(z.record(z.string(), z.json().meta({ description: "Any JSON" })))
  .refine((value) => JSON.stringify(value).length <= METADATA_MAX_CHARACTERS, "must be at most 4000 characters as JSON")
  .meta({ type: "object", additionalProperties: true, example: { source: "checkout" } });

const SOCIAL_TYPE = {
  type: "integer" as const,
  enum: [...socialTypes],
  minimum: 1,
  maximum: socialTypes.length,
  description:
    "A channel: 1 facebook, 2 twitter, 3 linkedin, 4 email, 5 whatsapp, 6 direct, 7 sms, 8 telegram, 9 messenger, 10 reddit, 11 pinterest, 12 QR code.",
};
export const SocialTypeIn = integer(1, socialTypes.length).meta({ ...SOCIAL_TYPE, example: 1 });
export const SocialType = z.int().meta({ ...SOCIAL_TYPE, id: "SocialType" });

export const Participant = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    email: z.string(),
    name: z.string().nullable(),
    date_signedup: TimeOut,
    invited_by: z.int().nullable(),
    invited_social: SocialType.nullable(),
    referral_code: z.string(),
    share_url: z.string(),
    referral_url: z.string().nullable(),
    signup_url: z
      .string()
      .meta({ description: "The page where this participant's friends sign up; share_url redirects to it." }),
    external_id: z.string().nullable(),
    checkout_code: z.string().nullable().meta({ description: "What friends type at checkout." }),
    wallet_address: z.string().nullable().meta({ description: "The wallet address for tokens, in EIP-55 form." }),
    metadata: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ type: ["object", "null"], additionalProperties: true }),
    referral_count: z.int(),
    click_count: z.int(),
    share_count: z
      .int()
      .meta({ description: "Channels the participant shared on: their link was copied, sent, or clicked." }),
    status: z.enum(["active", "pending", "blocked"]),
  })
  .meta({ id: "Participant", description: "Someone who joined a campaign." });
export type Participant = z.input<typeof Participant>;

export const Share = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    participant_id: z.int(),
    social_type: SocialType,
    clicks: z.int(),
    url: z.string(),
    date_shared: TimeOut.nullable().meta({
      description: "When the link was first copied, sent, or clicked. Null for a direct link (6) before that.",
    }),
  })
  .meta({ id: "Share", description: "A participant's link for one channel." });
export type Share = z.input<typeof Share>;

export const WaitlistPlace = z
  .object({
    position: z.int().nullable().meta({ description: "Null once they are admitted, and while they are not active." }),
    of: z.int().meta({ description: "How many participants are waiting." }),
    ahead: z.int().nullable(),
    admitted_at: TimeOut.nullable(),
    ticket: z.int().meta({
      description:
        "The order of signup. The line is sorted by `ticket - referral_count * places_per_friend`; on a tie, the later ticket comes first.",
    }),
    places_per_friend: z.int(),
  })
  .meta({ id: "WaitlistPlace", description: "A participant's place on the waitlist." });
export type WaitlistPlace = z.input<typeof WaitlistPlace>;

/** Null if the campaign has no waitlist. */
export const Waitlist = WaitlistPlace.nullable().meta({ description: "Null if the campaign has no waitlist." });

export const ParticipantDetails = Participant.extend({
  shares: z.array(Share),
  rewards: z.array(Reward).meta({ description: "The newest 100. GET /rewards returns all." }),
  invited_emails: z.array(z.string()),
  total_shares: z.int(),
  total_clicks: z.int(),
  total_rewards: z.int(),
  waitlist: Waitlist,
  aliases: z.array(z.string()).meta({ description: "The participant's referral codes from other products." }),
}).meta({ id: "ParticipantDetails", description: "A participant with their shares and rewards." });
export type ParticipantDetails = z.input<typeof ParticipantDetails>;

export const ParticipantChange = z
  .object({
    email: Email.meta({ description: "Corrects the email address. Links, codes, counts, and rewards stay the same." }),
    name: OptionalName,
    metadata: Metadata.nullable(),
    external_id: line(200).nullable(),
    checkout_code: CheckoutCode.nullable(),
    wallet_address: z.string().max(100).nullable().meta({
      description: "An Ethereum address. If it mixes upper and lower case, its EIP-55 checksum must be right.",
      example: "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    }),
    status: z.enum(["active", "pending", "blocked"]),
    invited_by: Id.nullable().meta({
      type: ["integer", "null"],
      description:
        "Changes their referrer: the ID of an active participant in the campaign, or null for none. The friend counts for the new referrer, who earns rewards by the rules. Existing rewards stay.",
    }),
  })
  .partial()
  .meta({ id: "ParticipantChange", description: "The fields of a participant to change." });
export type ParticipantChange = z.infer<typeof ParticipantChange>;

const SEARCHES = "Searches 10,000 participants.";

export const ParticipantQuery = WalkQuery.extend({
  campaign_id: filter(Id),
  email: filter(QueriedEmail),
  name: filter(z.string().trim().max(200)).meta({
    type: "string",
    description: "Words of the name, in any order. Ignores case and accents. Searches 10,000 participants.",
  }),
  external_id: filter(z.string().max(200)),
  checkout_code: filter(TypedCheckoutCode).meta({ type: "string", description: "Not case-sensitive." }),
  invited_by: filter(Id),
  status: filter(z.enum(["active", "pending", "blocked"])),
  brand_id: filter(Id).meta({ type: "integer", minimum: 1, description: `All campaigns of a brand. ${SEARCHES}` }),
  // An unencoded plus arrives as a space, which no email address contains.
  q: filter(
    z
      .string()
      .trim()
      .max(200)
      .transform((text) => (text.includes("@") ? text.replace(/ /g, "+") : text)),
  ).meta({
    type: "string",
    description: `Words of the name, or part of the email address. ${SEARCHES}`,
  }),
  signed_up_after: moment(`At or after this moment. ${SEARCHES}`),
  signed_up_before: moment(`Before this moment. ${SEARCHES}`),
  metadata: filter(
    z
      .string()
      .max(500)
      .regex(/^[^:]+:/, "must be a key and a value, like plan:gold")
      .transform((pair) => ({ key: pair.slice(0, pair.indexOf(":")), value: pair.slice(pair.indexOf(":") + 1) })),
  ).meta({
    type: "string",
    description: `A metadata key and its value, compared as text. ${SEARCHES}`,
    example: "plan:gold",
  }),
});
export type ParticipantQuery = z.infer<typeof ParticipantQuery>;

export const ParticipantParam = z.object({ participantId: Id });

export const LeaderboardEntry = z
  .object({
    rank: z.int(),
    participant_id: z.int(),
    name: z.string().nullable(),
    referral_count: z.int(),
    click_count: z.int(),
  })
  .meta({ id: "LeaderboardEntry", description: "A participant's rank by referrals." });
export type LeaderboardEntry = z.infer<typeof LeaderboardEntry>;

export const Erased = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "Deleted", description: "The erased participant." });
