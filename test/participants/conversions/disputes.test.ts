import { describe, expect, it } from "vitest";
import { someCodes, someone } from "../../support/campaign";
import { brokenPromises } from "../../support/invariants";
import {
  adjustment,
  charge,
  dispute,
  invoice,
  order,
  session,
  shopifyHeaders,
  shopifyRefund,
  stripeEvent,
  transaction,
} from "../../support/provider-events";
import { cash, newShop } from "../../support/shop";
import { newTill } from "../../support/till";

const tenPercent = [{ reward: cash({ percent: 10 }) }];
const sold = async (rules: Parameters<typeof newTill>[1] = tenPercent) => {
  const till = await newTill("stripe", rules);
  await till.send(session({ metadata: { participant_id: till.grace.id } }));
  return till;
};
const lost = (amount = 10_000) => dispute("created", { amount });
const won = (amount = 10_000) => dispute("closed", { amount, status: "won" });

describe("a reward taken back by a dispute is restored", () => {
  it("held if its hold goes on, and otherwise given", async () => {
    const till = await sold([
      { hold_days: 30, needs_approval: true, reward: cash({ percent: 10 }) },
      { reward: { reward_type: 3, custom_message: "Hi" } },
      { reward: { reward_type: 6, percent: 20 } },
    ]);
    const before = await till.campaign.rewards();
    await till.send(lost());
    expect((await till.campaign.rewards()).map(({ status }: { status: string }) => status).sort()).toEqual([
      "fulfilled",
      "revoked",
      "revoked",
    ]);
    await till.send(won());
    expect(await till.campaign.rewards()).toEqual(before);
    expect(await brokenPromises(till.campaign.id)).toEqual([]);
  });

  it("as the same coupon", async () => {
    const till = await newTill("stripe", [{ reward: { reward_type: 1 } }]);
    await till.campaign.upload(someCodes(2));
    await till.send(session({ metadata: { participant_id: till.grace.id } }));
    const before = await till.campaign.rewards();
    await till.send(lost());
    await till.send(won());
    expect(await till.campaign.rewards()).toEqual(before);
    expect(await brokenPromises(till.campaign.id)).toEqual([]);
  });

  it("unless someone revoked it by hand, which stays revoked", async () => {
    const till = await sold();
    await till.send(lost(5000));
    const { id } = await till.reward();
    await till.campaign.owner.patch(`/api/v1/rewards/${id}`, { status: "revoked" });
    await till.send(won(5000));
    expect(await till.reward()).toMatchObject({ status: "revoked" });
    expect(await brokenPromises(till.campaign.id)).toEqual([]);
  });

  it("after the payout, by reducing what is owed back", async () => {
    const till = await sold();
    const { id } = await till.reward();
    await till.campaign.owner.patch(`/api/v1/rewards/${id}`, { status: "fulfilled" });
    await till.send(lost(6000));
    expect(await till.reward()).toMatchObject({ status: "fulfilled", owed_back: 600 });
    await till.send(won(6000));
    expect(await till.reward()).toMatchObject({ status: "fulfilled", amount: 1000, owed_back: 0 });
    expect(await brokenPromises(till.campaign.id)).toEqual([]);
  });

  it("without the amounts of other refunds", async () => {
    const till = await sold();
    for (const event of [charge(4000), won(), lost()]) await till.send(event);
    expect(await till.reward()).toMatchObject({ status: "pending", amount: 600 });
  });
});

describe("a refund in another currency", () => {
  it("is refused, or counts nothing if it waits for its conversion", async () => {
    const { campaign, grace, buy } = await newShop(tenPercent);
    const { owner, id: campaign_id } = campaign;
    const refund = (conversion_id: string, refund_id: string) =>
      owner.post("/api/v1/refunds", { campaign_id, conversion_id, refund_id, amount: 5000, currency: "JPY" });
    await buy({ participant_id: grace.id }, 10_000, { conversion_id: "a" });
    expect(await refund("a", "r-1")).toMatchObject({ status: 400, code: "invalid_request" });
    expect(await refund("b", "r-1")).toMatchObject({ status: 201, data: { refund: { currency: "JPY" } } });
    expect((await buy({ participant_id: grace.id }, 10_000, { conversion_id: "b" })).data).toMatchObject({
      conversion: { refunded_amount: 0 },
      rewards: [{ amount: 1000 }],
    });
    expect(await brokenPromises(campaign_id)).toEqual([]);
  });

  it("of a provider counts by its amount in the payment's currency, or is not understood", async () => {
    const till = await sold();
    expect(await till.send(charge(5000, { currency: "jpy" }))).toMatchObject({ reason: { code: "not_understood" } });
    const shown = { presentment_amount: 9000, presentment_currency: "usd" };
    const both = { id: "ch_2", amount: 2_000_000, currency: "jpy", presentment_details: shown };
    await till.send(charge(1_000_000, both));
    expect(await till.conversions()).toMatchObject([{ refunded_amount: 4500 }]);
    const paddle = await newTill("paddle", tenPercent);
    const euros = { subtotal: "9000", tax: "1800", total: "10800" };
    const dollars = { subtotal: "10000", tax: "2000", total: "12000", currency_code: "USD" };
    await paddle.send(
      transaction({
        currency_code: "EUR",
        custom_data: { participant_id: paddle.grace.id },
        details: { totals: euros, payout_totals: dollars },
      }),
    );
    expect(await paddle.send(adjustment("updated", { currency_code: "EUR" }))).toMatchObject({
      reason: { code: "not_understood" },
    });
    await paddle.send(
      adjustment("updated", { id: "adj_2", currency_code: "EUR", payout_totals: { ...dollars, total: "6000" } }),
    );
    expect(await paddle.conversions()).toMatchObject([{ amount: 10_000, currency: "USD", refunded_amount: 5000 }]);
  });
});

