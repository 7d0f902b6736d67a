import { z } from "zod";
import { alsoIn, goodsOf } from "./goods";
import { buyerOf, type Happening, maybe, nothing, type ProviderEvent, Ref, Text, understood } from "./happening";
import type { InputReason } from "./input-reasons";
import type { Provider } from "./provider";
import { isSignedAt } from "./signing";
import {
  Charge,
  Dispute,
  Invoice,
  InvoicePayment,
  known,
  money,
  paymentOf,
  Refund,
  Session,
  type Stated,
  saidOf,
  type Taxes,
} from "./stripe-objects";

/** The last second that a Date supports. */
const SECONDS_MAX = 8_640_000_000_000;

const Event = z.object({
  id: Ref,
  type: Text,
  livemode: maybe(z.boolean()),
  created: maybe(z.int().min(0).max(SECONDS_MAX)),
  data: maybe(z.object({ object: z.unknown() })),
});

/** An amount in the object's currency, and in the others that it contains. */
const alsoStated = (
  amount: number,
  currency: string,
  { presentment_details: shown, balance_transaction: balance }: z.infer<typeof Stated>,
) => [
  money(amount, currency),
  ...(shown ? [money(shown.presentment_amount, shown.presentment_currency)] : []),
  ...(balance ? [money(Math.abs(balance.amount), balance.currency)] : []),
];

function sessionPaid(object: unknown, at: Date | null): Happening {
  const session = Session.parse(object);
  const { payment_status, amount_total, currency, client_reference_id: reference, currency_conversion } = session;
  if (payment_status === "unpaid") return nothing("not_final");
  if (payment_status !== "paid" || !amount_total || !currency) return nothing("no_money");
  const attached = { referral_code: reference, external_id: reference, ...session.metadata };
  const sale_id = session.invoice ?? session.payment_intent ?? session.id;
  const [paid = money(amount_total, currency), ...others] = alsoStated(amount_total, currency, session);
  const { amount_tax, amount_shipping } = session.total_details ?? {};
  const amount = goodsOf({ total: amount_total, tax: amount_tax, shipping: amount_shipping });
  const sum = { amount: money(amount, currency).amount, paid: paid.amount, currency: paid.currency };
  const source = currency_conversion && money(currency_conversion.amount_total, currency_conversion.source_currency);
  if (sum.amount === 0) return nothing("no_money");
  const willHaveInvoice = session.mode !== "subscription" && session.invoice_creation?.enabled && !session.invoice;
  const said = willHaveInvoice ? saidOf(session.customer, currency, amount_total) : null;
  return {
    act: "sale",
    sale_id,
    ...(said && { half: { side: "session", said } }),
    sums: [
      sum,
      ...[...(source ? [source] : []), ...others].map(({ amount, currency }) =>
        alsoIn(sum, { paid: amount, currency }),
      ),
    ],
    occurred_at: at,
    buyer: buyerOf(attached, session.customer_details?.email ?? session.customer_email),
    aliases: known([session.payment_intent]).filter((id) => id !== sale_id),
    ...(willHaveInvoice ? { awaits: "invoice" } : session.invoice ? { awaits: "code" } : {}),
  };
}

/** The reasons of invoices that may belong to a checkout session, and so lack its code. Not in older versions. */
const OF_CHECKOUT = ["subscription_create", "manual"];

const sumOf = (taxes: z.infer<typeof Taxes>) => taxes?.reduce((sum, { amount }) => sum + amount, 0);

function invoicePaid(object: unknown, at: Date | null): Happening {
  const invoice = Invoice.parse(object);
  if (invoice.amount_paid <= 0) return nothing("no_money");
  const attached = {
    ...invoice.subscription_details?.metadata,
    ...invoice.parent?.subscription_details?.metadata,
    ...invoice.metadata,
  };
  const total = invoice.total ?? invoice.amount_paid;
  const { total_excluding_tax: untaxed, shipping_cost } = invoice;
  const tax =
    untaxed != null ? total - untaxed : (sumOf(invoice.total_taxes ?? invoice.total_tax_amounts) ?? invoice.tax);
  const amount = goodsOf({ total, tax, shipping: shipping_cost?.amount_subtotal }, invoice.amount_paid);
  if (amount === 0) return nothing("no_money");
  const paid = money(invoice.amount_paid, invoice.currency);
  const aliases = known([
    paymentOf(invoice),
    ...(invoice.payments?.data ?? []).map(({ payment }) => paymentOf(payment)),
  ]);
  const isAlone = aliases.length === 0 && (invoice.billing_reason ?? "manual") === "manual";
  const said = isAlone ? saidOf(invoice.customer, invoice.currency, total) : null;
  return {
    act: "sale",
    sale_id: invoice.id,
    sums: [{ amount: money(amount, invoice.currency).amount, paid: paid.amount, currency: paid.currency }],
    occurred_at: at,
    buyer: buyerOf(attached, invoice.customer_email),
    aliases,
    ...(said && { half: { side: "invoice", said } }),
    ...(OF_CHECKOUT.includes(invoice.billing_reason ?? "manual") && { awaits: "code" }),
  };
}

function invoicePayment(object: unknown): Happening {
  const { invoice, payment } = InvoicePayment.parse(object);
  const alias = paymentOf(payment);
  return invoice && alias ? { act: "link", sale_id: invoice, aliases: [alias] } : nothing("no_money");
}

