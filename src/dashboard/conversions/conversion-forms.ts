import { z } from "zod";
import { conversionOutcomes } from "../../../drizzle/schema/conversions";
import { TypedCheckoutCode } from "../../ledger/records/checkout-code";
import { EventName } from "../../ledger/records/event-name";
import { Amount, Currency } from "../../lib/currency";
import { Email, Id, line, TimeIn } from "../../lib/fields";
import { filter } from "../../lib/page";
import { NewRefund } from "../../participants/conversions/refund-schema";
import { TypedCode } from "../participants/participant-forms";
import { amountIn } from "../ui/money";

/** Ignores invalid query parameters. */
const maybe = <S extends z.ZodType>(schema: S) => filter(schema).catch(undefined);

/** `after` is the last conversion on the previous page. */
export const ConversionFilter = z.object({
  q: maybe(line(200)),
  event_name: maybe(EventName),
  outcome: maybe(z.enum(conversionOutcomes)),
  participant_id: maybe(Id),
  sort: maybe(z.enum(["newest", "largest", "smallest"])),
  after: maybe(Id),
  view: maybe(Id),
});
export type ConversionFilter = z.infer<typeof ConversionFilter>;

const Typed = z.string().nullish();

/** A conversion recorded manually: for a participant by email, for any buyer with a participant's code, or both. */
export const RecordForm = z
  .object({
    currency: Currency,
    email: Email.nullish(),
    referral_code: TypedCode.nullish(),
    checkout_code: TypedCheckoutCode,
    event_name: EventName,
    conversion_id: line(200).min(1),
    amount: Typed,
    occurred_at: TimeIn.nullish(),
  })
  .transform(({ amount, ...typed }, c) => {
    if ((typed.email ?? typed.referral_code ?? typed.checkout_code ?? null) === null)
      c.addIssue({
        code: "custom",
        path: ["email"],
        message: "Enter an email or a code.",
        input: "",
      });
    if (typed.referral_code && typed.checkout_code)
      c.addIssue({
        code: "custom",
        path: ["referral_code"],
        message: "Enter one of the two codes, not both.",
        input: "",
      });
    return { ...typed, amount: amountIn(c, "amount", amount, typed.currency) ?? 0 };
  })
  .refine(({ amount }) => Amount.safeParse(amount).success, { path: ["amount"], message: "is too large" });
export type RecordForm = z.infer<typeof RecordForm>;

/** A refund recorded manually. An empty amount refunds the rest. `refund_id` detects a form sent twice. */
export const RefundForm = z
  .object({ currency: Currency, amount: Typed, refund_id: NewRefund.shape.refund_id, reason: NewRefund.shape.reason })
  .transform(
    ({ amount, currency, ...typed }, c): z.input<typeof NewRefund> => ({
      ...typed,
      amount: amountIn(c, "amount", amount, currency) ?? null,
    }),
  )
  .pipe(NewRefund);
