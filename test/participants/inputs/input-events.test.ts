import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { InputKind } from "../../../drizzle/schema/inputs";
import { newCampaign, someone } from "../../support/campaign";
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
import { cash } from "../../support/shop";
import { newTill, type Till, tillIn } from "../../support/till";

const tenPercent = [{ reward: cash({ percent: 10 }) }];
type Event = [payload: unknown, headers?: Record<string, string>];

const paid = shopifyHeaders("orders/paid");
const named = (name: string, value: unknown) => ({ note_attributes: [{ name, value }] });

/** A sale of $100, and half of it refunded, by each provider. `who` identifies the buyer, as attached by the shop. */
const sales: Record<InputKind, (who: Record<string, unknown>, email?: string) => Event> = {
  stripe: (metadata, email = "x@example.com") => [session({ metadata, customer_details: { email } })],
  shopify: (who, email = "x@example.com") => [
    order({ email, note_attributes: Object.entries(who).map(([name, value]) => ({ name, value: String(value) })) }),
    shopifyHeaders("orders/paid"),
  ],
  paddle: (custom_data, email) => [transaction({ custom_data, ...(email && { customer: { email } }) })],
  lemonsqueezy: (custom_data, user_email = "x@example.com") => [
    lemon("order_created", { user_email }, { custom_data }),
  ],
};
const halves: Record<InputKind, () => Event> = {
  stripe: () => [charge(5000)],
  shopify: () => [shopifyRefund("62.50"), shopifyHeaders("refunds/create")],
  paddle: () => [adjustment("updated")],
  lemonsqueezy: () => [lemon("order_refunded", { refunded_amount: 6000 })],
};
const kinds = Object.keys(sales) as InputKind[];

const standing = async (till: Till) => {
  const [conversion] = await till.conversions();
  return [conversion?.amount, conversion?.refunded_amount, (await till.reward())?.amount];
};

describe.each(kinds)("an event of %s", (kind) => {
  it("records a sale and its refund, each once, however often they are sent", async () => {
    const till = await newTill(kind, tenPercent);
    const sale = sales[kind]({ participant_id: till.grace.id });
    const [half] = [halves[kind]()];
    const event = await till.send(...sale);
    expect(event).toMatchObject({
      status: "done",
      reason: null,
      act: "sale",
      amount: 10_000,
      currency: "USD",
      attempts: 1,
    });
    expect(event.conversion).toMatchObject({ outcome: "credited" });
    expect(await till.conversions()).toMatchObject([
      { id: event.conversion.id, participant_id: till.grace.id, referrer_id: till.ada.id, event_name: "purchase" },
    ]);
    expect(await standing(till)).toEqual([10_000, 0, 1000]);
    expect(await till.send(...half)).toMatchObject({
      status: "done",
      act: "refund",
      conversion: { id: event.conversion.id },
    });
    for (const again of [sale, half, half, sale]) await till.send(...again);
    expect(await till.events()).toHaveLength(2);
    expect(await standing(till)).toEqual([10_000, 5000, 500]);
  });

  it("accepts a refund before its sale", async () => {
    const till = await newTill(kind, tenPercent);
    expect(await till.send(...halves[kind]())).toMatchObject({ status: "done", conversion: null });
    await till.send(...sales[kind]({ participant_id: till.grace.id }));
    expect(await standing(till)).toEqual([10_000, 5000, 500]);
  });

  it("counts for the owner of a code, or the buyer with that email, and otherwise for nobody", async () => {
    const till = await newTill(kind, tenPercent);
    await till.send(...sales[kind]({ referral_code: till.ada.referral_code }));
    expect(await till.conversions()).toMatchObject([{ participant_id: null, referrer_id: till.ada.id }]);

    const friend = await newTill(kind, tenPercent);
    await friend.send(...sales[kind]({}, friend.grace.email.toUpperCase()));
    expect(await friend.conversions()).toMatchObject([{ participant_id: friend.grace.id, referrer_id: friend.ada.id }]);

    const nobody = await newTill(kind, tenPercent);
    const unknown = sales[kind]({ referral_code: till.ada.referral_code, participant_id: till.grace.id });
    expect(await nobody.send(...unknown)).toMatchObject({ status: "ignored", reason: { code: "no_participant" } });
    expect(await nobody.conversions()).toEqual([]);
  });
});

