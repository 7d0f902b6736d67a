import { z } from "zod";
import { Currency } from "../../lib/currency";
import { Id, line, TimeIn, TimeOut } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";

/** The maximum number of rewards per payout. */
export const PAID_MAX = 500;

const minor = (description: string) => z.int().meta({ description: `${description} In minor units.` });

export const Owed = z
  .object({
    campaign_id: z.int(),
    participant_id: z.int(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    currency: z.string(),
    rewards: z.int().meta({ description: "Pending cash rewards." }),
    earned: minor("The total value of these rewards."),
    owed_back: minor("The amount that was refunded after an earlier payout."),
    amount: minor(
      "The amount of the next payout: `earned` minus `owed_back`. A negative amount is offset by later rewards.",
    ),
  })
  .meta({ id: "Owed", description: "The amount owed to one participant in one currency." });
export type Owed = z.input<typeof Owed>;

const OwedTotal = z
  .object({
    currency: z.string(),
    participants: z.int(),
    rewards: z.int(),
    earned: z.int(),
    owed_back: z.int(),
    amount: minor("The total of a payout to all of them."),
  })
  .meta({ id: "OwedTotal", description: "The amount owed in one currency." });
export type OwedTotal = z.input<typeof OwedTotal>;

export const Payout = z
  .object({
    id: z.int(),
    reference: z.string(),
    by: z.string().nullable(),
    date_added: TimeOut,
    date_undone: TimeOut.nullable(),
    may_undo_until: TimeOut,
    totals: z.array(
      z.object({
        currency: z.string(),
        participants: z.int(),
        rewards: z.int(),
        netted: minor("The amount deducted because of refunds."),
        amount: minor("The amount paid."),
      }),
    ),
  })
  .meta({ id: "Payout", description: "A cash payout, with its reference." });
export type Payout = z.input<typeof Payout>;

const filters = { campaign_id: filter(Id), participant_id: filter(Id), currency: filter(Currency) };

export const PayoutQuery = PageQuery.extend(filters);
export type PayoutQuery = z.infer<typeof PayoutQuery>;

export const OwedFilter = z.object(filters);
export type OwedFilter = z.infer<typeof OwedFilter>;

export const PayoutPage = z.object({
  totals: z.array(OwedTotal).meta({ description: "The total owed, per currency." }),
  owed: z.array(Owed).meta({ description: "The amounts owed per participant and currency, largest first." }),
  is_complete: z
    .boolean()
    .meta({ description: "False if there are more than 10,000 pending rewards. Pay some to see the rest." }),
  payouts: z.array(Payout).meta({ description: "Payouts made, newest first." }),
});

export const NewPayout = z
  .object({
    reward_ids: z.array(Id).min(1).max(PAID_MAX).optional(),
    filter: z
      .object({
        campaign_id: Id.optional(),
        participant_id: Id.optional(),
        currency: Currency.optional(),
        earned_before: TimeIn.optional().meta({ description: "Earned before this time." }),
      })
      .optional()
      .meta({ description: "Pays all rewards owed to these participants, oldest first. `{}` matches everyone." }),
    reference: line(200)
      .min(1)
      .meta({ description: "Your own reference, such as a bank transfer's.", example: "Transfer 2026-11" }),
  })
  .refine(({ reward_ids, filter }) => (reward_ids === undefined) !== (filter === undefined), {
    message: "must be sent, or filter, but not both",
    path: ["reward_ids"],
  })
  .meta({ id: "NewPayout", description: "The rewards to mark as paid." });
export type NewPayout = z.infer<typeof NewPayout>;

export const PayoutMade = z
  .object({
    payout: Payout,
    paid: z.array(z.int()).meta({ description: "The rewards it paid." }),
    skipped: z.array(z.object({ reward_id: z.int(), reason: z.string() })),
    more: z.boolean().meta({
      description: `Whether the filter matches more than the ${PAID_MAX} rewards of one payout. If so, create another payout.`,
    }),
  })
  .meta({ id: "PayoutMade", description: "The payout, and the rewards it skipped." });
export type PayoutMade = z.input<typeof PayoutMade>;

export const PayoutParam = z.object({ payoutId: Id });
