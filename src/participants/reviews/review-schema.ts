import { z } from "zod";
import { reviewProofs, reviewStates } from "../../../drizzle/schema/reviews";
import { Id, line, TimeOut } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";

export const Review = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    about: z
      .enum(["referral", "sales"])
      .meta({ description: "The subject: one of the referrer's friends, or the referrer's sales." }),
    referrer_id: z.int(),
    referrer: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
    participant_id: z.int().meta({ description: "The friend, or the referrer, if the review is about their sales." }),
    participant: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
    state: z.enum(reviewStates),
    score: z.number().min(0).max(1),
    reasons: z.array(
      z.object({
        code: z.string().meta({ example: "one_device_here" }),
        weight: z.number().meta({ description: "Includes the factor." }),
        factor: z.number().meta({
          description: "The factor that follows from people's earlier decisions in this campaign. 1: no change.",
        }),
        message: z.string(),
        with: z.array(z.int()).meta({ description: "Earlier participants or conversions with the same value." }),
      }),
    ),
    version: z.int().meta({ description: "The version of the engine and its weights." }),
    is_holding: z.boolean().meta({ description: "Whether it holds rewards. False in `watch` campaigns." }),
    proof: z.enum(reviewProofs).nullable().meta({
      description:
        "`asked`: we emailed the friend, who can resolve the review by confirming their address. `given`: they did, and the weights are updated accordingly. Null: confirming would prove nothing.",
    }),
    held_rewards: z
      .int()
      .meta({ description: "The number of the referrer's and the friend's rewards that are held for reviews." }),
    held_amount: z.int().meta({ description: "The total amount of these rewards, in minor units." }),
    currency: z.string(),
    date_opened: TimeOut,
    decides_at: TimeOut.nullable().meta({
      description: "The time when the campaign's `review_ending` decides it. Null: never.",
    }),
    date_decided: TimeOut.nullable(),
    decided_by: z.string().nullable(),
    note: z.string().nullable(),
    undo_until: TimeOut.nullable().meta({
      description: "Until then, `reopen` can undo the decision. After that, the rewards follow.",
    }),
  })
  .meta({ id: "Review", description: "A referral, or a referrer's sales, that look like fraud." });
export type Review = z.input<typeof Review>;

export const ReviewQuery = PageQuery.extend({
  state: filter(z.enum(reviewStates)).meta({
    type: "string",
    enum: [...reviewStates],
    description: "Default: `open`.",
  }),
  campaign_id: filter(Id),
  referrer_id: filter(Id),
});
export type ReviewQuery = z.infer<typeof ReviewQuery>;

export const ReviewParam = z.object({ reviewId: Id });

export const NOTE_MAX = 1000;
export const verdicts = ["approve", "deny", "reopen"] as const;
export type Verdict = (typeof verdicts)[number];

export const ReviewDecision = z
  .object({
    verdict: z.enum(verdicts).meta({ description: "`reopen` undoes a decision until its `undo_until`." }),
    scope: z.enum(["this", "all_of_referrer"]).default("this").meta({
      description: "`all_of_referrer`: all reviews of the same referrer that are open, or can still be undone.",
    }),
    note: line(NOTE_MAX).nullish(),
  })
  .meta({ id: "ReviewDecision", description: "A decision about a review." });
export type ReviewDecision = z.infer<typeof ReviewDecision>;
