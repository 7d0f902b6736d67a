import { z } from "zod";
import { buyerOf, type Happening, maybe, minorUnits, momentOf, nothing, Ref, Text, understood } from "./happening";
import type { InputReason } from "./input-reasons";
import type { Provider } from "./provider";
import { isBase64Of } from "./signing";

const Decimal = z.union([z.string().max(30), z.number()]);
const Money = z.object({ amount: Decimal, currency_code: z.string().max(3) });
/** A sum in the shop's currency, and in the one that the customer paid in. */
const InShop = maybe(z.object({ shop_money: Money, presentment_money: maybe(Money) }));

const Order = z.object({
  id: Ref,
  test: maybe(z.boolean()),
  currency: z.string().max(3),
  current_subtotal_price_set: InShop,
  subtotal_price_set: InShop,
  subtotal_price: maybe(Decimal),
  refunds: maybe(z.array(z.unknown())),
  email: maybe(Text),
  contact_email: maybe(Text),
  customer: maybe(z.object({ email: maybe(Text) })),
  note_attributes: maybe(z.array(z.object({ name: z.string(), value: z.unknown() }))),
  discount_codes: maybe(z.array(z.object({ code: Text }))),
  landing_site: maybe(z.string()),
  processed_at: maybe(z.string()),
});

const Refund = z.object({
  id: Ref,
  order_id: Ref,
  transactions: z.array(
    z.object({
      kind: z.string(),
      status: maybe(z.string()),
      test: maybe(z.boolean()),
      amount: Decimal,
      currency: maybe(z.string().max(3)),
      amount_set: InShop,
    }),
  ),
  refund_line_items: maybe(z.array(z.object({ subtotal: maybe(Decimal), subtotal_set: InShop }))),
  refund_shipping_lines: maybe(z.array(z.object({ subtotal_amount_set: InShop }))),
  order_adjustments: maybe(
    z.array(
      z.object({
        kind: maybe(z.string()),
        amount: maybe(Decimal),
        amount_set: InShop,
        tax_amount: maybe(Decimal),
        tax_amount_set: InShop,
      }),
    ),
  ),
});

/** The parameter that share links add to the page that they lead to. */
const CODE_PARAMETER = "ref";

/** What a customer's order says about who sent them: the cart's attributes, or the page that they came to first. */
function attachedTo({ note_attributes, landing_site }: z.infer<typeof Order>) {
  const landed = URL.parse(landing_site ?? "", "https://shop.invalid")?.searchParams.get(CODE_PARAMETER);
  return {
    referral_code: landed,
    ...Object.fromEntries((note_attributes ?? []).map(({ name, value }) => [name, value])),
  };
}

/** The subtotal after discounts, without shipping and tips, and without tax unless prices include it. What was refunded already comes in events of its own. */
function orderPaid(order: z.infer<typeof Order>): Happening {
  const current = order.refunds?.length ? null : order.current_subtotal_price_set;
  const { amount, currency_code } = (current ?? order.subtotal_price_set)?.shop_money ?? {
    amount: order.subtotal_price ?? 0,
    currency_code: order.currency,
  };
  const paid = minorUnits(amount, currency_code);
  if (paid === 0) return nothing("no_money");
  return {
    act: "sale",
    sale_id: order.id,
    amount: paid,
    currency: currency_code,
    occurred_at: momentOf(order.processed_at),
    buyer: buyerOf(
      attachedTo(order),
      order.email ?? order.contact_email ?? order.customer?.email,
      (order.discount_codes ?? []).map(({ code }) => code),
    ),
  };
}

const orderCancelled = ({ id }: z.infer<typeof Order>): Happening => ({
  act: "refund",
  sale_id: id,
  refund_id: `cancelled-${id}`,
  amount: null,
  currency: null,
  is_total: false,
  reason: "cancelled",
});

type Sums = NonNullable<z.infer<typeof InShop>>;

/** What one unit of a currency is worth in the shop's, by sums that a refund has in both. Unknown without any. */
function worth(sums: Sums[], currency: string) {
  let [inShop, paid] = [0, 0];
  for (const { shop_money, presentment_money } of sums) {
    if (presentment_money?.currency_code !== currency) continue;
    inShop += Math.abs(Number(shop_money.amount));
    paid += Math.abs(Number(presentment_money.amount));
  }
  return paid > 0 ? inShop / paid : null;
}

