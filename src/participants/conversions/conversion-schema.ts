import { z } from "zod";
import { conversionOutcomes } from "../../../drizzle/schema/conversions";
import { DEFAULT_EVENT, EventName } from "../../ledger/event-name";
import { Metadata } from "../../ledger/participant-schema";
import { Reward } from "../../ledger/reward-schema";
import { Amount, Currency } from "../../lib/currency";
import { Email, Id, line, TimeIn, TimeOut } from "../../lib/fields";
import { Ignored } from "../../lib/ignored";
import { filter, WalkQuery } from "../../lib/page";

const WHO = ["participant_id", "external_id", "email", "referral_code"] as const;

export const NewConversion = z
  .object({
    campaign_id: Id,
    participant_id: Id.nullish(),
    external_id: line(200).min(1).nullish().meta({ description: "The participant's id in your system." }),
    email: Email.nullish(),
    referral_code: z.string().trim().min(1).nullish().meta({
      description: "The code that the buyer came with, if you do not know the participant. Its owner is the referrer.",
    }),
    event_name: EventName.default(DEFAULT_EVENT),
    conversion_id: line(200).min(1).meta({
      description: "Your own id of the conversion, like the order number. Unique per campaign and event name.",
      example: "order-1001",
    }),
    amount: Amount.default(0).meta({
      type: "integer",
      description: "In the currency's minor unit: 1999 is $19.99.",
      default: 0,
    }),
    currency: Currency.nullish().meta({ description: "ISO 4217. The campaign's currency if left out." }),
    occurred_at: TimeIn.nullish().meta({ description: "Between the year 2000 and tomorrow. Now if left out." }),
    metadata: Metadata.nullish(),
  })
  .refine((sent) => WHO.filter((name) => sent[name] !== undefined && sent[name] !== null).length === 1, {
    message: `Send exactly one of ${WHO.join(", ")}.`,
    path: ["participant_id"],
  })
  .meta({ id: "NewConversion" });
export type NewConversion = z.infer<typeof NewConversion>;

export const Refund = z
  .object({
    refund_id: z.string(),
    amount: z.int().nullable().meta({ description: "As it was asked for. Null: all that was left." }),
    reason: z.string().nullable(),
    date_added: TimeOut,
  })
  .meta({ id: "Refund" });

export const Conversion = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    participant_id: z.int().nullable().meta({ description: "Null if only the referrer's code is known." }),
    referrer_id: z.int().nullable(),
    event_name: z.string(),
    conversion_id: z.string(),
    amount: z.int().meta({ description: "In the currency's minor unit." }),
    currency: z.string(),
    refunded_amount: z.int(),
    metadata: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ type: ["object", "null"] }),
    occurred_at: TimeOut,
    date_added: TimeOut,
  })
  .meta({ id: "Conversion" });
export type Conversion = z.input<typeof Conversion>;

export const Decision = z
  .object({
    outcome: z.enum(conversionOutcomes).meta({
      description: "`credited` if a reward was earned; `capped` if only a cap or a budget was in the way.",
    }),
    reasons: z.array(
      z.object({
        code: z.string().meta({ description: "One of the codes in the guide to conversions.", example: "earned" }),
        message: z.string(),
        rule_id: z.int().nullable(),
        reward_id: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: "Decision", description: "What each rule of the event decided, and why." });
export type Decision = z.input<typeof Decision>;

const parts = { conversion: Conversion, rewards: z.array(Reward), decision: Decision };

export const Converted = z
  .object({
    ...parts,
    duplicate: z.boolean().meta({ description: "Recorded by an earlier request; nothing changed." }),
    ignored: Ignored,
  })
  .meta({ id: "Converted" });

export const ConversionDetails = z
  .object({ ...parts, refunds: z.array(Refund).meta({ description: "At most 100, by their ids." }) })
  .meta({ id: "ConversionDetails" });
export type ConversionDetails = z.input<typeof ConversionDetails>;

export const ConversionQuery = WalkQuery.extend({
  campaign_id: filter(Id),
  participant_id: filter(Id),
  event_name: filter(z.string().max(64)),
});
export type ConversionQuery = z.infer<typeof ConversionQuery>;

export const ConversionParam = z.object({ conversionId: Id });
