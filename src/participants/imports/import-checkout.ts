import { CheckoutCode, checkoutKey } from "../../ledger/records/checkout-code";
import type { Note, Ready } from "./import-plan";

/** A checkout code for a participant, and its normalized form. */
export type Checkout = { code: string; key: string };

/** The first checkout code in a cell. Null if it contains no valid one. */
export function checkoutIn(cell: string): Checkout | null {
  const code = CheckoutCode.safeParse(cell.split(/[,;|]/)[0]).data;
  return code === undefined ? null : { code, key: checkoutKey(code) };
}

/**
 * The rows with the checkout codes that are free. `holders` are the emails of participants in the campaign who have
 * these codes. Existing participants keep their codes.
 */
export function withFreeCodes(rows: Ready[], holders: Map<string, string>, known: { has(email: string): boolean }) {
  const emails = new Map(holders);
  const seen = new Set<string>();
  return rows.map((row): Ready => {
    const { email } = row.person;
    const { checkout } = row;
    if (!checkout || seen.has(email)) return { ...row, checkout: null };
    seen.add(email);
    if (!emails.has(checkout.key)) emails.set(checkout.key, email);
    const noted = (note: Note, kept: Checkout | null): Ready => ({
      ...row,
      checkout: kept,
      notes: [...row.notes, note],
    });
    if (emails.get(checkout.key) !== email) return noted("checkout_taken", null);
    return known.has(email) && !holders.has(checkout.key) ? noted("checkout_known", checkout) : row;
  });
}
