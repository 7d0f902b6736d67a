import { type Chain, type Receipt, reads } from "./chain";
import type { WalletBook } from "./wallet-book";
import type { OrderRow } from "./wallet-order";

/** `Transfer(address,address,uint256)` */
const TRANSFERRED = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
/** The maximum number of orders followed per check. */
const FOLLOWED = 60;

type InFlight = OrderRow & { nonce: number };
const padded = (address: string) => `0x${address.slice(2).toLowerCase().padStart(64, "0")}`;

/** Whether a receipt contains the token's own log of this wallet sending this amount to this address. */
function isPaid({ logs }: NonNullable<Receipt>, { token, recipient, units }: OrderRow, wallet: string) {
  return logs.some(
    ({ address, topics, data, removed }) =>
      !removed &&
      address === token &&
      topics.length === 3 &&
      topics[0] === TRANSFERRED &&
      topics[1] === padded(wallet) &&
      topics[2] === padded(recipient) &&
      data.length === 66 &&
      BigInt(data) === BigInt(units),
  );
}

const lower = (both: readonly [bigint | null, bigint | null]): number | null =>
  both[0] === null || both[1] === null ? null : Math.min(Number(both[0]), Number(both[1]));

/**
 * Follows transactions in flight: into a block, out of it after a reorganization, and to their confirmation. Only what
 * both endpoints say counts, and missing answers change nothing.
 * @returns the orders that are not in a block, by nonce, and the number of used nonces; null if it is unknown
 */
export async function watch(
  chain: Chain,
  book: WalletBook,
  wallet: string,
): Promise<{ waiting: InFlight[]; mined: number } | null> {
  const orders = book.inFlight(FOLLOWED);
  if (orders.length === 0) return { waiting: [], mined: 0 };
  const [heads, counts] = await Promise.all([chain.both(reads.head()), chain.both(reads.count(wallet, "latest"))]);
  const [head, mined] = [lower(heads), lower(counts)];
  if (head === null || mined === null) return null;
  const followed = await Promise.all(orders.map((order) => follow(chain, book, wallet, order, { head, mined })));
  const isGone = followed.includes("gone");
  if (isGone)
    await takeBackUsedNonces(
      chain,
      book,
      wallet,
      orders.filter((_, n) => followed[n] === "gone"),
      head,
    );
  return { waiting: orders.filter((_, n) => followed[n] === "waits"), mined };
}

type Sight = { head: number; mined: number };

/** `gone`: its nonce is used up, and neither endpoint has a receipt of ours. */
async function follow(chain: Chain, book: WalletBook, wallet: string, order: InFlight, { head, mined }: Sight) {
  const { nonce } = order;
  if (nonce >= mined && order.block === null) return "waits" as const;
  const signed = book.signedUnder(nonce);
  const receipts = await Promise.all(signed.map(({ hash }) => chain.receipt(hash)));
  const n = receipts.findIndex((receipt) => typeof receipt === "object");
  const receipt = receipts[n];
  if (typeof receipt === "object") {
    const hash = signed[n]?.hash ?? "";
    book.noteBlock(nonce, receipt.blockNumber, hash);
    if (head - receipt.blockNumber + 1 < chain.settings.confirmations) return "mined" as const;
    const reason = receipt.status !== 1n ? "reverted" : isPaid(receipt, order, wallet) ? null : "not_paid";
    book.settle(nonce, reason === null ? "confirmed" : "failed", hash, reason);
    return "settled" as const;
  }
  if (receipts.includes("unsure")) return "unsure" as const;
  book.noteOut(nonce, Date.now());
  return nonce >= mined ? ("waits" as const) : ("gone" as const);
}

/** If a nonce was used as deep as a confirmation without a receipt of ours, someone else used the same key. */
async function takeBackUsedNonces(chain: Chain, book: WalletBook, wallet: string, orders: InFlight[], head: number) {
  const deep = `0x${Math.max(0, head - chain.settings.confirmations).toString(16)}`;
  const counted = lower(await chain.both(reads.count(wallet, deep)));
  for (const { nonce } of orders) if (counted !== null && nonce < counted) book.lose(nonce);
}
