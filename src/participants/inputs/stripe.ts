import { z } from "zod";
import { decimalsOf } from "../../lib/currency";
import { buyerOf, type Happening, maybe, nothing, type ProviderEvent, Ref, Text, understood } from "./happening";
import type { InputReason } from "./input-reasons";
import type { Provider } from "./provider";
import { isSignedAt } from "./signing";

/** An object that may come whole or as its id. */
const Link = maybe(z.union([Ref, z.object({ id: Ref }).transform(({ id }) => id)]));
const Metadata = maybe(z.record(z.string(), z.unknown()));
const Email = maybe(Text);

/** The last second that a Date can be. */
const SECONDS_MAX = 8_640_000_000_000;

const Event = z.object({
  id: Ref,
  type: Text,
  livemode: maybe(z.boolean()),
  created: maybe(z.int().min(0).max(SECONDS_MAX)),
  data: maybe(z.object({ object: z.unknown() })),
});

const Session = z.object({
  id: Ref,
  mode: maybe(z.string()),
  payment_status: z.string(),
  amount_total: maybe(z.int()),
  currency: maybe(z.string()),
  payment_intent: Link,
  invoice: Link,
  client_reference_id: maybe(Text),
  customer_email: Email,
  customer_details: maybe(z.object({ email: Email })),
  metadata: Metadata,
});

const Subscribed = maybe(z.object({ metadata: Metadata }));
const Payment = z.object({ payment_intent: Link, charge: Link });
const Invoice = z.object({
  id: Ref,
  amount_paid: z.int(),
  currency: z.string(),
  customer_email: Email,
  metadata: Metadata,
  subscription_details: Subscribed,
  parent: maybe(z.object({ subscription_details: Subscribed })),
  payment_intent: Link,
  charge: Link,
  payments: maybe(z.object({ data: z.array(z.object({ payment: Payment })).max(100) })),
});
const InvoicePayment = z.object({ invoice: Link, payment: Payment });
const Charge = z.object({
  id: Ref,
  payment_intent: Link,
  invoice: Link,
  amount_refunded: z.int(),
  currency: z.string(),
});
const Dispute = z.object({
  id: Ref,
  charge: Link,
  payment_intent: Link,
  amount: z.int(),
  currency: z.string(),
  status: z.string(),
});

/** Stripe has no decimals for these, and two for these that ISO 4217 has none for (docs.stripe.com/currencies). */
const [WITHOUT_DECIMALS, WITH_TWO] = [new Set(["MGA"]), new Set(["ISK", "UGX"])];

/** Stripe's amount in the minor unit of ISO 4217. */
function money(amount: number, code: string) {
  const currency = code.toUpperCase();
  const iso = decimalsOf(currency);
  const theirs = WITHOUT_DECIMALS.has(currency) ? 0 : WITH_TWO.has(currency) ? 2 : iso;
  return { amount: Math.round(amount * 10 ** (iso - theirs)), currency };
}

const known = (ids: (string | null | undefined)[]) => ids.filter((id) => id !== null && id !== undefined);

/** A refund or dispute names the payment intent; payments from before those have a charge only. */
const paymentOf = ({ payment_intent, charge }: z.infer<typeof Payment>) => payment_intent ?? charge;

function sessionPaid(object: unknown, at: Date | null): Happening {
  const session = Session.parse(object);
  const { payment_status, amount_total, currency, client_reference_id: reference } = session;
  if (payment_status === "unpaid") return nothing("not_final");
  if (payment_status !== "paid" || !amount_total || !currency) return nothing("no_money");
  const attached = { referral_code: reference, external_id: reference, ...session.metadata };
  const sale_id = session.invoice ?? session.payment_intent ?? session.id;
  return {
    act: "sale",
    sale_id,
    ...money(amount_total, currency),
    occurred_at: at,
    buyer: buyerOf(attached, session.customer_details?.email ?? session.customer_email),
    aliases: known([session.payment_intent]).filter((id) => id !== sale_id),
  };
}

