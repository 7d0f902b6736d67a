import { z } from "zod";
import { attributions, conversionOutcomes } from "../../../drizzle/schema/conversions";
import { reviewStates } from "../../../drizzle/schema/reviews";
import type { EventType } from "../../../drizzle/schema/webhooks";
import { SocialType } from "../../ledger/participant-schema";
import { Reward } from "../../ledger/reward-schema";
import { TimeOut } from "../../lib/fields";

const ERASED = "Null once the participant is erased.";

const participant = {
  campaign_id: z.int(),
  participant_id: z.int().nullable().meta({ description: ERASED }),
  email: z.string().nullable().meta({ description: ERASED }),
  name: z.string().nullable(),
};

const link = {
  referral_code: z.string().nullable().meta({ description: ERASED }),
  share_url: z.string().nullable().meta({ description: ERASED }),
};

/** The fields of a participant whose change is an event. */
export const changeable = ["email", "name", "external_id", "metadata"] as const;

const metadata = z
  .record(z.string(), z.unknown())
  .nullable()
  .meta({ type: ["object", "null"], additionalProperties: true });

const signup = z.object({
  ...participant,
  date_signedup: TimeOut.nullable().meta({ type: ["string", "null"], format: "date-time" }),
  invited_by: z.int().nullable(),
  invited_social: SocialType.nullable(),
  referrer: z
    .object({
      id: z.int(),
      name: z.string().nullable(),
      referral_code: z.string().nullable().meta({ description: ERASED }),
    })
    .meta({ id: "EventReferrer", description: "Who referred a participant." })
    .nullable(),
  ...link,
  external_id: z.string().nullable(),
  metadata,
});

const status = z
  .object({
    ...participant,
    external_id: z.string().nullable(),
    status: z.enum(["active", "pending", "blocked"]).meta({ description: "The participant's status from then on." }),
  })
  .meta({ id: "ParticipantStatusData", description: "A participant and their new status." });

const conversion = {
  id: z.int().nullable().meta({ description: "Our id of the conversion." }),
  campaign_id: z.int(),
  participant_id: z.int().nullable().meta({ description: "Null if only the referrer is known." }),
  referrer_id: z.int().nullable(),
  event_name: z.string(),
  conversion_id: z.string().meta({ description: "Your own id of the conversion." }),
  currency: z.string().nullable(),
};

/** Without all of this if the reward was erased before the event went out. */
const reward = Reward.extend({
  participant: z
    .object({
      id: z.int().nullable(),
      email: z.string().nullable(),
      name: z.string().nullable(),
      external_id: z.string().nullable(),
      metadata,
    })
    .meta({ description: "Who earned it." }),
}).meta({ id: "RewardData", description: "The reward as it was at the time of the event." });

const coupons = z
  .object({
    campaign_id: z.int(),
    available: z.int().meta({ description: "Codes that are left." }),
    total: z.int().meta({ description: "All codes of the campaign, assigned and expired ones included." }),
    expiring: z
      .int()
      .optional()
      .meta({ description: "Of those that are left, how many expire within a week. Missing if that is not why." }),
  })
  .meta({ id: "CouponsData", description: "How many codes a campaign has left." });

const refunded = z.object({
  ...conversion,
  refund_id: z.string().meta({ description: "Your own id of the refund." }),
  amount: z.int().nullable().meta({
    description:
      "As it was asked for. Null: all that was left. Negative: it came back. `refunded_amount` is what counts.",
  }),
  refunded_amount: z.int().meta({ description: "All refunds of the conversion together." }),
});

const review = {
  id: z.int().meta({ description: "Our id of the review." }),
  campaign_id: z.int(),
  referrer_id: z.int(),
  participant_id: z.int().meta({ description: "The friend in question. The referrer, if their sales are." }),
};

