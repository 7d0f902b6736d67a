import { z } from "zod";
import { goodsOf, type Sum } from "./goods";
import { buyerOf, type Happening, maybe, momentOf, nothing, Ref, Text, understood } from "./happening";
import type { Provider } from "./provider";
import { isSignedAt } from "./signing";

/** An amount in the currency's minor unit, as text. */
const Minor = z.union([z.string().regex(/^-?\d{1,15}$/), z.int()]).transform(Number);
const Totals = z.object({ total: Minor, tax: Minor });
/** The totals in the currency of the seller's balance. */
const PayoutTotals = maybe(Totals.extend({ currency_code: z.string().max(3) }));

const Event = z.object({ event_id: Ref, event_type: Text, occurred_at: maybe(z.string()), data: z.unknown() });

const Transaction = z.object({
  id: Ref,
  currency_code: z.string().max(3),
  custom_data: maybe(z.record(z.string(), z.unknown())),
  customer: maybe(z.object({ email: maybe(Text) })),
  details: z.object({ totals: Totals, payout_totals: PayoutTotals }),
});

const Adjustment = z.object({
  id: Ref,
  transaction_id: Ref,
  action: z.string(),
  status: z.string(),
  currency_code: z.string().max(3),
  totals: Totals,
  payout_totals: PayoutTotals,
});

/** Sums in the buyer's currency and the seller's. */
const sumsOf = (currency: string, totals: z.infer<typeof Totals>, payout: z.infer<typeof PayoutTotals>): Sum[] =>
  [{ ...totals, currency_code: currency }, ...(payout ? [payout] : [])].map(({ total, tax, currency_code }) => ({
    paid: Math.abs(total),
    amount: goodsOf({ total: Math.abs(total), tax: Math.abs(tax) }),
    currency: currency_code,
  }));

function completed(data: unknown, at: Date | null): Happening {
  const { id, currency_code, custom_data, customer, details } = Transaction.parse(data);
  const sums = sumsOf(currency_code, details.totals, details.payout_totals);
  if (!sums[0]?.amount) return nothing("no_money");
  return {
    act: "sale",
    sale_id: id,
    sums,
    occurred_at: at,
    buyer: buyerOf(custom_data, customer?.email),
  };
}

/** The actions that share one sum. A chargeback or credit is reversed by a separate adjustment. */
const PARTS = new Map([
  ["refund", null],
  ["credit", "credits"],
  ["credit_reverse", "credits"],
  ["chargeback", "chargebacks"],
  ["chargeback_reverse", "chargebacks"],
]);

/**
 * A refund is `pending_approval` at first, unless Paddle approves it immediately. If it is rejected or reversed later,
 * it is restored.
 */
function adjusted(data: unknown): Happening {
  const { id, transaction_id, action, status, currency_code, totals, payout_totals } = Adjustment.parse(data);
  const part = PARTS.get(action);
  if (part === undefined) return nothing("no_money");
  if (status === "pending_approval") return nothing("not_final");
  const isUndone = status === "rejected" || status === "reversed";
  if (status !== "approved" && !isUndone) return nothing("no_money");
  const sums = sumsOf(currency_code, totals, payout_totals).map(({ paid, currency }) => ({ amount: paid, currency }));
  if (!sums[0]?.amount) return nothing("no_money");
  return {
    act: "refund",
    sale_id: transaction_id,
    refund_id: isUndone ? `${id}:undone` : id,
    sums,
    part: part ?? id,
    of_paid: true,
    is_back: isUndone !== action.endsWith("_reverse"),
    reason: isUndone ? status : action,
  };
}

const readers: Record<string, (data: unknown, at: Date | null) => Happening> = {
  "transaction.completed": completed,
  "adjustment.created": adjusted,
  "adjustment.updated": adjusted,
};

/** Types that are sent together with the ones above and add nothing. */
const beside = new Set(["transaction.paid", "transaction.billed", "transaction.created", "transaction.updated"]);

const scheme = { separator: ";", time: "ts", signature: "h1", between: ":" };

/**
 * https://developer.paddle.com/webhooks/signature-verification. Events do not say whether they come from the sandbox.
 */
export const paddle: Provider = {
  name: "Paddle",
  events: Object.keys(readers),
  isSigned: (secret, headers, body, now) =>
    isSignedAt(scheme, secret, headers.get("paddle-signature") ?? "", body, now),
  read(_, payload) {
    const { event_id, event_type, occurred_at, data } = Event.parse(payload);
    const reader = Object.hasOwn(readers, event_type) ? readers[event_type] : undefined;
    return {
      id: event_id,
      type: event_type,
      is_test: false,
      happening: reader
        ? understood(() => reader(data, momentOf(occurred_at)))
        : nothing(beside.has(event_type) ? "counted_elsewhere" : "unknown_event"),
    };
  },
};