describe("the buyer", () => {
  it("is the friend, because the email outweighs the code", async () => {
    const till = await newTill("stripe", tenPercent);
    await till.send(...sales.stripe({ referral_code: till.ada.referral_code }, till.grace.email));
    expect(await till.conversions()).toMatchObject([{ participant_id: till.grace.id, referrer_id: till.ada.id }]);
  });

  it("earns nothing with their own code", async () => {
    const till = await newTill("stripe", tenPercent);
    await till.send(...sales.stripe({ referral_code: till.ada.referral_code }, till.ada.email));
    expect(await till.conversions()).toMatchObject([{ participant_id: till.ada.id }]);
    expect(await till.campaign.rewards()).toEqual([]);
  });

  it("credits the code's owner if they are a participant without a referrer", async () => {
    const till = await newTill("stripe", tenPercent);
    const alone = (await till.campaign.signUp(someone())).data;
    await till.send(...sales.stripe({ referral_code: till.ada.referral_code }, alone.email));
    expect(await till.conversions()).toMatchObject([{ participant_id: alone.id, referrer_id: till.ada.id }]);
  });

  it("may use a checkout code, attached or among a Shopify order's discounts", async () => {
    const till = await newTill("shopify", [{ first_only: true, reward: cash({ percent: 10 }) }]);
    await till.campaign.owner.patch(`/api/v1/participants/${till.ada.id}`, { checkout_code: "ADA10" });
    const discounts = { discount_codes: [{ code: "SUMMER" }, { code: "ada10" }] };
    await till.send(order({ id: 1, ...discounts, email: "new@example.com" }), shopifyHeaders("orders/paid"));
    await till.send(order({ id: 2, ...discounts, email: "new@example.com" }), shopifyHeaders("orders/paid"));
    await till.send(order({ id: 3, ...named("referral_code", "Ada10") }), shopifyHeaders("orders/paid"));
    const by = { participant_id: null, referrer_id: till.ada.id, attributed_by: "checkout_code" };
    expect(await till.conversions()).toMatchObject([by, by, by]);
    // The same buyer's second order is not their first, though they are not a participant.
    expect(await till.campaign.rewards()).toHaveLength(2);
  });

  it("is identified by Stripe's client_reference_id, a code or the shop's own id", async () => {
    const byCode = await newTill("stripe", tenPercent);
    await byCode.send(session({ client_reference_id: byCode.ada.referral_code }));
    expect(await byCode.conversions()).toMatchObject([{ referrer_id: byCode.ada.id, participant_id: null }]);
    const byId = await newTill("stripe", tenPercent);
    await byId.send(session({ client_reference_id: "crm-7" }));
    expect(await byId.conversions()).toMatchObject([{ participant_id: byId.grace.id }]);
  });

  it("is identified by a Shopify customer's landing page", async () => {
    const till = await newTill("shopify", tenPercent);
    await till.send(
      order({ landing_site: `/products/fig?utm=x&ref=${till.ada.referral_code}`, note_attributes: null }),
      paid,
    );
    expect(await till.conversions()).toMatchObject([{ referrer_id: till.ada.id }]);
  });

  it("is found if the provider sends the event again after they join", async () => {
    const till = await newTill("stripe", tenPercent);
    const [email, event] = [someone(), session()];
    Object.assign(event.data.object.customer_details as object, { email });
    expect(await till.send(event)).toMatchObject({ status: "ignored", reason: { code: "no_participant" } });
    await till.campaign.refer(till.ada.referral_code, email);
    expect(await till.send(event)).toMatchObject({ status: "done", reason: null, conversion: { outcome: "credited" } });
    expect(await till.events()).toHaveLength(1);
  });

  it("may have nonsense attached", async () => {
    const till = await newTill("shopify", tenPercent);
    for (const [id, value] of [null, 5, "", {}, "DROP TABLE", "-1", 1e300].entries()) {
      const sale = order({ ...named("participant_id", value), id: id + 1, email: till.grace.email });
      expect(await till.send(sale, shopifyHeaders("orders/paid")), String(value)).toMatchObject({ status: "done" });
    }
  });
});

