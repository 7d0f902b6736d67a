import { z } from "zod";
import { Id, TimeOut } from "../../lib/fields";
import { IgnoredQuery } from "../../lib/ignored";
import { filter, PageQuery } from "../../lib/page";

export const SUBJECTS = ["signup", "visit", "conversion", "refund", "hold", "reward"] as const;
export const OUTCOMES = ["credited", "not_credited", "held", "capped", "reversed"] as const;
export type Subject = (typeof SUBJECTS)[number];

/** The decision's campaign and event. For a visit, followed by the participant whose link it was. */
const FORM = /^([0-9]{1,15})_(evt_[0-9a-f]{12}[0-9a-z_]{1,100})$/;

const DecisionId = z.string().max(120).regex(FORM, "must be the ID of a decision");

export type Place = { campaignId: number; event: string };

/** The location of the decision with this ID. Null for an invalid ID. */
export function placeOf(id: string): Place | null {
  const [, campaign, event] = FORM.exec(id) ?? [];
  return event === undefined ? null : { campaignId: Number(campaign), event };
}

export const idOf = ({ campaignId, event }: Place) => `${campaignId}_${event}`;

export const LoggedDecision = z
  .object({
    id: z.string(),
    at: TimeOut,
    campaign_id: z.int(),
    participant_id: z
      .int()
      .nullable()
      .meta({ description: "The participant who signed up, bought, or has the reward." }),
    subject: z.object({
      type: z.enum(SUBJECTS).meta({
        description:
          "`reward`: it was revoked by hand, or earned because a goal was lowered or the participant was admitted.",
      }),
      id: z.int().nullable().meta({
        description: "The ID of the participant who signed up, of the conversion, or of the reward.",
      }),
    }),
    outcome: z.enum(OUTCOMES),
    reasons: z.array(
      z.object({
        code: z.string().meta({ description: "One of the codes in the guide to conversions.", example: "earned" }),
        message: z.string(),
        rule_id: z.int().nullable().meta({ description: "Null for the campaign's own goal." }),
        reward_id: z.int().nullable(),
      }),
    ),
    rule_id: z.int().nullable().meta({ description: "The rule of the first reason with the outcome." }),
    reward_id: z.int().nullable(),
  })
  .meta({
    id: "LoggedDecision",
    description: "The decision about a signup, a visit, a conversion, a refund, or a hold.",
  });
export type LoggedDecision = z.input<typeof LoggedDecision>;

export const DecisionList = z.object({
  decisions: z.array(LoggedDecision),
  pagination: z.object({
    limit: z.int(),
    next_after: z.string().nullable().meta({ description: "The start of the next page. Null on the last page." }),
  }),
  ignored: IgnoredQuery,
});

export const DecisionQuery = PageQuery.pick({ limit: true }).extend({
  campaign_id: filter(Id),
  participant_id: filter(Id),
  after: filter(z.union([z.literal("0"), DecisionId])).meta({
    type: "string",
    description:
      "Lists decisions from the oldest: start with 0, and continue with `pagination.next_after` until it is null.",
  }),
});
export type DecisionQuery = z.infer<typeof DecisionQuery>;

export const DecisionParam = z.object({
  decisionId: z.string().meta({ type: "string", example: "42_evt_0192f0c7a4b17c3e9d2a1f0b5c6d7e8f" }),
});
