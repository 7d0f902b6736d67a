import { z } from "zod";
import { buyerOf, type Happening, maybe, momentOf, nothing, Ref, Text, understood } from "./happening";
import type { Provider } from "./provider";
import { isSignedAt } from "./signing";

/** An amount in the currency's minor unit, as text. */
const Minor = z.union([z.string().regex(/^-?\d{1,15}$/), z.int()]).transform(Number);
const Totals = z.object({ total: Minor, tax: Minor });

const Event = z.object({ event_id: Ref, event_type: Text, occurred_at: maybe(z.string()), data: z.unknown() });

const Transaction = z.object({
  id: Ref,
  currency_code: z.string().max(3),
  custom_data: maybe(z.record(z.string(), z.unknown())),
  customer: maybe(z.object({ email: maybe(Text) })),
  details: z.object({ totals: Totals }),
});

const Adjustment = z.object({
  id: Ref,
  transaction_id: Ref,
  action: z.string(),
  status: z.string(),
  currency_code: z.string().max(3),
  totals: Totals,
});

/** Taxes are Paddle's, who sells; the shop's sale is the total without them. */
const withoutTax = ({ total, tax }: z.infer<typeof Totals>) => total - tax;

function completed(data: unknown, at: Date | null): Happening {
  const { id, currency_code, custom_data, customer, details } = Transaction.parse(data);
  const amount = withoutTax(details.totals);
  if (amount === 0) return nothing("no_money");
  return {
    act: "sale",
    sale_id: id,
    amount,
    currency: currency_code,
    occurred_at: at,
    buyer: buyerOf(custom_data, customer?.email),
  };
}

/** A refund is `pending_approval` first, unless Paddle approves it at once. */
function adjusted(data: unknown): Happening {
  const { id, transaction_id, action, status, currency_code, totals } = Adjustment.parse(data);
  if (action.endsWith("_reverse")) return nothing("not_given_back");
  if (!["refund", "credit", "chargeback"].includes(action) || status === "rejected") return nothing("no_money");
  if (status !== "approved") return nothing(status === "pending_approval" ? "not_final" : "no_money");
  const amount = Math.abs(withoutTax(totals));
  if (amount === 0) return nothing("no_money");
  return {
    act: "refund",
    sale_id: transaction_id,
    refund_id: id,
    amount,
    currency: currency_code,
    is_total: false,
    reason: action,
  };
}

const readers: Record<string, (data: unknown, at: Date | null) => Happening> = {
  "transaction.completed": completed,
  "adjustment.created": adjusted,
  "adjustment.updated": adjusted,
};

/** Types that come with the ones above, and say nothing new. */
const beside = new Set(["transaction.paid", "transaction.billed", "transaction.created", "transaction.updated"]);

const scheme = { separator: ";", time: "ts", signature: "h1", between: ":" };

/** https://developer.paddle.com/webhooks/signature-verification. Nothing in an event tells the sandbox from live. */
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