describe("Stripe", () => {
  const sold = async () => {
    const till = await newTill("stripe", tenPercent);
    await till.send(session({ metadata: { participant_id: till.grace.id } }));
    return till;
  };

  it("derives each refund from the running total, in any order", async () => {
    const till = await newTill("stripe", tenPercent);
    const orders = [[2000, 5000, 10_000], [10_000, 2000, 5000], [5000, 2000, 5000, 10_000, 10_000], [10_000]];
    for (const [n, totals] of orders.entries()) {
      const ids = { payment_intent: `pi_${n}` };
      await till.send(session({ ...ids, metadata: { participant_id: till.grace.id } }));
      for (const total of totals) await till.send(charge(total, { ...ids, id: `ch_${n}` }));
    }
    const conversions = await till.conversions();
    expect(conversions).toHaveLength(orders.length);
    for (const { refunded_amount } of conversions) expect(refunded_amount).toBe(10_000);
    for (const { status } of await till.campaign.rewards()) expect(status).toBe("revoked");
  });

  it("counts two concurrent refunds once each", async () => {
    const till = await sold();
    for (const total of [3000, 4500, 7000]) await till.post(charge(total));
    const ids = (await till.rows()).flatMap(({ id, status }) => (status === "pending" ? [id] : []));
    await Promise.all(ids.map((id) => till.work([{ v: 1, input_event_ids: [id] }])));
    expect(await standing(till)).toEqual([10_000, 7000, 300]);
    expect((await till.events()).map(({ status }: { status: string }) => status)).toEqual(Array(4).fill("done"));
  });

  it("deducts a dispute at once, and restores it if it is won", async () => {
    const till = await sold();
    expect(await till.send(dispute("created", { status: "warning_needs_response" }))).toMatchObject({
      status: "ignored",
    });
    expect(await till.send(dispute("created"))).toMatchObject({ status: "done", act: "refund" });
    expect(await till.send(dispute("funds_withdrawn"))).toMatchObject({
      status: "done",
      reason: { code: "recorded_before" },
    });
    expect((await till.reward()).status).toBe("revoked");
    expect(await till.send(dispute("closed", { status: "won" }))).toMatchObject({ status: "done", reason: null });
    expect(await till.send(dispute("funds_reinstated", { status: "won" }))).toMatchObject({
      reason: { code: "recorded_before" },
    });
    const reward = await till.reward();
    expect(reward).toMatchObject({ status: "pending", amount: 1000 });
    const [{ id }] = await till.conversions();
    const { owner, id: campaign } = till.campaign;
    const { refunds } = (await owner.get(`/api/v1/conversions/${id}`)).data;
    expect(refunds).toMatchObject([
      { refund_id: "dp_1", amount: 10_000, reason: "chargeback" },
      { refund_id: "dp_1:won", amount: -10_000, reason: "dispute_won" },
    ]);
    const { entries } = (await owner.get(`/api/v1/rewards/${reward.id}`)).data;
    expect(entries).toMatchObject([
      { reason: "earned", amount: 1000 },
      { from: "pending", to: "revoked", reason: "refunded", amount: -1000 },
      { from: "revoked", to: "pending", reason: "given_back", amount: 1000 },
    ]);
    const { decisions } = (await owner.get(`/api/v1/decisions?campaign_id=${campaign}`)).data;
    const given = decisions.find(({ reasons }: { reasons: { code: string }[] }) => reasons[0]?.code === "given_back");
    expect(given).toMatchObject({ outcome: "credited", reward_id: reward.id, subject: { type: "refund", id } });
    expect((await till.campaign.events("conversion.refund_reversed")).length).toBe(1);
    expect((await till.campaign.events("reward.pending")).length).toBe(2);
    expect(await brokenPromises(campaign)).toEqual([]);
  });

  it("adds a dispute to earlier refunds", async () => {
    const till = await sold();
    await till.send(charge(2000));
    await till.send(dispute("created", { amount: 3000 }));
    await till.send(charge(4000));
    expect(await standing(till)).toEqual([10_000, 7000, 300]);
  });

  it("counts an event with an impossible date as of now", async () => {
    const till = await newTill("stripe", tenPercent);
    const event = { ...session({ metadata: { participant_id: till.grace.id } }), created: 9e15 };
    expect(await till.send(event)).toMatchObject({ status: "done", conversion: { outcome: "credited" } });
  });

  const paidInvoice = ({ grace }: Till, id = "in_1") =>
    invoice({ id, parent: { subscription_details: { metadata: { participant_id: grace.id } } } });

  it("records each payment of a subscription once, by its invoice", async () => {
    const till = await newTill("stripe", tenPercent);
    await till.send(paidInvoice(till));
    const first = session({
      mode: "subscription",
      payment_intent: null,
      invoice: "in_1",
      metadata: { participant_id: till.grace.id },
    });
    expect(await till.send(first)).toMatchObject({ status: "done", reason: { code: "recorded_before" } });
    await till.send({ ...paidInvoice(till), type: "invoice.payment_succeeded" });
    expect(await till.conversions()).toHaveLength(1);
    await till.send(invoice({ id: "in_2", metadata: { participant_id: till.grace.id } }));
    expect(await till.conversions()).toHaveLength(2);
  });

  it("matches an invoice by its payment intent, in any order of sale, link, and refund", async () => {
    const till = await newTill("stripe", tenPercent);
    const orders = [
      [0, 1, 2],
      [2, 0, 1],
      [2, 1, 0],
      [1, 2, 0],
      [0, 2, 1],
    ];
    for (const [n, turns] of orders.entries()) {
      const payment = { payment_intent: `pi_${n}` };
      const linked = stripeEvent("invoice_payment.paid", { invoice: `in_${n}`, payment });
      const all = [paidInvoice(till, `in_${n}`), linked, charge(5000, { ...payment, id: `ch_${n}` })];
      for (const turn of [...turns, ...turns]) await till.send(all[turn]);
    }
    for (const { refunded_amount } of await till.conversions()) expect(refunded_amount).toBe(5000);
    for (const { amount } of await till.campaign.rewards()) expect(amount).toBe(500);
    const refunds = (await till.events()).filter(({ act }: { act: string }) => act === "refund");
    expect(refunds).toHaveLength(orders.length);
    for (const refund of refunds) expect(refund).toMatchObject({ status: "done", conversion: { outcome: "credited" } });
  });

  it("finds a sale of an input that was deleted since", async () => {
    const till = await newTill("stripe", tenPercent);
    const payment = { payment_intent: "pi_1" };
    await till.send(stripeEvent("invoice_payment.paid", { invoice: "in_1", payment }));
    await till.send(paidInvoice(till, "in_1"));
    await till.campaign.owner.delete(`/api/v1/campaigns/${till.campaign.id}/inputs/${till.input.id}`);
    const next = await tillIn(till, "stripe");
    await next.send(charge(2000, { ...payment, id: "ch_1" }));
    expect(await next.conversions()).toMatchObject([{ refunded_amount: 2000 }]);
  });

  it("matches an invoice of older API versions, whose charges name it", async () => {
    const till = await newTill("stripe", tenPercent);
    const metadata = { participant_id: till.grace.id };
    await till.send(invoice({ payment_intent: "pi_1", charge: "ch_1", subscription_details: { metadata } }));
    await till.send(charge(2000, { invoice: "in_1" }));
    await till.send(dispute("created", { amount: 3000 }));
    expect(await standing(till)).toEqual([10_000, 5000, 500]);
  });

  it("has its own units for some currencies", async () => {
    const till = await newTill("stripe", tenPercent);
    for (const [currency, theirs, ours] of [
      ["jpy", 5000, 5000],
      ["isk", 500_000, 5000],
      ["ugx", 500_000, 5000],
      ["mga", 5000, 500_000],
      ["kwd", 5000, 5000],
    ] as const) {
      const metadata = { participant_id: till.grace.id };
      const event = await till.send(
        session({ payment_intent: `pi_${currency}`, currency, amount_total: theirs, metadata }),
      );
      const expected = { amount: ours, currency: currency.toUpperCase(), conversion: { outcome: "not_credited" } };
      expect(event, currency).toMatchObject(expected);
    }
  });
});