/** The data of each event type, and when it is sent. */
export const events: Record<EventType, [when: string, data: z.ZodType]> = {
  "participant.signup": [
    "A participant joined.",
    signup.extend({
      needs_confirmation: z
        .literal(true)
        .optional()
        .meta({ description: "The participant must first confirm their email address." }),
    }),
  ],
  "participant.attributed": [
    "A participant who had joined before was referred, or their referrer was corrected by hand.",
    signup,
  ],
  "participant.confirmed": ["A participant confirmed their email address.", status],
  "participant.admitted": [
    "A participant became active, or was let in from the waitlist.",
    status.extend({
      release_id: z.int().optional().meta({ description: "The release that let them in from the waitlist." }),
    }),
  ],
  "participant.pending": ["A participant was set to pending.", status],
  "participant.blocked": ["A participant was blocked.", status],
  "participant.updated": [
    "A participant's email, name, external ID, or metadata changed.",
    z.object({
      ...participant,
      external_id: z.string().nullable(),
      metadata,
      changed: z.array(z.enum(changeable)).meta({ description: "The fields that changed." }),
      previous: z
        .object({
          email: z.string().nullable(),
          name: z.string().nullable(),
          external_id: z.string().nullable(),
          metadata,
        })
        .partial()
        .nullable()
        .meta({ description: `Those fields before. ${ERASED}` }),
    }),
  ],
  "participant.erased": [
    "A participant was erased.",
    z.object({ campaign_id: z.int(), participant_id: z.int().nullable() }),
  ],
  "participant.share": [
    "A participant shared on a channel for the first time.",
    z.object({ ...participant, social_type: SocialType, ...link }),
  ],
  "conversion.created": [
    "A conversion was recorded.",
    z.object({
      ...conversion,
      amount: z.int().meta({ description: "In the currency's minor unit." }),
      attributed_by: z.enum(attributions).nullable().meta({ description: "What named the referrer." }),
      outcome: z.enum(conversionOutcomes),
      refunded_amount: z.int(),
      occurred_at: z.string().meta({ format: "date-time", example: "2026-01-31T12:00:00.000Z" }),
    }),
  ],
  "conversion.refunded": ["A conversion was refunded, in part or in full.", refunded],
  "conversion.refund_reversed": ["A refund failed or a dispute was won, so that a conversion counts again.", refunded],
  "reward.held": ["A reward was earned and is held for its days or your approval.", reward],
  "reward.pending": ["A reward was earned and waits for a coupon code or your payment.", reward],
  "reward.fulfilled": ["A reward was fulfilled.", reward],
  "reward.revoked": ["A reward was revoked.", reward],
  "reward.expired": ["A reward, or what was left of store credit, expired.", reward],
  "credit.redeemed": [
    "Store credit was redeemed.",
    z.object({
      campaign_id: z.int(),
      participant_id: z.int(),
      redemption_id: z.string().meta({ description: "Your own id of the redemption." }),
      amount: z.int().meta({ description: "In the currency's minor unit." }),
      currency: z.string(),
      balance: z.int().meta({ description: "What is left in this currency, in minor units." }),
    }),
  ],
  "review.opened": [
    "A referral, or a referrer's sales, look like fraud.",
    z.object({
      ...review,
      state: z.literal("open"),
      score: z.number().meta({ description: "From 0 to 1." }),
      reasons: z.array(z.object({ code: z.string(), weight: z.number() })),
      is_holding: z.boolean().meta({ description: "Whether the referrer's and the friend's rewards are held." }),
    }),
  ],
  "review.decided": [
    "A review was approved or denied, or its decision was undone.",
    z.object({
      ...review,
      state: z.enum(reviewStates),
      by: z.string().meta({ description: "The beginning of an API key, a person, or `rule`." }),
      note: z.string().nullable(),
    }),
  ],
  "coupons.low": ["A tenth of the coupon codes is left, or stays beyond a week because the others expire.", coupons],
  "coupons.exhausted": ["The coupon codes ran out.", coupons],
  "contest.ended": [
    "The winners of a contest were drawn.",
    z.object({
      campaign_id: z.int(),
      contest_name: z.string(),
      winners: z.array(z.object({ participant_id: z.int(), index: z.int() })).meta({
        description: "`index` is the line in the list of entrants, starting at 0.",
      }),
      drawn_at: z.string().meta({ format: "date-time", example: "2026-01-31T12:00:00.000Z" }),
    }),
  ],
  "webhook.test": ["You asked for a test. The participant is fictional.", signup],
};