describe("one payment", () => {
  it("is one sale, with its session's code, if its invoice comes first", async () => {
    const till = await newTill("stripe", tenPercent);
    const email = someone();
    await till.campaign.signUp(email);
    const first = await till.send(invoice({ billing_reason: "subscription_create", customer_email: email }));
    expect(first).toMatchObject({ status: "pending", reason: { code: "waits" } });
    await till.send(
      session({
        mode: "subscription",
        payment_intent: null,
        invoice: "in_1",
        client_reference_id: till.ada.referral_code,
        customer_details: { email },
      }),
    );
    await till.work();
    expect(await till.conversions()).toMatchObject([{ referrer_id: till.ada.id }]);
    expect((await till.events()).map(({ status }: { status: string }) => status)).toEqual(["done", "done"]);
  });

  it("that was recorded twice before an event linked both is taken back once", async () => {
    const till = await newTill("stripe", tenPercent);
    const metadata = { participant_id: till.grace.id };
    await till.send(session({ metadata }));
    await till.send(invoice({ metadata }));
    expect(await till.conversions()).toHaveLength(2);
    await till.send(stripeEvent("invoice_payment.paid", { invoice: "in_1", payment: { payment_intent: "pi_1" } }));
    const left = (await till.conversions()).map(
      (k: { amount: number; refunded_amount: number }) => k.amount - k.refunded_amount,
    );
    expect(left.sort()).toEqual([0, 10_000]);
    await till.send(charge(2500));
    const amounts = (await till.campaign.rewards()).map(({ amount }: { amount: number }) => amount);
    expect(amounts.sort()).toEqual([0, 750]);
  });

  it("moves each earlier refund under another id, whatever one of them contradicts", async () => {
    const till = await newTill("stripe", tenPercent);
    await till.send(dispute("created", { id: "dp_a", amount: 1000, charge: null }));
    await till.send(dispute("created", { id: "dp_b", amount: 2000, charge: null }));
    const { owner, id } = till.campaign;
    await owner.post("/api/v1/refunds", { campaign_id: id, conversion_id: "in_1", refund_id: "dp_a", amount: 1 });
    await till.send(invoice({ payment_intent: "pi_1", metadata: { participant_id: till.grace.id } }));
    expect(await till.conversions()).toMatchObject([{ refunded_amount: 2001 }]);
  });
});

describe("buyer-controlled data", () => {
  it("counts with a signed code or another product's code, but not with an unsigned one", async () => {
    const till = await newTill("stripe", tenPercent);
    const { owner, id } = till.campaign;
    await owner.put(`/api/v1/participants/${till.ada.id}/aliases`, { aliases: ["oldAda"] });
    const unsigned = till.ada.referral_code.split(".")[0];
    const codes = [unsigned, "oldAda", till.ada.referral_code];
    for (const [n, client_reference_id] of codes.entries())
      await till.send(session({ payment_intent: `pi_${n}`, client_reference_id }));
    const by = { campaign_id: id, referrer_id: till.ada.id };
    expect(await till.conversions()).toMatchObject([
      { ...by, conversion_id: "pi_2" },
      { ...by, conversion_id: "pi_1" },
    ]);
  });

  it("does not turn a referrer's own purchase into a friend's", async () => {
    const till = await newTill("stripe", tenPercent);
    const metadata = { participant_id: till.grace.id, referral_code: till.ada.referral_code };
    await till.send(session({ metadata, customer_details: { email: till.ada.email } }));
    expect(await till.conversions()).toMatchObject([{ participant_id: till.ada.id }]);
    expect(await till.campaign.rewards()).toEqual([]);
  });
});

describe("buyers who share a mailbox", () => {
  it("are one buyer, in one group or separately", async () => {
    const worths = [];
    for (const isGrouped of [true, false]) {
      const { campaign, ada, buy } = await newShop([{ first_only: true, reward: cash({ percent: 10 }) }]);
      const [name, host] = someone().split("@");
      const friends = [];
      for (const tag of ["a", "b", "c"])
        friends.push((await campaign.refer(ada.referral_code, `${name}+${tag}@${host}`)).data.participant);
      const buys = friends.map(
        ({ id }) =>
          () =>
            buy({ participant_id: id }),
      );
      if (isGrouped) await Promise.all(buys.map((one) => one()));
      else for (const one of buys) await one();
      worths.push((await campaign.rewards()).map(({ amount }: { amount: number }) => amount));
    }
    expect(worths).toEqual([[1000], [1000]]);
  });
});

describe("Shopify's tax", () => {
  it("is not part of the sale or the refund, whether prices include it or not", async () => {
    const till = await newTill("shopify", tenPercent);
    const who = { note_attributes: [{ name: "participant_id", value: till.grace.id }] };
    await till.send(
      order({ ...who, total_price: "110.00", total_tax: "20.00", taxes_included: true, shipping_lines: [] }),
      shopifyHeaders("orders/paid"),
    );
    expect(await till.conversions()).toMatchObject([{ amount: 8000, paid_amount: 11_000 }]);
    const half = { refund_line_items: [{ subtotal: 50, total_tax: 10 }] };
    await till.send(shopifyRefund("50.00", half), shopifyHeaders("refunds/create"));
    expect(await till.conversions()).toMatchObject([{ refunded_amount: 4000 }]);
    await till.send(shopifyRefund("27.50"), shopifyHeaders("refunds/create"));
    expect(await till.conversions()).toMatchObject([{ refunded_amount: 6000 }]);
  });
});
