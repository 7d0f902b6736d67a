import { z } from "zod";
import { DEFAULT_EVENT, EventName } from "../../ledger/records/event-name";
import { Reward } from "../../ledger/records/reward-schema";
import { Amount, Currency } from "../../lib/currency";
import { Id, line, prose } from "../../lib/fields";
import { Ignored } from "../../lib/ignored";
import { Conversion, Refund } from "./conversion-schema";

const fields = {
  refund_id: line(200).min(1).meta({
    description: "Your own ID for the refund. Each counts once per conversion.",
    example: "refund-1",
  }),
  amount: Amount.min(1).nullish().meta({
    description:
      "In the currency's minor unit. Default: the full remaining amount. A larger amount refunds what is left.",
  }),
  currency: Currency.nullish().meta({
    description:
      "An ISO 4217 code. A refund in a different currency than its conversion is rejected: convert it first.",
  }),
  reason: prose(500).nullish().meta({ description: "For your own records, like `chargeback`." }),
};

export const NewRefund = z.object(fields).meta({ id: "NewRefund", description: "A refund of the conversion." });
export type NewRefund = z.infer<typeof NewRefund>;

export const NewNamedRefund = z
  .object({
    campaign_id: Id,
    event_name: EventName.default(DEFAULT_EVENT),
    conversion_id: line(200).min(1).meta({ description: "Your own ID for the conversion.", example: "order-1001" }),
    ...fields,
  })
  .meta({ id: "NewNamedRefund", description: "A refund of a conversion, identified by your own ID." });
export type NewNamedRefund = z.infer<typeof NewNamedRefund>;

export const Refunded = z
  .object({
    refund: Refund,
    conversion: Conversion.nullable().meta({
      description: "Null if it was not reported yet. The refund waits for it.",
    }),
    rewards: z.array(Reward).meta({ description: "The conversion's rewards in their current state." }),
    duplicate: z.boolean().meta({ description: "Whether an earlier request recorded it. If so, nothing changed." }),
    ignored: Ignored,
  })
  .meta({ id: "Refunded", description: "The refund, and the resulting conversion and rewards." });
export type Refunded = Omit<z.input<typeof Refunded>, "ignored">;
