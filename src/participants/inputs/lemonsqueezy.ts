import { z } from "zod";
import { buyerOf, type Happening, maybe, momentOf, nothing, Ref, Text, understood } from "./happening";
import type { InputReason } from "./input-reasons";
import type { Provider } from "./provider";
import { isHexOf } from "./signing";

const Event = z.object({
  meta: z.object({
    event_name: Text,
    test_mode: maybe(z.boolean()),
    custom_data: maybe(z.record(z.string(), z.unknown())),
  }),
  data: z.unknown(),
});
const Tested = z.object({ attributes: z.object({ test_mode: z.literal(true) }) });
type Meta = z.infer<typeof Event>["meta"];

/** An order, or a subscription's invoice. Amounts are in the currency's minor unit. */
const Paid = z.object({
  id: Ref,
  attributes: z.object({
    status: maybe(z.string()),
    billing_reason: maybe(z.string()),
    currency: z.string().max(3),
    total: z.int().min(0),
    tax: maybe(z.int().min(0)),
    refunded_amount: maybe(z.int().min(0)),
    user_email: maybe(Text),
    created_at: maybe(z.string()),
  }),
});
type Paid = z.infer<typeof Paid>["attributes"];

/** Taxes are Lemon Squeezy's, who sells; the shop's sale is the total without them. */
const withoutTax = ({ total, tax }: Paid) => total - (tax ?? 0);

function sale(sale_id: string, paid: Paid, { custom_data }: Meta): Happening {
  const amount = withoutTax(paid);
  if (paid.status === "pending") return nothing("not_final");
  if (paid.status === "failed" || paid.status === "void" || amount <= 0) return nothing("no_money");
  return {
    act: "sale",
    sale_id,
    amount,
    currency: paid.currency,
    occurred_at: momentOf(paid.created_at),
    buyer: buyerOf(custom_data, paid.user_email),
  };
}

/** `refunded_amount` is the sum of all refunds so far, with tax. Versions without it refund all. */
function refund(sale_id: string, paid: Paid): Happening {
  if (paid.refunded_amount === 0 || paid.total === 0) return nothing("no_money");
  const isWhole = paid.refunded_amount == null || paid.refunded_amount >= paid.total;
  const part = isWhole ? withoutTax(paid) : Math.round(((paid.refunded_amount ?? 0) * withoutTax(paid)) / paid.total);
  if (part === 0) return nothing("no_money");
  return {
    act: "refund",
    sale_id,
    refund_id: "refunded",
    amount: part,
    currency: paid.currency,
    is_total: true,
    reason: "refund",
  };
}

/** A subscription's first payment is its order. */
const isInitial = ({ billing_reason }: Paid) => billing_reason === "initial";

const renewed = (id: string, paid: Paid, meta: Meta) =>
  isInitial(paid) ? nothing("counted_elsewhere") : sale(`invoice-${id}`, paid, meta);

const readers: Record<string, (id: string, paid: Paid, meta: Meta) => Happening> = {
  order_created: (id, paid, meta) => sale(`order-${id}`, paid, meta),
  order_refunded: (id, paid) => refund(`order-${id}`, paid),
  subscription_payment_success: renewed,
  // It comes together with the one above, or instead of it.
  subscription_payment_recovered: renewed,
  subscription_payment_refunded: (id, paid) =>
    isInitial(paid) ? nothing("counted_elsewhere") : refund(`invoice-${id}`, paid),
};

/** Types that come with the ones above, and say nothing new. */
const beside = new Map<string, InputReason>([
  ["subscription_payment_failed", "no_money"],
  ["subscription_cancelled", "no_money"],
  ["subscription_expired", "no_money"],
]);

/** https://docs.lemonsqueezy.com/help/webhooks/signing-requests. Its events have no id, so their bodies tell them apart. */
export const lemonsqueezy: Provider = {
  name: "Lemon Squeezy",
  events: Object.keys(readers),
  isSigned: (secret, headers, body) => isHexOf(secret, body, headers.get("x-signature") ?? ""),
  read(_, payload) {
    const { meta, data } = Event.parse(payload);
    const reader = Object.hasOwn(readers, meta.event_name) ? readers[meta.event_name] : undefined;
    return {
      id: null,
      type: meta.event_name,
      is_test: meta.test_mode === true || Tested.safeParse(data).success,
      happening: reader
        ? understood(() => {
            const { id, attributes } = Paid.parse(data);
            return reader(id, attributes, meta);
          })
        : nothing(beside.get(meta.event_name) ?? "unknown_event"),
    };
  },
};