/**
 * The money that went back, because refunds without restocking have no line items. Where there are some, what is more than they cost is
 * tax or shipping, which the sale does not count. Transactions are in the currency that the customer paid in, and sales in the shop's.
 */
function refunded({ id, order_id, transactions, ...refund }: z.infer<typeof Refund>): Happening {
  const back = transactions.filter(
    ({ kind, status }) => kind === "refund" && status !== "failure" && status !== "error",
  );
  const [lines, adjustments] = [refund.refund_line_items ?? [], refund.order_adjustments ?? []];
  const shippingLines = refund.refund_shipping_lines ?? [];
  const sums = [
    ...back.map((one) => one.amount_set),
    ...lines.map((line) => line.subtotal_set),
    ...shippingLines.map((line) => line.subtotal_amount_set),
    ...adjustments.map((one) => one.amount_set),
  ].filter((one) => one !== null && one !== undefined);
  const currency = sums[0]?.shop_money.currency_code ?? back[0]?.currency;
  if (!currency || back.length === 0) return nothing("no_money");
  const sum = (amounts: (string | number)[]) =>
    amounts.reduce<number>((total, amount) => total + Math.abs(minorUnits(amount, currency)), 0);
  const inShop = (set: z.infer<typeof InShop>, amount: string | number | null | undefined) =>
    set?.shop_money.amount ?? amount ?? 0;
  const moved = back.map(({ amount, amount_set, currency: theirs }) => {
    if (amount_set || !theirs || theirs === currency) return inShop(amount_set, amount);
    const rate = worth(sums, theirs);
    return rate === null ? null : Number(amount) * rate;
  });
  const known = moved.filter((one) => one !== null);
  if (known.length < moved.length) return nothing("not_understood");
  const paid = sum(known);
  const goods = sum(lines.map((line) => inShop(line.subtotal_set, line.subtotal)));
  // Versions of its API have one of these, or both.
  const shipped = Math.max(
    sum(shippingLines.map((line) => inShop(line.subtotal_amount_set, 0))),
    sum(
      adjustments
        .filter(({ kind }) => kind === "shipping_refund")
        .flatMap((one) => [inShop(one.amount_set, one.amount), inShop(one.tax_amount_set, one.tax_amount)]),
    ),
  );
  const rest = Math.max(paid - shipped, 0);
  const amount = goods > 0 ? Math.min(rest, goods) : rest;
  if (amount === 0) return nothing("no_money");
  return { act: "refund", sale_id: order_id, refund_id: id, amount, currency, is_total: false, reason: "refund" };
}

/** Types that come with the ones below, and say nothing new. */
const beside = new Map<string, InputReason>([
  ["orders/create", "not_final"],
  ["orders/updated", "counted_elsewhere"],
  ["customers/data_request", "nothing_kept"],
  ["customers/redact", "nothing_kept"],
  ["shop/redact", "nothing_kept"],
]);

/** A payload's meaning by its topic, and whether an order or a refund is a test. */
function happeningOf(topic: string, payload: unknown): { is_test: boolean; happening: Happening } {
  if (topic === "refunds/create") {
    const refund = Refund.parse(payload);
    return { is_test: refund.transactions.some(({ test }) => test), happening: refunded(refund) };
  }
  if (topic !== "orders/paid" && topic !== "orders/cancelled")
    return { is_test: false, happening: nothing(beside.get(topic) ?? "unknown_event") };
  const order = Order.parse(payload);
  return {
    is_test: order.test === true,
    happening: topic === "orders/paid" ? orderPaid(order) : orderCancelled(order),
  };
}

/** https://shopify.dev/docs/apps/build/webhooks/subscribe/https#step-2-validate-the-origin-of-your-webhook-to-ensure-its-coming-from-shopify */
export const shopify: Provider = {
  name: "Shopify",
  events: ["orders/paid", "orders/cancelled", "refunds/create"],
  isSigned: (secret, headers, body) => isBase64Of(secret, body, headers.get("x-shopify-hmac-sha256") ?? ""),
  read(headers, payload) {
    const type = headers.get("x-shopify-topic") ?? "";
    let is_test = headers.get("x-shopify-test") === "true";
    const happening = understood(() => {
      const read = happeningOf(type, payload);
      is_test ||= read.is_test;
      return read.happening;
    });
    return { id: headers.get("x-shopify-webhook-id"), type, is_test, happening };
  },
};
