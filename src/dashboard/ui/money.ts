import { decimalsOf, inMajorUnits } from "../../lib/currency";

/** More digits than any amount has. */
const TYPED = /^[0-9]{1,12}(\.[0-9]{1,12})?$/;

/** An amount typed in the currency's major unit, in minor units, or why it is none. */
export function readAmount(text: string, currency: string): number | { problem: string } {
  const decimals = decimalsOf(currency);
  const typed = text.trim();
  if (!TYPED.test(typed))
    return { problem: `Enter an amount in ${currency}, like ${decimals === 0 ? "1250" : "12.50"}.` };
  const [whole = "", fraction = ""] = typed.split(".");
  if (/[1-9]/.test(fraction.slice(decimals)))
    return {
      problem: decimals === 0 ? `${currency} has no decimals.` : `${currency} has at most ${decimals} decimals.`,
    };
  return Number(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
}

/** The same amount as a form shows it: 1250 in USD is `12.50`, and 1200 is `12`. */
export function typedAmount(amount: number | null, currency: string): string | null {
  if (amount === null) return null;
  const value = inMajorUnits(amount, currency);
  return Number.isInteger(value) ? String(value) : value.toFixed(decimalsOf(currency));
}
