import { z } from "zod";
import { decimalsOf } from "../../lib/currency";
import { maybe, Ref, Text } from "./happening";

/** A full object, or its ID. */
const Link = maybe(z.union([Ref, z.object({ id: Ref }).transform(({ id }) => id)]));
const Metadata = maybe(z.record(z.string(), z.unknown()));
const Email = maybe(Text);

/** The amount in the buyer's own currency, if it differs from the seller's. */
const Presented = maybe(z.object({ presentment_amount: z.int(), presentment_currency: z.string() }));
/** The amount that reached the seller's balance, if the full object is included. */
const Balance = maybe(z.object({ amount: z.int(), currency: z.string() }));
export const Stated = z.object({ presentment_details: Presented, balance_transaction: Balance }).partial();

export const Session = z.object({
  id: Ref,
  mode: maybe(z.string()),
  payment_status: z.string(),
  amount_total: maybe(z.int()),
  total_details: maybe(z.object({ amount_tax: maybe(z.int()), amount_shipping: maybe(z.int()) })),
  currency: maybe(z.string()),
  currency_conversion: maybe(z.object({ amount_total: z.int(), source_currency: z.string() })),
  presentment_details: Presented,
  payment_intent: Link,
  invoice: Link,
  invoice_creation: maybe(z.object({ enabled: maybe(z.boolean()) })),
  client_reference_id: maybe(Text),
  customer: Link,
  customer_email: Email,
  customer_details: maybe(z.object({ email: Email })),
  metadata: Metadata,
});

const Subscribed = maybe(z.object({ metadata: Metadata }));
export const Payment = z.object({ payment_intent: Link, charge: Link });
export const Taxes = maybe(z.array(z.object({ amount: z.int() })).max(100));
export const Invoice = z.object({
  id: Ref,
  billing_reason: maybe(z.string()),
  amount_paid: z.int(),
  total: maybe(z.int()),
  total_excluding_tax: maybe(z.int()),
  tax: maybe(z.int()),
  total_taxes: Taxes,
  total_tax_amounts: Taxes,
  shipping_cost: maybe(z.object({ amount_subtotal: maybe(z.int()) })),
  currency: z.string(),
  customer: Link,
  customer_email: Email,
  metadata: Metadata,
  subscription_details: Subscribed,
  parent: maybe(z.object({ subscription_details: Subscribed })),
  payment_intent: Link,
  charge: Link,
  payments: maybe(z.object({ data: z.array(z.object({ payment: Payment })).max(100) })),
});
export const InvoicePayment = z.object({ invoice: Link, payment: Payment });
export const Charge = z.object({
  id: Ref,
  payment_intent: Link,
  invoice: Link,
  amount: maybe(z.int()),
  amount_refunded: z.int(),
  currency: z.string(),
  presentment_details: Presented,
  balance_transaction: Balance,
});
export const Refund = z.object({
  id: Ref,
  charge: Ref,
  payment_intent: Link,
  amount: z.int().min(1),
  currency: z.string(),
  status: maybe(z.string()),
  presentment_details: Presented,
  balance_transaction: Balance,
});
export const Dispute = z.object({
  id: Ref,
  charge: Link,
  payment_intent: Link,
  amount: z.int(),
  currency: z.string(),
  status: z.string(),
  balance_transactions: maybe(z.array(z.object({ amount: z.int(), currency: z.string() })).max(20)),
});

/** Stripe uses no decimals for these, and two for these that have none in ISO 4217 (docs.stripe.com/currencies). */
const [WITHOUT_DECIMALS, WITH_TWO] = [new Set(["MGA"]), new Set(["ISK", "UGX"])];

/** Stripe's amount in the ISO 4217 minor unit. */
export function money(amount: number, code: string) {
  const currency = code.toUpperCase();
  const iso = decimalsOf(currency);
  const theirs = WITHOUT_DECIMALS.has(currency) ? 0 : WITH_TWO.has(currency) ? 2 : iso;
  return { amount: Math.round(amount * 10 ** (iso - theirs)), currency };
}

export const known = (ids: (string | null | undefined)[]) => ids.filter((id) => id !== null && id !== undefined);

/** Refunds and disputes contain the payment intent. Payments from before payment intents have only a charge. */
export const paymentOf = ({ payment_intent, charge }: z.infer<typeof Payment>) => payment_intent ?? charge;

/**
 * The data that a checkout session and its later invoice share. Such sessions always have a customer. Since API version
 * 2025-03-31, neither contains the other's ID, and the invoice does not contain its payment.
 */
export const saidOf = (customer: string | null | undefined, currency: string, total: number) =>
  customer ? [customer, currency.toLowerCase(), total].join(" ") : null;