describe("Shopify", () => {
  const sold = async (fields = {}) => {
    const till = await newTill("shopify", tenPercent);
    await till.send(order({ ...named("participant_id", till.grace.id), ...fields }), shopifyHeaders("orders/paid"));
    return till;
  };
  const refunds = shopifyHeaders;

  it("takes a refund's amount without line items, and excludes tax and shipping with them", async () => {
    const till = await sold();
    // The buyer paid $125 for goods of $100.
    await till.send(shopifyRefund("25.00"), refunds("refunds/create"));
    const lines = { refund_line_items: [{ subtotal: 25, total_tax: 5 }] };
    await till.send(shopifyRefund("30.00", lines), refunds("refunds/create"));
    const shipping = { order_adjustments: [{ kind: "shipping_refund", amount: "-8.00", tax_amount: "-2.00" }] };
    expect(await till.send(shopifyRefund("10.00", shipping), refunds("refunds/create"))).toMatchObject({
      status: "ignored",
    });
    expect(await standing(till)).toEqual([10_000, 4500, 550]);
  });

  it("excludes shipping that newer versions list separately", async () => {
    const till = await sold();
    const money = (amount: string) => ({ shop_money: { amount, currency_code: "USD" } });
    const shipping = { refund_shipping_lines: [{ subtotal_amount_set: money("10.00") }] };
    const only = await till.send(shopifyRefund("10.00", shipping), refunds("refunds/create"));
    expect(only).toMatchObject({ status: "ignored", reason: { code: "no_money" } });
    // The shop refunds $20 of goods for $25, and shipping.
    const part = { ...shipping, refund_line_items: [{ subtotal_set: money("25.00") }] };
    await till.send(shopifyRefund("30.00", part), refunds("refunds/create"));
    expect(await standing(till)).toEqual([10_000, 2000, 800]);
  });

  it("takes refunds in the shop's currency, whatever the customer paid in", async () => {
    const till = await sold();
    const both = (usd: string, yen: string) => ({
      shop_money: { amount: usd, currency_code: "USD" },
      presentment_money: { amount: yen, currency_code: "JPY" },
    });
    const transactions = (amount: string) => [{ kind: "refund", status: "success", amount, currency: "JPY" }];
    const line = {
      transactions: transactions("4500"),
      refund_line_items: [{ subtotal: 25, subtotal_set: both("25.00", "3750") }],
      refund_shipping_lines: [{ subtotal_amount_set: both("5.00", "750") }],
      order_adjustments: [{ kind: "shipping_refund", amount_set: both("-5.00", "-750") }],
    };
    const event = await till.send(shopifyRefund("", line), refunds("refunds/create"));
    expect(event).toMatchObject({ status: "done", amount: 2500, currency: "USD" });
    const without = {
      transactions: transactions("1500"),
      order_adjustments: [{ kind: "refund_discrepancy", amount_set: both("-10.00", "-1500") }],
    };
    await till.send(shopifyRefund("", without), refunds("refunds/create"));
    expect(await standing(till)).toEqual([10_000, 3300, 670]);
    const unclear = {
      transactions: transactions("1500"),
      refund_line_items: [{ subtotal_set: { shop_money: { amount: "10.00", currency_code: "USD" } } }],
    };
    expect(await till.send(shopifyRefund("", unclear), refunds("refunds/create"))).toMatchObject({
      status: "ignored",
      reason: { code: "not_understood" },
    });
  });

  it("refunds the rest of a canceled order, before or after its refunds", async () => {
    for (const first of [true, false]) {
      const till = await sold();
      const cancel: Event = [order(), refunds("orders/cancelled")];
      const refund: Event = [shopifyRefund("60.00"), refunds("refunds/create")];
      for (const event of first ? [cancel, refund] : [refund, cancel]) await till.send(...event);
      expect(await standing(till)).toEqual([10_000, 10_000, 0]);
    }
  });

  it("counts a webhook once, and an order with two webhooks once", async () => {
    const till = await sold();
    const again = order(named("participant_id", till.grace.id));
    const headers = shopifyHeaders("orders/paid");
    expect(await till.send(again, headers)).toMatchObject({ reason: { code: "recorded_before" } });
    await till.send(again, headers);
    expect(await till.events()).toHaveLength(2);
    const dearer = { ...again, current_subtotal_price_set: { shop_money: { amount: "101.00", currency_code: "USD" } } };
    expect(await till.send(dearer, shopifyHeaders("orders/paid"))).toMatchObject({
      status: "ignored",
      reason: { code: "contradicts" },
    });
  });

  it("reads amounts of currencies without decimals", async () => {
    const yen = { shop_money: { amount: "5000", currency_code: "JPY" } };
    const till = await sold({ current_subtotal_price_set: yen });
    expect((await till.events())[0]).toMatchObject({ amount: 5000, currency: "JPY" });
  });
});