/** The IDs of a charge's payment: the one that a sale is recorded under, and the others. */
function idsOf({
  id,
  invoice,
  payment_intent,
}: {
  id: string | null | undefined;
  invoice?: string | null | undefined;
  payment_intent?: string | null | undefined;
}) {
  const [sale_id = "", ...aliases] = known([invoice, payment_intent, id]);
  return { sale_id, aliases };
}

/** `amount_refunded` is the total of the charge's refunds so far. Its other amounts refer to the full payment. */
function chargeRefunded(object: unknown): Happening {
  const charge = Charge.parse(object);
  const { amount, amount_refunded: refunded } = charge;
  if (refunded <= 0) return nothing("no_money");
  const [own, ...others] = alsoStated(refunded, charge.currency, charge);
  const share = amount ? refunded / amount : null;
  const shares = share === null ? [] : others.map((other) => ({ ...other, amount: Math.round(other.amount * share) }));
  return {
    act: "refund",
    ...idsOf(charge),
    refund_id: `${charge.id}:${refunded}`,
    sums: [...(own ? [own] : []), ...shares],
    part: charge.id,
    of_paid: true,
    is_total: true,
    reason: "refund",
  };
}

/** A refund that the charge's total includes too. If it failed or was canceled, the seller keeps the money. */
function refunded(object: unknown): Happening {
  const { data: refund } = Refund.safeParse(object);
  if (!refund) return nothing("counted_elsewhere");
  const isUndone = refund.status === "failed" || refund.status === "canceled";
  if (refund.status === "requires_action") return nothing("not_final");
  return {
    act: "refund",
    ...idsOf({ id: refund.charge, payment_intent: refund.payment_intent }),
    refund_id: isUndone ? `${refund.id}:undone` : refund.id,
    sums: alsoStated(refund.amount, refund.currency, refund),
    part: refund.charge,
    of_paid: true,
    is_back: isUndone,
    reason: isUndone ? "refund_failed" : "refund",
  };
}

/** A dispute takes the money until it is won. An inquiry, whose status begins with `warning_`, takes none. */
function disputed(object: unknown, _: Date | null, type: string): Happening {
  const dispute = Dispute.parse(object);
  const { status } = dispute;
  if (status.startsWith("warning_")) return nothing("no_money");
  if (status === "prevented") return nothing("counted_elsewhere");
  const { charge, payment_intent } = dispute;
  const ids = idsOf({ id: charge, payment_intent });
  if (!ids.sale_id) return nothing("not_understood");
  const isBack = status === "won" || type === "charge.dispute.funds_reinstated";
  const withdrawn = dispute.balance_transactions?.find(({ amount }) => amount < 0);
  return {
    act: "refund",
    ...ids,
    refund_id: isBack ? `${dispute.id}:won` : dispute.id,
    sums: alsoStated(dispute.amount, dispute.currency, { balance_transaction: withdrawn }),
    part: dispute.id,
    of_paid: true,
    is_back: isBack,
    reason: isBack ? "dispute_won" : "chargeback",
  };
}

const readers: Record<string, (object: unknown, at: Date | null, type: string) => Happening> = {
  "checkout.session.completed": sessionPaid,
  "checkout.session.async_payment_succeeded": sessionPaid,
  "invoice.paid": invoicePaid,
  "invoice.payment_succeeded": invoicePaid,
  "invoice_payment.paid": invoicePayment,
  "charge.refunded": chargeRefunded,
  "refund.created": refunded,
  "refund.updated": refunded,
  "refund.failed": refunded,
  "charge.refund.updated": refunded,
  "charge.dispute.created": disputed,
  "charge.dispute.funds_withdrawn": disputed,
  "charge.dispute.funds_reinstated": disputed,
  "charge.dispute.closed": disputed,
};
/** Events that repeat another one. */
const TWICE = ["invoice.payment_succeeded", "charge.refund.updated"];

/** Types that are sent together with the ones above and add nothing. */
const beside: [RegExp, InputReason][] = [
  [/^(payment_intent\.succeeded|charge\.succeeded)$/, "counted_elsewhere"],
  [
    /^(customer\.subscription\.deleted|checkout\.session\.(expired|async_payment_failed)|invoice\.payment_failed)$/,
    "no_money",
  ],
];

/** Reads an event. @throws a ZodError for an undocumented form */
function read(_: Headers, payload: unknown): ProviderEvent {
  const { id, type, livemode, created, data } = Event.parse(payload);
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  const reason = beside.find(([types]) => types.test(type))?.[1] ?? "unknown_event";
  const at = created ? new Date(created * 1000) : null;
  return {
    id,
    type,
    is_test: livemode === false,
    happening: reader ? understood(() => reader(data?.object, at, type)) : nothing(reason),
  };
}

const scheme = { separator: ",", time: "t", signature: "v1", between: "." };

/** https://docs.stripe.com/webhooks#verify-manually */
export const stripe: Provider = {
  name: "Stripe",
  events: Object.keys(readers).filter((type) => !TWICE.includes(type)),
  isSigned: (secret, headers, body, now) =>
    isSignedAt(scheme, secret, headers.get("stripe-signature") ?? "", body, now),
  read,
};
