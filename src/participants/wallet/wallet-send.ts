import { utcDay } from "../../lib/day";
import { type Chain, reads } from "./chain";
import { dryRun, isRebasing, tokenBalance, tokenDecimals } from "./probe";
import { RpcFailure } from "./rpc";
import { type Hex, keccak256, signed, transferCall } from "./signing";
import type { TokenSettings } from "./token-settings";
import type { WalletBook } from "./wallet-book";
import { currentFees, type Fees, replacing } from "./wallet-fees";
import type { OrderRow, SignedRow } from "./wallet-order";

/** Nodes keep only a limited number of an address's transactions that are not in a block. */
const UNMINED_MAX = 16;
/** Token transfers need 30,000 to 150,000 gas. */
const GAS_MAX = 300_000n;
const RESEND_AFTER_MS = 60_000;

/** The signing wallet. Its key is the configured one. */
export type Signer = { key: Hex; address: string; tokens: TokenSettings[] };
type Place = { chain: Chain; book: WalletBook; now: () => Date };

/** Sends stored bytes, and records whether an endpoint has them. */
async function broadcast({ chain, book, now }: Place, order: OrderRow, { hash, nonce, raw }: SignedRow) {
  const answer = await chain.send(raw);
  if (answer === "taken") book.noteSent(hash, nonce, now().getTime());
  else book.noteReason(order, answer === "no_gas" ? "no_gas" : "rpc");
  return answer;
}

/**
 * Resends transactions that are not in a block: the same bytes, with the same nonce. If the first nonce, which blocks
 * all others, is stuck, its fees are raised. `signer` is null if nothing may be signed.
 */
export async function resend(
  place: Place,
  signer: Signer | null,
  waiting: (OrderRow & { nonce: number })[],
  mined: number,
) {
  const { chain, book, now } = place;
  for (const order of waiting) {
    const last = book.signedUnder(order.nonce).at(-1);
    if (!last) continue;
    const age = now().getTime() - last.at;
    const isStuck = order.nonce === mined && age >= chain.settings.stuck_seconds * 1000;
    if (isStuck && signer && (await replace(place, signer, order, last))) continue;
    if (order.state === "signed" || now().getTime() - (last.sent_at ?? 0) >= RESEND_AFTER_MS)
      await broadcast(place, order, last);
  }
}

/** @returns whether a transaction with higher fees was signed. It is stored before it is sent. */
async function replace(place: Place, signer: Signer, order: OrderRow & { nonce: number }, last: SignedRow) {
  const { chain, book } = place;
  const before = { max: BigInt(last.max_fee), tip: BigInt(last.tip) };
  const current = await currentFees(chain).catch(() => null);
  const fees = replacing(before, current, chain.settings.max_fee_gwei);
  if (!fees) {
    book.noteReason(order, "fees_high");
    return false;
  }
  const again = await bytesOf(place, signer, order, order.nonce, BigInt(last.gas), fees);
  book.addSigned(again);
  await broadcast(place, order, { ...again, sent_at: null });
  return true;
}

async function bytesOf(
  { chain, now }: Place,
  { key }: Signer,
  order: OrderRow,
  nonce: number,
  gas: bigint,
  fees: Fees,
) {
  const raw = await signed(key, {
    chainId: chain.settings.id,
    nonce,
    to: order.token,
    data: transferCall(order.recipient, BigInt(order.units)),
    gas,
    maxFeePerGas: fees.max,
    maxPriorityFeePerGas: fees.tip,
  });
  return {
    hash: keccak256(raw),
    nonce,
    raw,
    gas: String(gas),
    max_fee: String(fees.max),
    tip: String(fees.tip),
    at: now().getTime(),
  };
}

/**
 * Signs and sends waiting orders, as far as nodes, fees, balances, and the operator's limits allow.
 * @returns whether it sent any, in which case there may be more to send right away
 */
export async function sendQueued(place: Place, signer: Signer): Promise<boolean> {
  const { chain, book } = place;
  const room = UNMINED_MAX - book.unmined();
  if (room <= 0 || book.queued(1, []).length === 0) return false;
  try {
    const [fees, balance, counts] = await Promise.all([
      currentFees(chain),
      chain.either(reads.balance(signer.address)),
      chain.both(reads.count(signer.address, "latest")),
    ]);
    if (!fees) return stop(book, "fees_high");
    if (balance < chain.settings.min_balance + GAS_MAX * fees.max) return stop(book, "low_balance");
    const nonce = nextNonce(book, counts);
    if (nonce === null) return stop(book, "rpc");
    return signAll(place, signer, await readyOnes(place, signer, room), nonce, fees);
  } catch (error) {
    return stop(book, passing(error));
  }
}