describe("Paddle", () => {
  it("counts refunds, credits, and chargebacks once they are approved", async () => {
    const till = await newTill("paddle", tenPercent);
    await till.send(transaction({ custom_data: { participant_id: till.grace.id } }));
    expect(await till.send(adjustment("created", { status: "pending_approval" }))).toMatchObject({ status: "ignored" });
    await till.send(adjustment("updated"));
    const rest = { id: "adj_2", action: "chargeback", totals: { subtotal: "2000", tax: "400", total: "2400" } };
    await till.send(adjustment("created", rest));
    await till.send(adjustment("updated", rest));
    expect(await standing(till)).toEqual([10_000, 7000, 300]);
  });
});

describe("Lemon Squeezy", () => {
  it("derives each refund from the running total, and links a subscription's later payments to its order", async () => {
    const till = await newTill("lemonsqueezy", tenPercent);
    const who = { custom_data: { participant_id: till.grace.id } };
    await till.send(lemon("order_created", {}, who));
    for (const refunded_amount of [3000, 9000, 3000]) await till.send(lemon("order_refunded", { refunded_amount }));
    expect(await standing(till)).toEqual([10_000, 7500, 250]);
    await till.send(lemon("subscription_payment_success", { billing_reason: "renewal" }, who));
    await till.send(lemon("subscription_payment_recovered", { billing_reason: "renewal" }, who));
    await till.send(lemon("subscription_payment_refunded", { billing_reason: "renewal", refunded_amount: 12_000 }));
    const conversions = await till.conversions();
    const sums = conversions.map((one: Record<string, unknown>) => [one.conversion_id, one.refunded_amount]).sort();
    expect(sums).toEqual([
      ["invoice-42", 10_000],
      ["order-42", 7500],
    ]);
  });
});

describe("an input", () => {
  it("records under its own event name, for its own campaign only", async () => {
    const till = await newTill("stripe", [{ event_name: "order", reward: cash({ percent: 10 }) }], {
      event_name: "order",
    });
    const other = await newCampaign({}, till.campaign.owner);
    const guest = (await other.signUp(someone())).data;
    expect(await till.send(session({ metadata: { participant_id: guest.id } }))).toMatchObject({ status: "ignored" });
    await till.send(session({ metadata: { participant_id: till.grace.id } }));
    expect(await till.conversions()).toMatchObject([{ event_name: "order" }]);
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM conversions WHERE campaign_id = ?").bind(other.id).first("n"),
    ).toBe(0);
  });
});
