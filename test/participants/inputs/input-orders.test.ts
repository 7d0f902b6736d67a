import fc from "fast-check";
import { expect, it } from "vitest";
import type { InputKind } from "../../../drizzle/schema/inputs";
import { someone } from "../../support/campaign";
import { brokenPromises } from "../../support/invariants";
import {
  adjustment,
  charge,
  dispute,
  invoice,
  lemon,
  order,
  session,
  shopifyHeaders,
  shopifyRefund,
  stripeEvent,
  transaction,
} from "../../support/provider-events";
import { runs, seed } from "../../support/seed";
import { cash } from "../../support/shop";
import { newTill } from "../../support/till";

type Event = [payload: unknown, headers?: Record<string, string>];
/** A payment's events, and the remaining amount of its goods and of a tenth of them. */
type Payment = { events: Event[]; left: number; reward: number };
type Who = { code: string; email: string };

/** Goods for $80 with $20 of tax, by a checkout that knows the code and an invoice that knows the buyer. */
function stripePayment(
  n: number,
  { code, email }: Who,
  kind: "subscription" | "payment",
  customer: string | null = null,
) {
  const [invoiceId, payment_intent, id] = [`in_${n}`, `pi_${n}`, `ch_${n}`];
  const isOnce = kind === "payment";
  const ids = { payment_intent, charge: id };
  return {
    ids: { payment_intent, id },
    sale: [
      session({
        id: `cs_${n}`,
        mode: kind,
        invoice: isOnce ? null : invoiceId,
        payment_intent: isOnce ? payment_intent : null,
        customer,
        invoice_creation: { enabled: isOnce },
        total_details: { amount_tax: 2000, amount_shipping: 0 },
        client_reference_id: code,
        customer_details: { email },
      }),
      invoice({
        id: invoiceId,
        billing_reason: isOnce ? "manual" : "subscription_create",
        customer,
        total: 10_000,
        total_excluding_tax: 8000,
        customer_email: email,
      }),
      stripeEvent("invoice_payment.paid", { invoice: invoiceId, payment: { payment_intent } }),
    ],
    refund: (type: string, re: string, amount: number, status = "succeeded") =>
      stripeEvent(type, { id: `${re}_${n}`, object: "refund", amount, currency: "usd", status, ...ids }),
    dispute: (type: string, amount: number, status: string) => dispute(type, { id: `dp_${n}`, amount, status, ...ids }),
  };
}

/** Two sales to one customer, of equal sums, whose invoices are known to their sessions by nothing else. */
const withoutLinks = (who: Who): Payment[] =>
  [4, 5].map((n) => {
    const { ids, sale } = stripePayment(n, who, "payment", `cus_${who.email}`);
    return { events: of(sale[0], sale[1], charge(5000, { ...ids, amount: 10_000 })), left: 4000, reward: 400 };
  });

const of = (...payloads: unknown[]): Event[] => payloads.map((payload) => [payload]);

