import { z } from "zod";
import { Amount, Currency, Sum } from "../../lib/currency";
import { line, TimeOut } from "../../lib/fields";

export const NewRedemption = z
  .object({
    redemption_id: line(200).min(1).meta({
      description: "Your own ID for the redemption, such as the order's. Each counts once per participant.",
      example: "order-1001",
    }),
    amount: Amount.min(1).meta({ description: "In the currency's minor unit." }),
    currency: Currency.nullish().meta({ description: "Default: the campaign's currency." }),
  })
  .meta({ id: "NewRedemption", description: "Store credit to take from a participant's balance." });
export type NewRedemption = z.infer<typeof NewRedemption>;

export const Redemption = z
  .object({
    redemption_id: z.string(),
    participant_id: z.int(),
    amount: z.int(),
    currency: z.string(),
    date_added: TimeOut,
  })
  .meta({ id: "Redemption", description: "Store credit that a participant used." });
export type Redemption = z.input<typeof Redemption>;

export const Balance = z
  .object({
    currency: z.string(),
    granted: Sum.meta({
      description:
        "All store credit that was given, except for rewards that you revoked. It equals `redeemed` plus `expired` plus `revoked` plus `balance`, minus `owed_back`.",
    }),
    revoked: Sum.meta({ description: "The part taken back after refunds." }),
    expired: Sum.meta({ description: "The part that expired before it was redeemed." }),
    earned: Sum.meta({ description: "The total given, without the parts that were taken back or expired." }),
    redeemed: Sum,
    balance: Sum.meta({ description: "The remaining credit. Never below zero." }),
    owed_back: Sum.meta({
      description: "The part of a refund that had already been redeemed. Later store credit offsets it.",
    }),
  })
  .meta({ id: "Balance", description: "A participant's store credit in a currency, in minor units." });
export type Balance = z.input<typeof Balance>;

export const Redeemed = z
  .object({
    redemption: Redemption,
    balance: Balance,
    duplicate: z.boolean().meta({ description: "Whether an earlier request recorded it. If so, nothing changed." }),
  })
  .meta({ id: "Redeemed", description: "The redemption, and the remaining balance." });
export type Redeemed = z.input<typeof Redeemed>;
