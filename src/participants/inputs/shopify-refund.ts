import { z } from "zod";
import { goodsOf } from "./goods";
import { type Happening, maybe, minorUnits, nothing, Ref } from "./happening";
import { Decimal, InShop, inBoth, minorIn } from "./shopify-money";

/** https://shopify.dev/docs/api/admin-rest/latest/resources/refund */
export const ShopifyRefund = z.object({
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
  refund_line_items: maybe(
    z.array(
      z.object({ subtotal: maybe(Decimal), subtotal_set: InShop, total_tax: maybe(Decimal), total_tax_set: InShop }),
    ),
  ),
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

type ShopifyRefund = z.infer<typeof ShopifyRefund>;
type Set = z.infer<typeof InShop>;

/**
 * The value of one unit of a currency in the shop's currency, from a refund's sums that have both. Null without any.
 */
function worth(sets: NonNullable<Set>[], currency: string) {
  let [inShop, paid] = [0, 0];
  for (const { shop_money, presentment_money } of sets) {
    if (presentment_money?.currency_code !== currency) continue;
    inShop += Math.abs(Number(shop_money.amount));
    paid += Math.abs(Number(presentment_money.amount));
  }
  return paid > 0 ? inShop / paid : null;
}

/** The refund's sums in a currency. Null if one of them has no amount in it. */
function readIn(currency: string, shops: string, refund: ShopifyRefund, sets: NonNullable<Set>[]) {
  let isStated = true;
  const read = (set: Set, amount: string | number | null | undefined, theirs = shops) => {
    const stated = minorIn(currency, inBoth(set, amount, theirs));
    if (stated !== null) return Math.abs(stated);
    const rate = !set && currency === shops ? worth(sets, theirs) : null;
    if (rate !== null) return Math.abs(minorUnits(Number(amount ?? 0) * rate, currency));
    isStated = false;
    return 0;
  };
  const total = <T>(rows: T[] | null | undefined, of: (row: T) => number) =>
    (rows ?? []).reduce((sum, row) => sum + of(row), 0);
  const paid = total(refund.transactions, ({ amount_set, amount, currency: theirs }) =>
    read(amount_set, amount, theirs ?? shops),
  );
  const goods = total(refund.refund_line_items, (line) => read(line.subtotal_set, line.subtotal));
  const tax = total(refund.refund_line_items, (line) =>
    line.total_tax_set || line.total_tax ? read(line.total_tax_set, line.total_tax) : 0,
  );
  const adjustments = refund.order_adjustments?.filter(({ kind }) => kind === "shipping_refund");
  // Versions of the API have one of these, or both.
  const shipped = Math.max(
    total(refund.refund_shipping_lines, (line) => (line.subtotal_amount_set ? read(line.subtotal_amount_set, 0) : 0)),
    total(
      adjustments,
      (one) =>
        read(one.amount_set, one.amount) +
        (one.tax_amount_set || one.tax_amount ? read(one.tax_amount_set, one.tax_amount) : 0),
    ),
  );
  return isStated ? { paid, goods, tax, shipped } : null;
}

/**
 * The refunded money. Refunds without restocking have no line items, so the ledger applies the share that is goods. If
 * there are line items, they decide: a larger amount is tax or shipping; otherwise their prices include tax.
 */
export function refunded(sent: ShopifyRefund): Happening {
  const transactions = sent.transactions.filter(
    ({ kind, status }) => kind === "refund" && status !== "failure" && status !== "error",
  );
  const refund = { ...sent, transactions };
  const sets = [
    ...transactions.map((one) => one.amount_set),
    ...(sent.refund_line_items ?? []).map((line) => line.subtotal_set),
    ...(sent.refund_shipping_lines ?? []).map((line) => line.subtotal_amount_set),
    ...(sent.order_adjustments ?? []).map((one) => one.amount_set),
  ].filter((one) => one !== null && one !== undefined);
  const shops = sets[0]?.shop_money.currency_code ?? transactions[0]?.currency;
  if (!shops || transactions.length === 0) return nothing("no_money");
  const currencies = new Set([
    shops,
    ...sets.flatMap(({ presentment_money }) => presentment_money?.currency_code ?? []),
  ]);
  const isWithLines = (sent.refund_line_items ?? []).length > 0;
  const sums = [...currencies].flatMap((currency) => {
    const read = readIn(currency, shops, refund, sets);
    if (!read) return [];
    const { paid, goods, tax, shipped } = read;
    const rest = Math.max(paid - shipped, 0);
    const ofLines = rest > goods ? goods : goodsOf({ total: goods, tax }, rest);
    return [
      {
        amount: isWithLines && goods > 0 ? ofLines : rest === 0 ? 0 : paid,
        isOfLines: isWithLines && goods > 0,
        currency,
      },
    ];
  });
  if (sums.length === 0) return nothing("not_understood");
  const moved = sums.filter(({ amount }) => amount > 0);
  if (moved.length === 0) return nothing("no_money");
  return {
    act: "refund",
    sale_id: sent.order_id,
    refund_id: sent.id,
    sums: moved.map(({ amount, currency }) => ({ amount, currency })),
    part: null,
    of_paid: !moved[0]?.isOfLines,
    reason: "refund",
  };
}

const Dispute = z.object({
  id: Ref,
  order_id: Ref,
  type: z.string(),
  status: z.string(),
  amount: Decimal,
  currency: z.string().max(3),
});

/**
 * A Shopify Payments chargeback takes the money immediately, and an inquiry takes none. A chargeback that is won
 * returns it.
 */
export function disputed(payload: unknown): Happening {
  const { id, order_id, type, status, amount, currency } = Dispute.parse(payload);
  if (type !== "chargeback" || status === "charge_refunded") return nothing("no_money");
  const isBack = status === "won";
  const part = `dispute-${id}`;
  return {
    act: "refund",
    sale_id: order_id,
    refund_id: isBack ? `${part}:won` : part,
    sums: [{ amount: minorUnits(amount, currency), currency }],
    part,
    of_paid: true,
    is_back: isBack,
    reason: isBack ? "dispute_won" : "chargeback",
  };
}
