import { concatHex, getAddress, isAddress, padHex, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

// Loaded only when something is to be signed or an address to be checked: 28 kB gzipped, which nobody else should evaluate.

export type Hex = `0x${string}`;

/** `transfer(address,uint256)` */
const TRANSFER = "0xa9059cbb";

export const addressOfKey = (key: Hex): string => privateKeyToAccount(key).address;

/** The call that moves `units` of a token to an address. */
export const transferCall = (to: string, units: bigint): Hex =>
  concatHex([TRANSFER, padHex(to as Hex, { size: 32 }), toHex(units, { size: 32 })]);

/** Null if it is not an address, or mixes cases and is not the one that EIP-55 has for it. */
export const checksummed = (text: string): string | null => (isAddress(text) ? getAddress(text) : null);

export type Unsigned = {
  chainId: number;
  nonce: number;
  to: string;
  data: Hex;
  gas: bigint;
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
};

/** The bytes of a transaction, which decide its hash. The same input gives the same bytes (RFC 6979). */
export const signed = (key: Hex, { to, ...transaction }: Unsigned): Promise<Hex> =>
  privateKeyToAccount(key).signTransaction({ type: "eip1559", to: to as Hex, value: 0n, ...transaction });

export { keccak256 } from "viem";
