import { z } from "zod";
import { Currency } from "../../lib/currency";
import { Id, line, TimeIn, TimeOut } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";

/** The most rewards that one payout pays. */
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
    earned: minor("What they are worth."),
    owed_back: minor("What refunds took back of rewards that were paid earlier."),
    amount: minor(
      "What the next payout pays: `earned` without `owed_back`. A negative amount waits for later rewards.",
    ),
  })
  .meta({ id: "Owed", description: "What is owed to one participant in one currency." });
export type Owed = z.input<typeof Owed>;

const OwedTotal = z
  .object({
    currency: z.string(),
    participants: z.int(),
    rewards: z.int(),
    earned: z.int(),
    owed_back: z.int(),
    amount: minor("What a payout to all of them pays."),
  })
  .meta({ id: "OwedTotal", description: "What is owed in one currency." });
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
        netted: minor("What was kept because of refunds."),
        amount: minor("What was paid."),
      }),
    ),
  })
  .meta({ id: "Payout", description: "Cash that was paid, and its reference." });
export type Payout = z.input<typeof Payout>;

const filters = { campaign_id: filter(Id), participant_id: filter(Id), currency: filter(Currency) };

export const PayoutQuery = PageQuery.extend(filters);
export type PayoutQuery = z.infer<typeof PayoutQuery>;

export const OwedFilter = z.object(filters);
export type OwedFilter = z.infer<typeof OwedFilter>;

export const PayoutPage = z.object({
  totals: z.array(OwedTotal).meta({ description: "What is owed, per currency." }),
  owed: z.array(Owed).meta({ description: "Per participant and currency, the largest amounts first." }),
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
        earned_before: TimeIn.optional().meta({ description: "Earned before this moment." }),
      })
      .optional()
      .meta({ description: "Pays what is owed to these participants, oldest first. `{}` is everyone." }),
    reference: line(200).min(1).meta({ description: "Your own, like a bank transfer's.", example: "Transfer 2026-11" }),
  })
  .refine(({ reward_ids, filter }) => (reward_ids === undefined) !== (filter === undefined), {
    message: "must be sent without filter, or filter without it",
    path: ["reward_ids"],
  })
  .meta({ id: "NewPayout", description: "Which rewards were paid." });
export type NewPayout = z.infer<typeof NewPayout>;

export const PayoutMade = z
  .object({
    payout: Payout,
    paid: z.array(z.int()).meta({ description: "The rewards that it paid." }),
    skipped: z.array(z.object({ reward_id: z.int(), reason: z.string() })),
    more: z
      .boolean()
      .meta({ description: `The filter matches more than the ${PAID_MAX} rewards of one payout. Make another.` }),
  })
  .meta({ id: "PayoutMade", description: "The payout, and what it left out." });
export type PayoutMade = z.input<typeof PayoutMade>;

export const PayoutParam = z.object({ payoutId: Id });
