/** Events of payment providers in their documented form, with the fields that matter and some that do not. */

let ids = 0;
const next = () => ++ids;
const now = () => Math.floor(Date.now() / 1000);

export const stripeEvent = (type: string, object: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  id: `evt_${next()}`,
  object: "event",
  api_version: "2025-03-31.basil",
  created: now(),
  livemode: true,
  type,
  data: { object },
  ...more,
});

export const session = (fields: Record<string, unknown> = {}) =>
  stripeEvent("checkout.session.completed", {
    id: "cs_1",
    object: "checkout.session",
    mode: "payment",
    payment_status: "paid",
    amount_total: 10_000,
    currency: "usd",
    payment_intent: "pi_1",
    customer_details: { email: "stranger@example.com", name: "Somebody Secret" },
    metadata: {},
    ...fields,
  });

export const invoice = (fields: Record<string, unknown> = {}) =>
  stripeEvent("invoice.paid", {
    id: "in_1",
    object: "invoice",
    amount_paid: 10_000,
    currency: "usd",
    customer_email: "stranger@example.com",
    metadata: {},
    ...fields,
  });

export const charge = (amount_refunded: number, fields: Record<string, unknown> = {}) =>
  stripeEvent("charge.refunded", {
    id: "ch_1",
    object: "charge",
    amount: 10_000,
    amount_refunded,
    currency: "usd",
    payment_intent: "pi_1",
    refunded: amount_refunded === 10_000,
    ...fields,
  });

export const dispute = (type: string, fields: Record<string, unknown> = {}) =>
  stripeEvent(`charge.dispute.${type}`, {
    id: "dp_1",
    object: "dispute",
    amount: 10_000,
    currency: "usd",
    charge: "ch_1",
    payment_intent: "pi_1",
    status: "needs_response",
    ...fields,
  });

const money = (amount: string, currency_code = "USD") => ({ shop_money: { amount, currency_code } });

export const shopifyHeaders = (topic: string, id = `hook-${next()}`) => ({
  "X-Shopify-Topic": topic,
  "X-Shopify-Webhook-Id": id,
});

export const order = (fields: Record<string, unknown> = {}) => ({
  id: 5_678_901_234,
  email: "stranger@example.com",
  currency: "USD",
  current_subtotal_price_set: money("100.00"),
  subtotal_price_set: money("100.00"),
  subtotal_price: "100.00",
  total_price: "125.00",
  note_attributes: [],
  discount_codes: [],
  refunds: [],
  test: false,
  processed_at: "2026-11-01T10:00:00-05:00",
  ...fields,
});

export const shopifyRefund = (amount: string, fields: Record<string, unknown> = {}) => ({
  id: 900 + next(),
  order_id: 5_678_901_234,
  refund_line_items: [],
  transactions: [{ id: 1, kind: "refund", status: "success", amount, currency: "USD", test: false }],
  order_adjustments: [],
  ...fields,
});

export const paddleEvent = (event_type: string, data: Record<string, unknown>) => ({
  event_id: `evt_${next()}`,
  event_type,
  occurred_at: new Date().toISOString(),
  notification_id: "ntf_1",
  data,
});

export const transaction = (fields: Record<string, unknown> = {}) =>
  paddleEvent("transaction.completed", {
    id: "txn_1",
    status: "completed",
    currency_code: "USD",
    custom_data: null,
    details: { totals: { subtotal: "10000", tax: "2000", total: "12000", grand_total: "12000" } },
    ...fields,
  });

export const adjustment = (type: string, fields: Record<string, unknown> = {}) =>
  paddleEvent(`adjustment.${type}`, {
    id: "adj_1",
    transaction_id: "txn_1",
    action: "refund",
    status: "approved",
    currency_code: "USD",
    totals: { subtotal: "5000", tax: "1000", total: "6000" },
    ...fields,
  });

export const lemon = (
  event_name: string,
  attributes: Record<string, unknown> = {},
  meta: Record<string, unknown> = {},
  id = "42",
) => ({
  meta: { event_name, test_mode: false, custom_data: {}, ...meta },
  data: {
    type: event_name.startsWith("order") ? "orders" : "subscription-invoices",
    id,
    attributes: {
      status: "paid",
      currency: "USD",
      total: 12_000,
      tax: 2_000,
      user_email: "stranger@example.com",
      user_name: "Somebody Secret",
      created_at: "2026-11-01T10:00:00.000000Z",
      ...attributes,
    },
  },
});
