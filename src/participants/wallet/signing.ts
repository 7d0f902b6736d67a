import { concatHex, getAddress, isAddress, padHex, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

// Loaded only for signing or checking an address: 28 kB gzipped, which no other request should evaluate.

export type Hex = `0x${string}`;

/** `transfer(address,uint256)` */
const TRANSFER = "0xa9059cbb";

export const addressOfKey = (key: Hex): string => privateKeyToAccount(key).address;

/** The call that moves `units` of a token to an address. */
export const transferCall = (to: string, units: bigint): Hex =>
  concatHex([TRANSFER, padHex(to as Hex, { size: 32 }), toHex(units, { size: 32 })]);

/** Null if it is not an address, or has mixed case that differs from its EIP-55 form. */
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

/** A transaction's signed bytes, which determine its hash. The same input gives the same bytes (RFC 6979). */
export const signed = (key: Hex, { to, ...transaction }: Unsigned): Promise<Hex> =>
  privateKeyToAccount(key).signTransaction({ type: "eip1559", to: to as Hex, value: 0n, ...transaction });

export { keccak256 } from "viem";