function invoicePaid(object: unknown, at: Date | null): Happening {
  const invoice = Invoice.parse(object);
  if (invoice.amount_paid <= 0) return nothing("no_money");
  const attached = {
    ...invoice.subscription_details?.metadata,
    ...invoice.parent?.subscription_details?.metadata,
    ...invoice.metadata,
  };
  return {
    act: "sale",
    sale_id: invoice.id,
    ...money(invoice.amount_paid, invoice.currency),
    occurred_at: at,
    buyer: buyerOf(attached, invoice.customer_email),
    aliases: known([paymentOf(invoice), ...(invoice.payments?.data ?? []).map(({ payment }) => paymentOf(payment))]),
  };
}

function invoicePayment(object: unknown): Happening {
  const { invoice, payment } = InvoicePayment.parse(object);
  const alias = paymentOf(payment);
  return invoice && alias ? { act: "link", sale_id: invoice, aliases: [alias] } : nothing("no_money");
}

/** `amount_refunded` is the sum of all refunds of the charge so far. */
function chargeRefunded(object: unknown): Happening {
  const charge = Charge.parse(object);
  if (charge.amount_refunded <= 0) return nothing("no_money");
  return {
    act: "refund",
    sale_id: charge.invoice ?? charge.payment_intent ?? charge.id,
    refund_id: charge.id,
    ...money(charge.amount_refunded, charge.currency),
    is_total: true,
    reason: "refund",
  };
}

/** A dispute takes the money at once, except for an inquiry, whose status begins with `warning_`. */
function disputed(object: unknown): Happening {
  const dispute = Dispute.parse(object);
  if (dispute.status === "won") return nothing("not_given_back");
  if (dispute.status.startsWith("warning_")) return nothing("no_money");
  const sale_id = paymentOf(dispute);
  if (!sale_id) return nothing("not_understood");
  return {
    act: "refund",
    sale_id,
    refund_id: dispute.id,
    ...money(dispute.amount, dispute.currency),
    is_total: false,
    reason: "chargeback",
  };
}

const readers: Record<string, (object: unknown, at: Date | null) => Happening> = {
  "checkout.session.completed": sessionPaid,
  "checkout.session.async_payment_succeeded": sessionPaid,
  "invoice.paid": invoicePaid,
  "invoice.payment_succeeded": invoicePaid,
  "invoice_payment.paid": invoicePayment,
  "charge.refunded": chargeRefunded,
  "charge.dispute.created": disputed,
  "charge.dispute.funds_withdrawn": disputed,
  "charge.dispute.closed": disputed,
};

/** Types that come with the ones above, and say nothing new. */
const beside: [RegExp, InputReason][] = [
  [/^(payment_intent\.succeeded|charge\.succeeded|refund\..{1,40}|charge\.refund\.updated)$/, "counted_elsewhere"],
  [/^(charge\.dispute\.funds_reinstated)$/, "not_given_back"],
  [
    /^(customer\.subscription\.deleted|checkout\.session\.(expired|async_payment_failed)|invoice\.payment_failed)$/,
    "no_money",
  ],
];

/** Reads an event. @throws a ZodError for one that is not in the documented form */
function read(_: Headers, payload: unknown): ProviderEvent {
  const { id, type, livemode, created, data } = Event.parse(payload);
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  const reason = beside.find(([types]) => types.test(type))?.[1] ?? "unknown_event";
  const at = created ? new Date(created * 1000) : null;
  return {
    id,
    type,
    is_test: livemode === false,
    happening: reader ? understood(() => reader(data?.object, at)) : nothing(reason),
  };
}

const scheme = { separator: ",", time: "t", signature: "v1", between: "." };

/** https://docs.stripe.com/webhooks#verify-manually */
export const stripe: Provider = {
  name: "Stripe",
  events: Object.keys(readers).filter((type) => type !== "invoice.payment_succeeded"),
  isSigned: (secret, headers, body, now) =>
    isSignedAt(scheme, secret, headers.get("stripe-signature") ?? "", body, now),
  read,
};
