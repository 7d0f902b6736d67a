import { z } from "zod";
import { goodsOf } from "./goods";
import { buyerOf, type Happening, maybe, minorUnits, momentOf, nothing, Ref, Text, understood } from "./happening";
import type { InputReason } from "./input-reasons";
import type { Provider } from "./provider";
import { Decimal, InShop, inBoth, minorIn } from "./shopify-money";
import { disputed, refunded, ShopifyRefund } from "./shopify-refund";
import { isBase64Of } from "./signing";

const Order = z.object({
  id: Ref,
  test: maybe(z.boolean()),
  currency: z.string().max(3),
  current_subtotal_price_set: InShop,
  subtotal_price_set: InShop,
  subtotal_price: maybe(Decimal),
  total_price_set: InShop,
  total_price: maybe(Decimal),
  total_tax_set: InShop,
  total_tax: maybe(Decimal),
  taxes_included: maybe(z.boolean()),
  shipping_lines: maybe(
    z.array(z.object({ tax_lines: maybe(z.array(z.object({ price: maybe(Decimal), price_set: InShop }))) })),
  ),
  refunds: maybe(z.array(z.unknown())),
  email: maybe(Text),
  contact_email: maybe(Text),
  customer: maybe(z.object({ email: maybe(Text) })),
  note_attributes: maybe(z.array(z.object({ name: z.string(), value: z.unknown() }))),
  discount_codes: maybe(z.array(z.object({ code: Text }))),
  landing_site: maybe(z.string()),
  processed_at: maybe(z.string()),
});

/** The parameter that share links add to the landing page's URL. */
const CODE_PARAMETER = "ref";

/** The referral data in an order: the cart's attributes, or the customer's landing page. */
function attachedTo({ note_attributes, landing_site }: z.infer<typeof Order>) {
  const landed = URL.parse(landing_site ?? "", "https://shop.invalid")?.searchParams.get(CODE_PARAMETER);
  return {
    referral_code: landed,
    ...Object.fromEntries((note_attributes ?? []).map(({ name, value }) => [name, value])),
  };
}

/** The subtotal after discounts, without shipping, tips, and included tax. Earlier refunds have their own events. */
function orderPaid(order: z.infer<typeof Order>): Happening {
  const current = order.refunds?.length ? null : order.current_subtotal_price_set;
  const subtotal = inBoth(current ?? order.subtotal_price_set, order.subtotal_price, order.currency);
  const total = inBoth(order.total_price_set, order.total_price, order.currency);
  const tax = inBoth(order.total_tax_set, order.total_tax, order.currency);
  const ofShipping = (order.shipping_lines ?? []).flatMap(({ tax_lines }) =>
    (tax_lines ?? []).map(({ price, price_set }) => inBoth(price_set, price, order.currency)),
  );
  const sums = subtotal.map(({ amount, currency_code: currency }) => {
    const goods = minorUnits(amount, currency);
    const shippingTax = ofShipping.reduce((sum, one) => sum + (minorIn(currency, one) ?? 0), 0);
    const included = order.taxes_included ? Math.max(0, (minorIn(currency, tax) ?? 0) - shippingTax) : 0;
    return {
      amount: goodsOf({ total: goods, tax: included }),
      paid: Math.max(minorIn(currency, total) ?? 0, goods),
      currency,
    };
  });
  if (!sums[0]?.amount) return nothing("no_money");
  return {
    act: "sale",
    sale_id: order.id,
    sums,
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
  sums: null,
  part: null,
  of_paid: true,
  reason: "cancelled",
});

/** Types that are sent together with the ones below and add nothing. */
const beside = new Map<string, InputReason>([
  ["orders/create", "not_final"],
  ["orders/updated", "counted_elsewhere"],
  ["customers/data_request", "nothing_kept"],
  ["customers/redact", "nothing_kept"],
  ["shop/redact", "nothing_kept"],
]);

/** A payload's content by topic, and whether the order or refund is a test. */
function happeningOf(topic: string, payload: unknown): { is_test: boolean; happening: Happening } {
  if (topic === "refunds/create") {
    const refund = ShopifyRefund.parse(payload);
    return { is_test: refund.transactions.some(({ test }) => test), happening: refunded(refund) };
  }
  if (topic === "disputes/create" || topic === "disputes/update")
    return { is_test: false, happening: disputed(payload) };
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
  events: ["orders/paid", "orders/cancelled", "refunds/create", "disputes/create", "disputes/update"],
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
