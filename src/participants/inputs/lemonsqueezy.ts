import { z } from "zod";
import { alsoIn, goodsOf } from "./goods";
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
    total_usd: maybe(z.int().min(0)),
    refunded_amount_usd: maybe(z.int().min(0)),
    user_email: maybe(Text),
    created_at: maybe(z.string()),
  }),
});
type Paid = z.infer<typeof Paid>["attributes"];

/** The amount in US dollars, which each object also contains. */
const inUsd = (amount: number | null | undefined) => (amount == null ? [] : [{ amount, currency: "USD" }]);

function sale(sale_id: string, paid: Paid, { custom_data }: Meta): Happening {
  const sum = { amount: goodsOf(paid), paid: paid.total, currency: paid.currency };
  if (paid.status === "pending") return nothing("not_final");
  if (paid.status === "failed" || paid.status === "void" || sum.amount === 0) return nothing("no_money");
  return {
    act: "sale",
    sale_id,
    sums: [sum, ...inUsd(paid.total_usd).map(({ amount, currency }) => alsoIn(sum, { paid: amount, currency }))],
    occurred_at: momentOf(paid.created_at),
    buyer: buyerOf(custom_data, paid.user_email),
  };
}

/**
 * `refunded_amount` is the total of all refunds so far, including tax. API versions without it only have full refunds.
 */
function refund(sale_id: string, paid: Paid): Happening {
  if (paid.refunded_amount === 0 || paid.total === 0) return nothing("no_money");
  const amount = paid.refunded_amount ?? paid.total;
  return {
    act: "refund",
    sale_id,
    refund_id: `refunded:${amount}`,
    sums: [
      { amount, currency: paid.currency },
      ...inUsd(paid.refunded_amount == null ? paid.total_usd : paid.refunded_amount_usd),
    ],
    part: "refunded",
    of_paid: true,
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
  // Sent together with the event above, or instead of it.
  subscription_payment_recovered: renewed,
  subscription_payment_refunded: (id, paid) =>
    isInitial(paid) ? nothing("counted_elsewhere") : refund(`invoice-${id}`, paid),
};

/** Types that are sent together with the ones above and add nothing. */
const beside = new Map<string, InputReason>([
  ["subscription_payment_failed", "no_money"],
  ["subscription_cancelled", "no_money"],
  ["subscription_expired", "no_money"],
]);

/**
 * https://docs.lemonsqueezy.com/help/webhooks/signing-requests. Its events have no ID, so their bodies identify them.
 */
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