const payments: Record<InputKind, (who: Who) => Payment[]> = {
  stripe: (who) => {
    const [a, b, c] = [
      stripePayment(1, who, "subscription"),
      stripePayment(2, who, "subscription"),
      stripePayment(3, who, "payment"),
    ];
    return [
      {
        events: of(
          ...a.sale,
          a.refund("refund.created", "re", 2500),
          charge(2500, a.ids),
          a.refund("refund.created", "rf", 1000, "pending"),
          charge(3500, a.ids),
          a.refund("refund.failed", "rf", 1000, "failed"),
          a.refund("charge.refund.updated", "rf", 1000, "failed"),
          a.dispute("created", 5000, "needs_response"),
          a.dispute("closed", 5000, "won"),
          a.dispute("funds_reinstated", 5000, "won"),
        ),
        left: 6000,
        reward: 600,
      },
      {
        events: of(...b.sale, b.dispute("created", 10_000, "needs_response"), b.dispute("closed", 10_000, "lost")),
        left: 0,
        reward: 0,
      },
      { events: of(...c.sale, charge(5000, c.ids)), left: 4000, reward: 400 },
    ];
  },
  shopify: ({ code, email }) => {
    const paid = (id: number): Event => [
      order({ id, email, note_attributes: [{ name: "referral_code", value: code }] }),
      shopifyHeaders("orders/paid"),
    ];
    const money = { order_id: 1, currency: "USD", type: "chargeback", amount: "50.00" };
    return [
      {
        events: [
          paid(1),
          [
            shopifyRefund("30.00", { order_id: 1, refund_line_items: [{ subtotal: 25, total_tax: 5 }] }),
            shopifyHeaders("refunds/create"),
          ],
          [shopifyRefund("12.50", { order_id: 1 }), shopifyHeaders("refunds/create")],
          [{ id: 7, ...money, status: "needs_response" }, shopifyHeaders("disputes/create")],
          [{ id: 7, ...money, status: "won" }, shopifyHeaders("disputes/update")],
        ],
        left: 6500,
        reward: 650,
      },
      {
        events: [
          paid(2),
          [shopifyRefund("62.50", { order_id: 2 }), shopifyHeaders("refunds/create")],
          [order({ id: 2 }), shopifyHeaders("orders/cancelled")],
        ],
        left: 0,
        reward: 0,
      },
    ];
  },
  paddle: ({ code, email }) => {
    const part = { totals: { subtotal: "1000", tax: "200", total: "1200" } };
    return [
      {
        events: of(
          transaction({ custom_data: { referral_code: code }, customer: { email } }),
          adjustment("created", { status: "pending_approval" }),
          adjustment("updated"),
          adjustment("created", { id: "adj_2", action: "chargeback", ...part }),
          adjustment("created", { id: "adj_3", action: "chargeback_reverse", ...part }),
          adjustment("created", { id: "adj_4", ...part }),
          adjustment("updated", { id: "adj_4", status: "reversed", ...part }),
        ),
        left: 5000,
        reward: 500,
      },
    ];
  },
  lemonsqueezy: ({ code, email }) => [
    {
      events: of(
        lemon("order_created", { user_email: email }, { custom_data: { referral_code: code } }),
        lemon("order_refunded", { refunded_amount: 3000 }),
        lemon("order_refunded", { refunded_amount: 9000 }),
      ),
      left: 2500,
      reward: 250,
    },
  ],
};

type Case = [name: string, kind: InputKind, payments: (who: Who) => Payment[], isInvited?: boolean];
const cases: Case[] = [
  ...(Object.entries(payments) as [InputKind, Case[2]][]).map(([kind, made]): Case => [kind, kind, made]),
  ["stripe that never tells an invoice's payment", "stripe", withoutLinks],
  ["the same, of a friend whose invoice counts by itself", "stripe", withoutLinks, true],
];

it.each(cases)(
  "events of %s in any order, grouping, and number give the same totals",
  { timeout: 600_000 },
  async (_, kind, made, isInvited) => {
    const order = fc.array(fc.nat(), { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(order, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }), async (turns, sizes) => {
        const till = await newTill(kind, [{ reward: cash({ percent: 10 }) }]);
        // The buyer is a participant, mostly without a referrer.
        const email = someone();
        await (isInvited ? till.campaign.refer(till.ada.referral_code, email) : till.campaign.signUp(email));
        const all = made({ code: till.ada.referral_code, email });
        const once = all.flatMap(({ events }) => events);
        const sent = [...once, ...once.filter((_, n) => (turns[n] ?? 0) % 3 === 0)];
        const shuffled = sent
          .map((event, n) => ({ event, turn: turns[n] ?? 0 }))
          .sort((a, b) => a.turn - b.turn)
          .map(({ event }) => event);
        for (let at = 0, group = 0; at < shuffled.length; group++) {
          const size = sizes[group % sizes.length] ?? 1;
          for (const event of shuffled.slice(at, at + size)) expect((await till.post(...event)).status).toBe(200);
          at += size;
          while (till.queued().length > 0) await till.work();
        }
        const conversions: { amount: number; refunded_amount: number }[] = await till.conversions();
        const left = conversions.map(({ amount, refunded_amount }) => amount - refunded_amount);
        const told = JSON.stringify(
          (await till.events()).map((e: { type: string; status: string }) => [e.type, e.status]),
        );
        expect(left.sort(), told).toEqual(all.map((payment) => payment.left).sort());
        const rewards: { amount: number; status: string }[] = await till.campaign.rewards();
        const worth = rewards.map(({ amount, status }) => (status === "revoked" ? 0 : amount));
        expect(worth.sort(), told).toEqual(all.map((payment) => payment.reward).sort());
        for (const { status } of await till.events()) expect(status, told).not.toBe("pending");
        expect(await brokenPromises(till.campaign.id)).toEqual([]);
      }),
      { numRuns: runs(3), seed },
    );
  },
);
