/** The whole part and the fraction of a decimal number. */
const DECIMAL = /^(\d{1,60})(?:\.(\d{1,36}))?$/;
/** The maximum that a token contract can count. */
const UINT256_MAX = 2n ** 256n - 1n;

/** A fraction without trailing zeros. */
function withoutZeros(digits: string) {
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}

/**
 * An amount in a token's smallest units. Null if it is not a positive decimal number, has too many decimals for the
 * token, or is more than a contract can count.
 */
export function unitsOf(amount: string | null, decimals: number): bigint | null {
  const [, whole = "", written = ""] = DECIMAL.exec(amount ?? "") ?? [];
  const fraction = withoutZeros(written);
  if (whole === "" || fraction.length > decimals) return null;
  const units = BigInt(whole + fraction.padEnd(decimals, "0"));
  return units > 0n && units <= UINT256_MAX ? units : null;
}

/** Units as a decimal number. */
export function amountIn(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, "0");
  const [whole, fraction] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  const shown = withoutZeros(fraction);
  return shown === "" ? whole : `${whole}.${shown}`;
}
