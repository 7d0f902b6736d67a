import { setTimeout } from "node:timers/promises";
import type { History, Outcome } from "./history.ts";
import { randomOf } from "./random.ts";
import { SHOP_ID, type Shop } from "./shop.ts";
import { better, ShopClient } from "./shop-client.ts";

/** `told` is the outcome of the decision, from the response. `isBought`: a request for it was sent. */
type Sale = { order: string; buyer: number; amount: number; isBought: boolean; outcome: Outcome; told: string | null };
/** Null: all that is left. */
type Refund = { order: string; refund: string; amount: number | null; outcome: Outcome };

/** The requests of the shop's clients, and their known results. */
export class SalesHistory {
  sales: Sale[] = [];
  refunds: Refund[] = [];
  /** The number of sales and refunds repeated on purpose. */
  repeats = 0;
}

type Client = { api: ShopClient; sold: SalesHistory };

const CLIENTS = 2;
const RECENT = 12;

/** Runs clients that sell, refund, and repeat both, until the signal. Every second one retries. */
export async function runSales(
  shop: Shop,
  history: History,
  sold: SalesHistory,
  seed: number,
  signal: AbortSignal,
): Promise<void> {
  const clients = Array.from({ length: CLIENTS }, async (_, i) => {
    const client = { sold, api: new ShopClient(shop, history, randomOf(seed * 1000 + 500 + i), i % 2 === 1) };
    for (let n = 0; !signal.aborted; n++) {
      await act(client, `order-${i}-${n}`);
      await setTimeout(client.api.random.between(0, 60));
    }
  });
  await Promise.all(clients);
}

async function act(client: Client, order: string) {
  const { sold } = client;
  const { random } = client.api;
  const known = random.oneOf(sold.sales, RECENT);
  const die = random.next();
  if (!known || die < 0.5) return buy(client, newSale(client, order));
  // The same sale twice at once.
  if (die < 0.6) {
    const sale = newSale(client, order);
    sold.repeats++;
    return Promise.all([buy(client, sale), buy(client, sale)]);
  }
  // The refund comes before its sale, or both at once.
  if (die < 0.7) {
    const sale = newSale(client, order);
    const refunded = refund(client, newRefund(client, sale));
    if (random.chance(0.5)) await refunded;
    return Promise.all([refunded, buy(client, sale)]);
  }
  if (die < 0.75) {
    sold.repeats++;
    return buy(client, known);
  }
  const earlier = random.oneOf(sold.refunds, RECENT);
  if (earlier && die < 0.82) {
    sold.repeats++;
    return refund(client, earlier);
  }
  // Recent sales are rarely paid out: an older one may be, and the next payout keeps what its refund takes back.
  const older = random.chance(0.3) ? random.oneOf(sold.sales) : undefined;
  return refund(client, newRefund(client, older ?? known));
}

function newSale({ api: { shop, random }, sold }: Client, order: string): Sale {
  const buyer = random.oneOf(shop.buyers) ?? 0;
  const amount = random.int(1, 20_000);
  const sale: Sale = { order, buyer, amount, isBought: false, outcome: "failed", told: null };
  sold.sales.push(sale);
  return sale;
}

function newRefund({ api: { random }, sold }: Client, { order, amount }: Sale): Refund {
  const part = random.chance(0.3) ? null : random.int(1, amount);
  const refund: Refund = { order, refund: `refund-${sold.refunds.length}`, amount: part, outcome: "failed" };
  sold.refunds.push(refund);
  return refund;
}

async function buy(client: Client, sale: Sale) {
  sale.isBought = true;
  const { order, buyer, amount } = sale;
  const body = { campaign_id: SHOP_ID, participant_id: buyer, conversion_id: order, amount };
  const answer = await client.api.post("/conversions", body);
  sale.outcome = better(sale.outcome, answer.outcome);
  if (answer.outcome === "ok") sale.told = answer.data.decision.outcome;
}

async function refund(client: Client, one: Refund) {
  const { order, refund: refund_id, amount } = one;
  const body = { campaign_id: SHOP_ID, conversion_id: order, refund_id, amount };
  one.outcome = better(one.outcome, (await client.api.post("/refunds", body)).outcome);
}
