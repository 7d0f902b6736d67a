import { z } from "zod";
import { attributions, conversionOutcomes } from "../../../drizzle/schema/conversions";
import { TypedCheckoutCode } from "../../ledger/records/checkout-code";
import { DEFAULT_EVENT, EventName } from "../../ledger/records/event-name";
import { Metadata } from "../../ledger/records/participant-schema";
import { Reward } from "../../ledger/records/reward-schema";
import { Amount, Currency } from "../../lib/currency";
import { Email, Id, line, TimeIn, TimeOut } from "../../lib/fields";
import { Ignored } from "../../lib/ignored";
import { filter, WalkQuery } from "../../lib/page";

const BUYER = ["participant_id", "external_id", "email"] as const;
const CODE = ["referral_code", "checkout_code"] as const;

export const NewConversion = z
  .object({
    campaign_id: Id,
    participant_id: Id.nullish(),
    external_id: line(200).min(1).nullish().meta({ description: "The participant's ID in your system." }),
    email: Email.nullish(),
    referral_code: z.string().trim().min(1).nullish().meta({
      description: "The code of the link that brought the buyer. Its owner is the referrer.",
    }),
    checkout_code: TypedCheckoutCode.meta({
      description:
        "The code that the buyer entered at checkout. If it is a participant's checkout code, they are the referrer. Otherwise, only the buyer counts.",
    }),
    event_name: EventName.default(DEFAULT_EVENT),
    conversion_id: line(200).min(1).meta({
      description: "Your own ID for the conversion, such as the order number. Unique per campaign and event name.",
      example: "order-1001",
    }),
    amount: Amount.default(0).meta({
      type: "integer",
      description: "In the currency's minor unit: 1999 is $19.99.",
      default: 0,
    }),
    currency: Currency.nullish().meta({ description: "An ISO 4217 code. Default: the campaign's currency." }),
    occurred_at: TimeIn.nullish().meta({ description: "Between the year 2000 and tomorrow. Default: now." }),
    metadata: Metadata.nullish(),
  })
  .superRefine((sent, c) => {
    const has = (names: readonly (keyof typeof sent)[]) => names.filter((name) => (sent[name] ?? null) !== null).length;
    const refuse = (field: string, message: string) => c.addIssue({ code: "custom", path: [field], message });
    if (has(BUYER) > 1) refuse(BUYER[0], `Send at most one of ${BUYER.join(", ")}.`);
    if (has(CODE) > 1) refuse(CODE[0], `Send at most one of ${CODE.join(", ")}.`);
    if (has(BUYER) + has(CODE) === 0) refuse(BUYER[0], `Send one of ${[...BUYER, ...CODE].join(", ")}.`);
  })
  .meta({
    id: "NewConversion",
    description:
      "A purchase or another event. Identify the buyer by one of `participant_id`, `external_id`, and `email`, send the code they used in `referral_code` or `checkout_code`, or do both.",
  });
export type NewConversion = z.infer<typeof NewConversion>;

export const Refund = z
  .object({
    refund_id: z.string(),
    amount: z.int().nullable().meta({
      description:
        "The requested amount. Null: the full remaining amount. Negative: a reversal, such as a dispute that was won.",
    }),
    currency: z.string().nullable().meta({ description: "Null: the conversion's currency." }),
    is_total: z
      .boolean()
      .meta({ description: "Whether `amount` is the total refunded so far, as some providers report it." }),
    of_paid: z.boolean().meta({
      description:
        "Whether `amount` refers to the conversion's `paid_amount`. The same share of the conversion's `amount` is then refunded.",
    }),
    reason: z.string().nullable(),
    date_added: TimeOut,
  })
  .meta({ id: "Refund", description: "A refund of a conversion." });

export type RefundOut = z.input<typeof Refund>;

export const Conversion = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    participant_id: z.int().nullable().meta({ description: "The buyer. Null if the buyer is not a participant." }),
    referrer_id: z.int().nullable(),
    attributed_by: z.enum(attributions).nullable().meta({
      description:
        "How the referrer was identified. `participant`: they had already referred the buyer. Null without a referrer.",
    }),
    event_name: z.string(),
    conversion_id: z.string(),
    amount: z.int().meta({ description: "In the currency's minor unit." }),
    paid_amount: z.int().nullable().meta({
      description: "The amount that the buyer paid, including tax and shipping, if a payment provider reported it.",
    }),
    currency: z.string(),
    refunded_amount: z.int(),
    metadata: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ type: ["object", "null"], additionalProperties: true }),
    occurred_at: TimeOut,
    date_added: TimeOut,
  })
  .meta({ id: "Conversion", description: "A purchase or another event of a participant or a friend." });
export type Conversion = z.input<typeof Conversion>;

export const Decision = z
  .object({
    outcome: z.enum(conversionOutcomes).meta({
      description: "`credited` if a reward was earned. `capped` if only a cap or a budget prevented one.",
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
  .meta({ id: "Decision", description: "A rule's decision about the event, with the reason." });
export type Decision = z.input<typeof Decision>;

const parts = { conversion: Conversion, rewards: z.array(Reward), decision: Decision };

export const Converted = z
  .object({
    ...parts,
    duplicate: z.boolean().meta({ description: "Whether an earlier request recorded it. If so, nothing changed." }),
    ignored: Ignored.meta({
      description:
        "The request fields that we ignored, up to 20: unknown fields, and a code that did not determine the referrer.",
    }),
  })
  .meta({ id: "Converted", description: "The conversion, and the rewards it earned." });

export const ConversionDetails = z
  .object({ ...parts, refunds: z.array(Refund).meta({ description: "Up to 100, by ID." }) })
  .meta({ id: "ConversionDetails", description: "A conversion with its rewards and refunds." });
export type ConversionDetails = z.input<typeof ConversionDetails>;

export const ConversionQuery = WalkQuery.extend({
  campaign_id: filter(Id),
  participant_id: filter(Id),
  event_name: filter(z.string().max(64)),
});
export type ConversionQuery = z.infer<typeof ConversionQuery>;

export const ConversionParam = z.object({ conversionId: Id });