async function signAll(place: Place, signer: Signer, ready: Ready[], first: number, fees: Fees): Promise<boolean> {
  let nonce = first;
  for (const { order, gas } of ready) {
    const bytes = await bytesOf(place, signer, order, nonce, gas, fees);
    // If an order was canceled in the meantime, the next one gets its nonce.
    if (!place.book.sign(order, bytes, utcDay(place.now()))) continue;
    await broadcast(place, order, { ...bytes, sent_at: null });
    nonce += 1;
  }
  return ready.length > 0;
}

function stop(book: WalletBook, reason: string) {
  book.noteWaiting(reason);
  return false;
}

/**
 * Both endpoints must agree on the first nonce. Later, it only skips ahead if both say that the key was used elsewhere.
 */
function nextNonce(book: WalletBook, [a, b]: readonly [bigint | null, bigint | null]): number | null {
  const next = book.nextNonce;
  if (a === null || b === null) return next ?? null;
  if (next === undefined) return a === b ? Number(a) : null;
  return Math.max(next, Number(a < b ? a : b));
}

type Ready = { order: OrderRow; gas: bigint };

/** The next orders that can be signed now. Others get a reason, and do not block other tokens. */
async function readyOnes(place: Place, signer: Signer, room: number): Promise<Ready[]> {
  const { chain, book } = place;
  const seen: string[] = [];
  const ready: Ready[] = [];
  for (;;) {
    const [next] = book.queued(1, seen);
    if (!next || ready.length >= room) return ready;
    const orders = book.queuedOf(next.token, room - ready.length);
    seen.push(next.token);
    const settings = signer.tokens.find(
      ({ chain_id, address }) => chain_id === chain.settings.id && address === next.token,
    );
    const reason = settings ? await tokenRefusal(chain, settings, signer.address, place.now()) : "token_not_allowed";
    if (reason || !settings) for (const order of orders) refuseOrWait(book, order, reason ?? "rpc");
    else ready.push(...(await readyOf(place, signer, settings, orders)));
  }
}

/** One token's next orders: as many as its balance and the daily limit allow, each simulated once. */
async function readyOf({ chain, book, now }: Place, { address }: Signer, settings: TokenSettings, orders: OrderRow[]) {
  const token = settings.address;
  let balance = (await tokenBalance(chain, token, address)) - book.unminedUnits(token);
  let today = settings.max_per_day - book.spent(token, utcDay(now()));
  const affordable = orders.filter((order) => {
    const units = BigInt(order.units);
    const reason = units > today ? "day_cap" : units > balance ? "empty_wallet" : null;
    if (reason) book.noteReason(order, reason);
    else [balance, today] = [balance - units, today - units];
    return reason === null;
  });
  const checked = await Promise.all(affordable.map((order) => check(chain, order, address, settings)));
  return affordable.flatMap((order, n): Ready[] => {
    const result = checked[n] ?? "rpc";
    if (typeof result === "bigint") return [{ order, gas: result }];
    refuseOrWait(book, order, result);
    return [];
  });
}

const refuseOrWait = (book: WalletBook, order: OrderRow, reason: string) =>
  FINAL.has(reason) ? book.refuse(order, reason) : book.noteReason(order, reason);

/** Problems that waiting does not solve. */
const FINAL = new Set(["rebasing", "fee_on_transfer", "decimals_differ", "rejected", "contract", "transfer_cap"]);

/** The problem with a token itself, if any. */
async function tokenRefusal(chain: Chain, { address, decimals }: TokenSettings, wallet: string, now: Date) {
  try {
    if ((await tokenDecimals(chain, address)) !== decimals) return "decimals_differ";
    return (await isRebasing(chain, address, wallet, now)) ? "rebasing" : null;
  } catch (error) {
    return passing(error);
  }
}

/** Simulates one transfer. @returns its gas, or why it cannot be sent */
async function check(
  chain: Chain,
  { token, recipient, units: text }: OrderRow,
  wallet: string,
  settings: TokenSettings,
) {
  const units = BigInt(text);
  if (units > settings.max_per_transfer) return "transfer_cap";
  const move = { token, from: wallet, to: recipient, units };
  try {
    if (!settings.allow_contracts && isContract(await chain.either(reads.code(recipient)))) return "contract";
    const refusal = await dryRun(chain, move);
    if (refusal) return refusal;
    const gas = await chain.either(reads.gas({ from: wallet, to: token, data: transferCall(recipient, units) }));
    const roomy = (gas * 12n) / 10n;
    return roomy <= GAS_MAX ? roomy : "rejected";
  } catch (error) {
    return passing(error);
  }
}

/** An account with a delegation (EIP-7702) still belongs to its owner. */
const isContract = (code: string) => code !== "0x" && !code.startsWith("0xef0100");

const passing = (error: unknown) => {
  if (error instanceof RpcFailure) return "rpc";
  throw error;
};
