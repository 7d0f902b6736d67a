import { type Chain, reads } from "./chain";

/** To replace a transaction, nodes require both fees to be ten percent higher. */
const [RAISED_BY, RAISED_OF] = [1125n, 1000n];
const TIP_IF_UNKNOWN = 1_000_000_000n;

/** Per unit of gas, in the coin's smallest unit. */
export type Fees = { max: bigint; tip: bigint };

/** Fees that get a transaction into one of the next blocks. Null if the chain requires more than the cap. */
export async function currentFees(chain: Chain): Promise<Fees | null> {
  const cap = chain.settings.max_fee_gwei;
  const [{ baseFeePerGas: base }, tip] = await Promise.all([
    chain.either(reads.block()),
    chain.either(reads.tip()).catch(() => TIP_IF_UNKNOWN),
  ]);
  if (base + tip > cap) return null;
  const wanted = base * 2n + tip;
  return { max: wanted < cap ? wanted : cap, tip };
}

const larger = (a: bigint, b: bigint) => (a > b ? a : b);
const raised = (fee: bigint) => (fee * RAISED_BY) / RAISED_OF + 1n;

/** Fees high enough to replace a transaction with these fees. Null if they are above the cap. */
export function replacing(before: Fees, current: Fees | null, cap: bigint): Fees | null {
  const fees = {
    max: larger(raised(before.max), current?.max ?? 0n),
    tip: larger(raised(before.tip), current?.tip ?? 0n),
  };
  return fees.max <= cap ? fees : null;
}
