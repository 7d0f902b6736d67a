import { z } from "zod";
import { Amount, Currency, Sum } from "../../lib/currency";
import { line, TimeOut } from "../../lib/fields";

export const NewRedemption = z
  .object({
    redemption_id: line(200).min(1).meta({
      description: "Your own id of the redemption, like the order's. Each counts once per participant.",
      example: "order-1001",
    }),
    amount: Amount.min(1).meta({ description: "In the currency's minor unit." }),
    currency: Currency.nullish().meta({ description: "The campaign's if left out." }),
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
        "All store credit that was given, without rewards that you revoked. It is what they `redeemed`, what `expired`, what was `revoked`, and the `balance`, less `owed_back`.",
    }),
    revoked: Sum.meta({ description: "What refunds took back." }),
    expired: Sum.meta({ description: "What expired before it was redeemed." }),
    earned: Sum.meta({ description: "What was granted, without what refunds took back and what expired." }),
    redeemed: Sum,
    balance: Sum.meta({ description: "What is left to redeem; never below zero." }),
    owed_back: Sum.meta({
      description: "What refunds took back after it was redeemed. Store credit that comes later makes up for it.",
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
  .meta({ id: "Redeemed", description: "The redemption, and what is left." });
export type Redeemed = z.input<typeof Redeemed>;
