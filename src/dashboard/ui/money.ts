import type { z } from "zod";
import { decimalsOf, inMajorUnits } from "../../lib/currency";
import { moneyIn } from "../../texts/text";

/** More digits than any amount has. */
const TYPED = /^[0-9]{1,12}(\.[0-9]{1,12})?$/;

/** An amount in minor units as people read it: `$12.50`. */
export const shownAmount = (amount: number, currency: string) =>
  moneyIn("en", inMajorUnits(amount, currency), currency);

/** An amount typed in the currency's major unit, in minor units, or the problem with it. */
function readAmount(text: string, currency: string): number | { problem: string } {
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

/** An amount for a form field: 1250 in USD is `12.50`, and 1200 is `12`. */
export function typedAmount(amount: number | null, currency: string): string | null {
  if (amount === null) return null;
  const value = inMajorUnits(amount, currency);
  return Number.isInteger(value) ? String(value) : value.toFixed(decimalsOf(currency));
}

/** A form's amount in minor units. Reports an invalid amount at its field. Undefined if nothing was typed. */
export function amountIn(
  c: Pick<z.RefinementCtx, "addIssue">,
  name: string,
  typed: unknown,
  currency: string,
): number | undefined {
  if (typed === null || typed === undefined || typed === "") return undefined;
  const amount = readAmount(String(typed), currency);
  if (typeof amount === "number") return amount;
  c.addIssue({ code: "custom", path: name.split("."), message: amount.problem, input: typed });
  return undefined;
}
