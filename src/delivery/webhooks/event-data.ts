import { z } from "zod";
import { attributions, conversionOutcomes } from "../../../drizzle/schema/conversions";
import { reviewStates } from "../../../drizzle/schema/reviews";
import type { EventType } from "../../../drizzle/schema/webhooks";
import { SocialType } from "../../ledger/records/participant-schema";
import { Reward } from "../../ledger/records/reward-schema";
import { TimeOut } from "../../lib/fields";

const ERASED = "Null after the participant is erased.";

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

/** The participant fields whose changes are events. */
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
    .meta({ id: "EventReferrer", description: "A participant's referrer." })
    .nullable(),
  ...link,
  external_id: z.string().nullable(),
  metadata,
});

const status = z
  .object({
    ...participant,
    external_id: z.string().nullable(),
    status: z.enum(["active", "pending", "blocked"]).meta({ description: "The participant's new status." }),
  })
  .meta({ id: "ParticipantStatusData", description: "A participant and their new status." });

const conversion = {
  id: z.int().nullable().meta({ description: "Our ID for the conversion." }),
  campaign_id: z.int(),
  participant_id: z.int().nullable().meta({ description: "Null if only the referrer is known." }),
  referrer_id: z.int().nullable(),
  event_name: z.string(),
  conversion_id: z.string().meta({ description: "Your own ID for the conversion." }),
  currency: z.string().nullable(),
};

/** None of these fields are present if the reward was erased before the event was sent. */
const reward = Reward.extend({
  participant: z
    .object({
      id: z.int().nullable(),
      email: z.string().nullable(),
      name: z.string().nullable(),
      external_id: z.string().nullable(),
      metadata,
    })
    .meta({ description: "The participant who earned it." }),
}).meta({ id: "RewardData", description: "The reward at the time of the event." });

const coupons = z
  .object({
    campaign_id: z.int(),
    available: z.int().meta({ description: "The number of unused codes." }),
    total: z
      .int()
      .meta({ description: "The number of all codes of the campaign, including assigned and expired ones." }),
    expiring: z.int().optional().meta({
      description: "The number of unused codes that expire within a week. Only present if this is why codes are low.",
    }),
  })
  .meta({ id: "CouponsData", description: "The number of codes that a campaign has left." });

const refunded = z.object({
  ...conversion,
  refund_id: z.string().meta({ description: "Your own ID for the refund." }),
  amount: z.int().nullable().meta({
    description:
      "The requested amount. Null: the full remaining amount. Negative: a reversal. `refunded_amount` has the resulting total.",
  }),
  refunded_amount: z.int().meta({ description: "The total of the conversion's refunds." }),
});

const review = {
  id: z.int().meta({ description: "Our ID for the review." }),
  campaign_id: z.int(),
  referrer_id: z.int(),
  participant_id: z
    .int()
    .meta({ description: "The reviewed friend, or the referrer, if the review is about their sales." }),
};

/** When each event type is sent, for the API reference and the dashboard, and its data. */
export const events: Record<EventType, [when: string, data: z.ZodType]> = {
  "participant.signup": [
    "A participant joined.",
    signup.extend({
      needs_confirmation: z
        .literal(true)
        .optional()
        .meta({ description: "Whether the participant must still confirm their email address." }),
    }),
  ],
  "participant.attributed": ["An existing participant was referred, or their referrer was corrected by hand.", signup],
  "participant.confirmed": ["A participant confirmed their email address.", status],
  "participant.admitted": [
    "A participant became active, or was admitted from the waitlist.",
    status.extend({
      release_id: z.int().optional().meta({ description: "The release that admitted them from the waitlist." }),
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
        .meta({ description: `The previous values of those fields. ${ERASED}` }),
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
      attributed_by: z.enum(attributions).nullable().meta({ description: "How the referrer was identified." }),
      outcome: z.enum(conversionOutcomes),
      refunded_amount: z.int(),
      occurred_at: z.string().meta({ format: "date-time", example: "2026-01-31T12:00:00.000Z" }),
    }),
  ],
  "conversion.refunded": ["A conversion was refunded, in part or in full.", refunded],
  "conversion.refund_reversed": ["A refund failed or a dispute was won, so a conversion counts again.", refunded],
  "reward.held": ["A reward was earned and is on hold for a number of days or until your approval.", reward],
  "reward.pending": ["A reward was earned and waits for a coupon code or your payment.", reward],
  "reward.fulfilled": ["A reward was fulfilled.", reward],
  "reward.revoked": ["A reward was revoked.", reward],
  "reward.expired": ["A reward, or remaining store credit, expired.", reward],
  "credit.redeemed": [
    "Store credit was redeemed.",
    z.object({
      campaign_id: z.int(),
      participant_id: z.int(),
      redemption_id: z.string().meta({ description: "Your own ID for the redemption." }),
      amount: z.int().meta({ description: "In the currency's minor unit." }),
      currency: z.string(),
      balance: z.int().meta({ description: "The remaining credit in this currency, in minor units." }),
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
  "coupons.low": ["10% of the coupon codes are left, or will be within a week because the others expire.", coupons],
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
  "webhook.test": ["You sent a test to this webhook. The participant is fictional.", signup],
};

/** When events of this type are sent, as a sentence. */
export const whenSent = (type: EventType) => events[type][0];
